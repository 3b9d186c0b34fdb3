import FarmModel
import FarmStore
import HostSystem
import TestSupport

/// Writes to a farm until it is killed, and says on standard output what the store has promised: `accepted BUILD`, `ended BUILD STATE`.
struct StoreExerciser {
    let store: Store
    let runner: TestRunner

    init(_ path: String) throws {
        store = try Store.open(StateDirectory(path: path), command: "store-exerciser") { _ in }
        runner = try TestRunner(store)
    }

    func work(_ name: String) throws -> Never {
        var number = 0
        while true {
            number += 1
            var submission = Submission.graph(["a": [], "b": ["a"], "c": ["a", "b?"]])
            submission.key = "\(name)-\(number)"
            let build = try store.submitNew(submission).id
            try say("accepted \(build)")
            let ownJobs = Selection(builds: [build])
            if number.isMultiple(of: 3) { _ = try store.cancel(.build(build), by: name) }
            try runner.drain(ownJobs) { $0 == "b" ? .bad : .good }
            try say("ended \(build) \(try store.build(build).state.rawValue)")
        }
    }

    func addBlobs() throws -> Never {
        let session = try store.blobs.beginSession()
        var number = 0
        while true {
            number += 1
            _ = try session.add(Array("blob \(number)".utf8))
            if number == 100 { try say("started") }
        }
    }

    private func say(_ line: String) throws { try Descriptor.standardOutput.writeAll(Array((line + "\n").utf8)) }
}

let arguments = CommandLine.arguments.dropFirst()
let exerciser = try StoreExerciser(arguments.first ?? "")
if arguments.dropFirst().first == "blobs" { try exerciser.addBlobs() }
try exerciser.work(arguments.last ?? "")
