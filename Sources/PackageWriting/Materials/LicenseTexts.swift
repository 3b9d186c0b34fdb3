internal import FarmModel
internal import HostSystem

/// The texts of licences that no list of SPDX has, by their references in the bill of materials.
struct LicenseTexts {
    /// Of all texts together, in bytes.
    private static let limit = 4 << 20

    private var texts: [String: String] = [:]

    /// None.
    init() {}

    /// Reads what the build left of them; bytes that are no UTF-8 are replaced. The first text of a reference counts.
    /// - Throws: `badInput` for a file that is none or too large.
    init(of copyrights: [PackageBody.Copyright], in outputs: Descriptor) throws(FarmError) {
        var room = Self.limit
        for copyright in copyrights {
            let references = LicenseExpression([copyright.license]).references.filter { texts[$0] == nil }
            guard let path = copyright.textPath, !references.isEmpty else { continue }
            let bytes = try Self.bytes(of: path, in: outputs, limit: room)
            room -= bytes.count
            let text = String(decoding: bytes, as: UTF8.self)
            for reference in references { texts[reference] = text }
        }
    }

    /// The text of a licence; what says that it is elsewhere if it was not given.
    subscript(reference: String) -> String { texts[reference] ?? "The text of this licence is in the package or its sources." }

    private static func bytes(of path: String, in outputs: Descriptor, limit: Int) throws(FarmError) -> [UInt8] {
        let shown = "license-path: the copy \(JSONValue.string(path).text) in the outputs"
        do throws(SystemError) {
            let file = try Files.open(path, beneath: outputs, [.read, .noFollow, .nonBlocking])
            if try file.status().type == .regular { return try file.readAll(limit: limit) }
        } catch let error where error.isTooLarge {
            throw FarmError(.badInput, "\(shown) makes the texts of licences larger than 4 MiB together; name smaller files")
        } catch {
            throw FarmError(.badInput, "\(shown) cannot be read: \(error)")
        }
        throw FarmError(.badInput, "\(shown) is no file; leave that folder to the farm")
    }
}
