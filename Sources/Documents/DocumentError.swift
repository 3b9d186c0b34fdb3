internal import FarmModel

/// What is wrong in a document, and where.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's path as given, or `-` for standard input.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1: characters in YAML, bytes in JSON.
    public var column: Int
    /// What is wrong and what is allowed, on one line.
    public var message: String

    /// Creates an error.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: message`
    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// A text that cannot be read further: the reason and the place, before the file's name is known.
package struct DocumentFault: Error {
    package var position: DocumentPosition
    package var message: String

    package init(position: DocumentPosition, message: String) {
        self.position = position
        self.message = message
    }
}

extension DocumentFault {
    init(_ error: JSONSyntaxError) {
        let position = DocumentPosition(line: Int32(truncatingIfNeeded: error.line), column: Int32(truncatingIfNeeded: error.column))
        self.init(position: position, message: "not JSON: \(error.reason)")
    }
}
