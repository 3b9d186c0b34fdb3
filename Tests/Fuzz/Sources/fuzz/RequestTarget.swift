import FarmAPI
import FarmModel
import Recipes

/// Bodies and paths of requests in the dialects.
///
/// Whatever comes is read or refused on one line; packages that are accepted stand after what they need, and their records mean the same again.
enum RequestTarget {
    static func check(_ input: Input) -> CInt {
        let bytes = input.bytes
        _ = Dialect.ofBuildRequest(bytes)
        _ = Dialect.ofJobRequest(bytes)
        checkPath(String(decoding: bytes, as: UTF8.self))
        checkMelange(bytes)
        checkDsynth(bytes)
        return 0
    }

    private static func checkPath(_ text: String) {
        _ = Dialect.ofBuildPath(text)
        guard let decoded = PercentText.decoded(text) else { return }
        for reading in DsynthPackagePath.readings(of: decoded) {
            expect(Bytes.isBeneath(reading.portdir), "a package leaves its folder: \(reading.portdir)")
        }
    }

    private static func checkMelange(_ bytes: [UInt8]) {
        if let request = try? MelangeJobRequest(body: bytes) {
            expect(MelangeJobRequest(stored: request.stored) == request, "a stored request is another one")
            if let job = try? request.job(usual: .native, id: "0011aabb") { checkRecord(of: job) }
        }
        do throws(MelangeError) {
            let request = try MelangeBuildRequest(body: bytes)
            guard case .texts(let texts) = request.source else { return }
            let set = try MelangePackageSet(configurations: texts, mode: request.options.mode ?? .dag)
            for (position, needs) in set.needs.enumerated() {
                let before = Set(set.packages[..<position].map(\.name))
                expect(before.isSuperset(of: needs), "a package stands before what it needs")
            }
            for job in try set.jobs(request.options, usual: .native) { checkRecord(of: job) }
            let data = MelangeBuildData(request, set).stored
            expect(MelangeBuildData(stored: data).stored == data, "stored data is other data")
        } catch {
            expect((400..<500).contains(error.status), "a body is the server's fault: \(error.text)")
        }
    }

    private static func checkRecord(of job: JobSpec) {
        let text = JSONValue.object(job.document).text
        let again = try? DocumentReader().read(stored: text, name: "job")
        expect(again?.identity == job.identity && again?.document == job.document, "a record changes when it is read: \(text)")
    }

    private static func checkDsynth(_ bytes: [UInt8]) {
        if let request = try? DsynthBuildRequest(body: bytes) {
            expect(DsynthBuildRequest(stored: request.stored) == request, "a stored request is another one")
            for name in request.packages { expect(Bytes.isBeneath(name), "a package leaves its folder: \(name)") }
        }
        _ = try? DsynthConfigurationChange(body: bytes)
        if let profile = try? DsynthProfile(body: bytes) {
            expect(DsynthProfile(name: profile.name, stored: profile.settings) == profile, "a stored profile is another one")
        }
    }
}
