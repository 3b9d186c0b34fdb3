import Documents
import FarmModel
import Recipes

/// Documents of strangers: YAML, JSON, streams of records.
///
/// What is accepted has a record that means the same; what is refused is said on one harmless line; who may name no paths of this machine
/// gets none into a plan.
enum DocumentTarget {
    private static let x86 = Architecture("x86_64") ?? .native
    private static let reader = DocumentReader(defaults: DocumentDefaults(architecture: x86))
    private static let recordReader = DocumentReader(defaults: DocumentDefaults(architecture: .noarch))

    static func check(_ input: Input) -> CInt {
        let trusted = read(input.bytes, base: "/work/farm")
        let stranger = read(input.bytes, base: nil)
        for job in trusted { checkRecord(of: job) }
        for job in stranger {
            checkRecord(of: job)
            // What is wrong with the steps of a configuration turns out when it is planned.
            guard let plan = try? plan(job) else {
                expect(job.recipe == "melange", "an accepted document has no plan")
                continue
            }
            expect(namesNoLocalPath(plan), "a stranger named a path of this machine")
        }
        expect(stranger.count <= trusted.count, "a stranger may more than one who is trusted")
        checkGraph(input.bytes)
        return 0
    }

    private static func read(_ bytes: [UInt8], base: String?) -> [JobSpec] {
        let (jobs, errors) = reader.check([DocumentInput(name: "f", bytes: bytes, base: base)])
        for error in errors.list {
            expect(error.line > 0 && error.column > 0, "an error without a place: \(error)")
            expect(
                error.description.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }, "a raw control character in a message")
        }
        return errors.list.isEmpty ? jobs : []
    }

    /// A job's record reads as the same job and plan; its plan's JSON reads as the same plan, with the same digest.
    private static func checkRecord(of job: JobSpec) {
        let text = JSONValue.object(job.document).text
        let (again, errors) = recordReader.check([DocumentInput(name: "-", bytes: Array(text.utf8), base: job.base)])
        expect(errors.list.isEmpty && again.count == 1, "an accepted document has a record that is refused: \(text) \(errors.list)")
        guard let same = again.first else { return }
        expect(JSONValue.object(same.document).text == text, "a record changes when it is read: \(text)")
        expect(same.identity == job.identity && same.needs == job.needs && same.labels == job.labels, "a record is another job: \(text)")
        guard let plan = try? plan(job) else { return }
        expect(try self.plan(same) == plan, "a record has another plan: \(text)")
        checkPlan(plan)
    }

    private static func checkPlan(_ plan: Plan) {
        let text = JSONValue.object(plan.json).text
        do {
            guard let object = try JSONParser.parse(text).object else { return }
            let stored = try Plan(json: object)
            expect(stored == plan && JSONValue.object(stored.json).text == text, "a stored plan changes: \(text)")
            expect(stored.digest == plan.digest, "a stored plan has another digest: \(text)")
        } catch {
            fatalError("a stored plan cannot be read: \(error): \(text)")
        }
        for source in plan.sources { source.destination.map { expect(Bytes.isBeneath($0), "a source leaves its folder: \($0)") } }
        for output in plan.outputs { expect(Bytes.isBeneath(output.glob), "an output leaves its folder: \(output.glob)") }
    }

    private static func plan(_ job: JobSpec) throws -> Plan {
        try RecipeRegistry.standard.recipe(of: job).plan(job, resolved: Resolution())
    }

    private static func namesNoLocalPath(_ plan: Plan) -> Bool {
        switch plan.environment {
        case .root: return false
        case .packages(let packages):
            guard (packages.repositories.map(\.address) + packages.keys).allSatisfy({ $0.contains("://") }) else { return false }
        case .host, .image: break
        }
        return plan.sources.allSatisfy { source in
            switch source.origin {
            // Nobody goes to the path of a tree that is stored already.
            case .local(let local): local.tree != nil
            case .git(let git): !git.repository.hasPrefix("file:")
            case .url: true
            case .texts(let texts): texts.keys.allSatisfy(Bytes.isBeneath)
            }
        }
    }

    private static func checkGraph(_ bytes: [UInt8]) {
        let input = DocumentInput(name: "-", bytes: bytes, base: nil)
        guard input.holdsGraphRecords, let records = try? input.readGraphRecords() else { return }
        for record in records { expect(Bytes.isBeneath(record.name), "a name leaves its folder: \(record.name)") }
    }
}
