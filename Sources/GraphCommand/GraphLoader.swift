import Documents
import FarmConfiguration
import FarmModel
import FarmStore
import HostSystem
import Recipes
import ToolKit

/// Reads the graph that the arguments of bf-graph name.
struct GraphLoader {
    let context: ToolContext
    let state: StateOptions
    let missingNeeds: MissingNeeds?
    let packages: PackageOptions
    /// Whether cycles are nothing to complain of.
    let condenses: Bool

    /// The graph of documents, of bare records or of a build.
    func load(_ arguments: [String]) throws(FarmError) -> JobNodes {
        if let id = arguments.first(where: isBuild) {
            guard arguments.count == 1 else { throw FarmError(.usage, "the build \(id) stands beside other arguments; give it alone") }
            return try build(id)
        }
        let files = try InputFiles(selection: { DocumentInput.documents(among: $0) }).read(arguments, in: context)
        if let ids = try identifiers(in: files) { return try build(ids) }
        return try graph(of: files.map { DocumentInput(name: $0.name, bytes: $0.bytes, base: $0.folder) })
    }

    /// A file may have a name like a build's.
    private func isBuild(_ argument: String) -> Bool {
        BuildID.range(ofPrefix: argument) != nil && (try? Files.status(argument)) == nil
    }

    /// The ids on standard input, if that is what it holds.
    private func identifiers(in files: [InputFile]) throws(FarmError) -> [String]? {
        guard files.count == 1, files[0].name == "-", IdentifierInput.begins(files[0].bytes) else { return nil }
        return try IdentifierInput.identifiers(in: files[0].bytes)
    }

    private func build(_ ids: [String]) throws(FarmError) -> JobNodes {
        guard let id = ids.first, ids.count == 1 else { throw FarmError(.badInput, "standard input names \(ids.count) builds; give one") }
        return try build(id)
    }

    private func build(_ text: String) throws(FarmError) -> JobNodes {
        guard let store = try state.existingFarm(in: context) else {
            throw FarmError(.noInput, "there is no build \(text): nothing was submitted to \(try state.directory(in: context).path) yet")
        }
        guard case .build(let id) = try store.resolve(text) else {
            throw FarmError(.usage, "\(text) is no build; bf-graph takes documents, records or the id of a build (b-…)")
        }
        return try JobNodes(id, in: store)
    }

    private func graph(of inputs: [DocumentInput]) throws(FarmError) -> JobNodes {
        let bare = inputs.filter(\.holdsGraphRecords)
        guard let first = bare.first else {
            var defaults = try context.configuration().documentDefaults()
            try packages.apply(to: &defaults, folders: Set(inputs.compactMap(\.base)), in: context)
            let reading = DocumentReader(defaults: defaults).reading(of: inputs)
            for line in reading.outsideNeeds.notes { context.note(line) }
            if let failure = reading.failure { throw condenses ? failure : failure.adding(cyclesOf: reading.jobs) }
            return try JobNodes(reading.jobs, missingNeeds: missingNeeds)
        }
        guard bare.count == inputs.count else {
            throw FarmError(.badInput, "\(first.name) holds bare records, other inputs hold documents; give one kind at a time")
        }
        var records: [GraphRecord] = []
        for input in bare { records += try input.readGraphRecords() }
        return try JobNodes(records, from: first.name, missingNeeds: missingNeeds) { context.note($0) }
    }
}
