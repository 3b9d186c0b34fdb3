import FarmModel
import Foundation
import Recipes
import Testing

/// A document that is refused, and all that is said about it.
struct BadDocument: CustomTestStringConvertible, Sendable {
    var title: String
    var text: String
    var errors: [String]

    var testDescription: String { title }

    /// The cases of `Fixtures/bad-documents.txt`.
    static func table() throws -> [BadDocument] {
        var table: [BadDocument] = []
        for line in try String(contentsOf: fixture("bad-documents.txt"), encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("== ") {
                table.append(BadDocument(title: String(line.dropFirst(3)), text: "", errors: []))
            } else if line.hasPrefix("-- ") {
                table[table.count - 1].errors.append("bad.yaml:" + line.dropFirst(3))
            } else if !table.isEmpty {
                table[table.count - 1].text += line + "\n"
            }
        }
        return table
    }
}

@Suite struct BadDocumentTests {
    @Test func tableIsLargeAndItsTitlesDiffer() throws {
        let table = try BadDocument.table()
        #expect(table.count >= 140)
        #expect(Set(table.map(\.title)).count == table.count)
    }

    @Test(arguments: try BadDocument.table()) func isRefusedWithItsMessagesPositionsAndExitCode(_ document: BadDocument) throws {
        #expect(check(document.text).errors == document.errors)
        let error = try #require(throws: FarmError.self) { try jobs(document.text) }
        #expect(error.status.rawValue == 65)
        #expect(error.message == document.errors.map { $0.replacing("bad.yaml:", with: "good.yaml:") }.joined(separator: "\n"))
    }
}
