internal import CSQLite
import FarmModel

/// The current row of a query; valid until the next step.
struct Row {
    let statement: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func integerIfAny(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    func text(_ column: Int32) -> String { textIfAny(column) ?? "" }

    func textIfAny(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let length = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    func digest(_ column: Int32) -> Digest? { Digest(bytes: blob(column)) }

    /// The value as it is stored.
    func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    func identifier<Kind>(_ column: Int32) -> Identifier<Kind> { Identifier(integer(column)) }

    func identifierIfAny<Kind>(_ column: Int32) -> Identifier<Kind>? { integerIfAny(column).map { Identifier($0) } }

    func object(_ column: Int32) -> JSONObject? {
        guard let text = textIfAny(column), case .object(let object)? = try? JSONParser.parse(text) else { return nil }
        return object
    }
}
