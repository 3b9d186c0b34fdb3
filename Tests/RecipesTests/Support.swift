import Documents
import FarmModel
import Foundation

@testable import Recipes

/// A folder or file beside this one.
func fixture(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures").appendingPathComponent(path)
}

/// What a reader for x86_64 makes of one file's text.
func check(_ text: String, name: String = "bad.yaml", base: String? = "/work/farm") -> (jobs: [JobSpec], errors: [String]) {
    check(bytes: Array(text.utf8), name: name, base: base)
}

/// What a reader for x86_64 makes of one file's bytes.
func check(bytes: [UInt8], name: String = "bad.yaml", base: String? = "/work/farm") -> (jobs: [JobSpec], errors: [String]) {
    let (jobs, errors) = reader.check([DocumentInput(name: name, bytes: bytes, base: base)])
    return (jobs, errors.list.map(\.description))
}

/// The jobs of a text that must be sound.
func jobs(_ text: String, base: String? = "/work/farm") throws -> [JobSpec] {
    try reader.read([DocumentInput(name: "good.yaml", bytes: Array(text.utf8), base: base)])
}

/// The plan of a text that must be one sound document.
func plan(_ text: String) throws -> Plan {
    guard let job = try jobs(text).first else { throw FarmError(.badInput, "no document") }
    return try ScriptRecipe().plan(job, resolved: Resolution())
}

private let reader = DocumentReader(defaults: DocumentDefaults(architecture: Architecture("x86_64") ?? .native))
