import FarmModel

/// Reads the entries of an index one by one.
struct IndexReader {
    private var lines: TextLines

    init(_ lines: TextLines) { self.lines = lines }

    /// The next entry; nil after the last.
    mutating func next() throws(FarmError) -> PackageRecord? {
        // Not an optional: to put a field into one would copy the whole record.
        var record = PackageRecord()
        var isEmpty = true
        do {
            while let line = try lines.next() {
                guard !line.isEmpty else {
                    if isEmpty { continue }
                    break
                }
                isEmpty = false
                try read(line, into: &record)
            }
            guard !isEmpty else { return nil }
            try record.checkIdentity()
            return record
        } catch {
            throw FarmError(error.status, "the package index, line \(lines.number): \(error.message)")
        }
    }

    private func read(_ line: UnsafeRawBufferPointer, into record: inout PackageRecord) throws(FarmError) {
        guard line.count >= 2, line[1] == UInt8(ascii: ":") else {
            throw FarmError(.badInput, "\(String(decoding: line.prefix(80), as: UTF8.self).quoted) is not a letter, a colon and a value")
        }
        guard let field = PackageField(letter: line[0]) else { return }
        do {
            try record.set(field, to: String(decoding: UnsafeRawBufferPointer(rebasing: line.dropFirst(2)), as: UTF8.self))
        } catch {
            throw FarmError(error.status, "\(Character(Unicode.Scalar(line[0]))): \(error.message)")
        }
    }
}
