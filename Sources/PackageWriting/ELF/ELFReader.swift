internal import FarmModel
internal import PackageFiles

/// Reads ELF files that anybody may have made: every offset and size is checked against the file, and nothing large is read.
struct ELFReader {
    private static let programLimit = 1_024
    private static let dynamicLimit = 1 << 20
    private static let neededLimit = 4_096
    private static let nameTableLimit = 4 << 20
    private static let nameLimit = 255

    /// A part of the file that is loaded into memory.
    private struct Segment {
        let kind: UInt64
        let offset: UInt64
        let address: UInt64
        let size: UInt64
    }

    private let content: OpenContent
    private let header: ELFHeader

    /// Reads a file.
    /// - Returns: nil if it is no ELF file, or its header contradicts itself.
    /// - Throws: `inputOutput` if it cannot be read.
    static func object(in content: OpenContent) throws(FarmError) -> ELFObject? {
        guard let header = ELFHeader(try content.bytes(at: 0, count: ELFHeader.size)) else { return nil }
        return try ELFReader(content: content, header: header).object()
    }

    private func object() throws(FarmError) -> ELFObject {
        var object = ELFObject(machine: header.machine)
        let segments = try segments()
        if let interpreter = segments.first(where: { $0.kind == 3 }) {
            let path = try text(at: interpreter.offset, limit: interpreter.size)
            object.interpreter = path?.hasPrefix("/") == true ? path : nil
        }
        if let dynamic = segments.first(where: { $0.kind == 2 }) { try readDynamic(dynamic, segments, into: &object) }
        object.hasDebugSections = try sectionNames().contains { $0.hasPrefix(".debug") || $0.hasPrefix(".zdebug") }
        return object
    }

    private func segments() throws(FarmError) -> [Segment] {
        let count = min(header.programs.count, Self.programLimit)
        let table = try bytes(at: header.programs.offset, count: count * header.programs.entrySize)
        let (numbers, wide) = (header.numbers, header.numbers.is64Bit)
        return (0..<count).compactMap { index in
            let start = index * header.programs.entrySize
            guard let kind = numbers.read(table, start, size: 4), let offset = numbers.readAddress(table, start + (wide ? 8 : 4)),
                let address = numbers.readAddress(table, start + (wide ? 16 : 8)),
                let size = numbers.readAddress(table, start + (wide ? 32 : 16))
            else { return nil }
            return Segment(kind: kind, offset: offset, address: address, size: size)
        }
    }

    /// The dynamic section is pairs of a tag and a value; names are offsets into a table of strings.
    private func readDynamic(_ dynamic: Segment, _ segments: [Segment], into object: inout ELFObject) throws(FarmError) {
        let table = try bytes(at: dynamic.offset, count: Int(min(dynamic.size, UInt64(Self.dynamicLimit))))
        let width = header.numbers.is64Bit ? 8 : 4
        var names: [(isOwn: Bool, offset: UInt64)] = []
        var strings: UInt64?
        for start in stride(from: 0, to: table.count, by: 2 * width) {
            guard let tag = header.numbers.readAddress(table, start), let value = header.numbers.readAddress(table, start + width), tag != 0
            else { break }
            switch tag {
            case 1 where names.count < Self.neededLimit: names.append((isOwn: false, offset: value))
            case 5: strings = Self.offset(of: value, in: segments)
            case 14: names.append((isOwn: true, offset: value))
            default: break
            }
        }
        guard let strings else { return }
        for name in names.prefix(Self.neededLimit + 1) {
            let (place, overflow) = strings.addingReportingOverflow(name.offset)
            guard !overflow, let text = try text(at: place, limit: UInt64(Self.nameLimit) + 1), DependencyText.isName(text)
            else { continue }
            if name.isOwn { object.libraryName = text } else { object.needed.append(text) }
        }
    }

    /// Where in the file an address of memory stands.
    private static func offset(of address: UInt64, in segments: [Segment]) -> UInt64? {
        let loaded = segments.first { $0.kind == 1 && address >= $0.address && address - $0.address < $0.size }
        guard let loaded else { return nil }
        let (offset, overflow) = loaded.offset.addingReportingOverflow(address - loaded.address)
        return overflow ? nil : offset
    }

    private func sectionNames() throws(FarmError) -> [String] {
        let table = header.sections
        let entries = try bytes(at: table.offset, count: table.count * table.entrySize)
        let wide = header.numbers.is64Bit
        let own = header.nameSection * table.entrySize
        guard header.nameSection < table.count, let offset = header.numbers.readAddress(entries, own + (wide ? 24 : 16)),
            let size = header.numbers.readAddress(entries, own + (wide ? 32 : 20))
        else { return [] }
        let names = try bytes(at: offset, count: Int(min(size, UInt64(Self.nameTableLimit))))
        return (0..<table.count).compactMap { index in
            header.numbers.read(entries, index * table.entrySize, size: 4).flatMap { Self.name(in: names, at: Int($0)) }
        }
    }

    /// The start of a name is enough.
    private static func name(in table: [UInt8], at offset: Int) -> String? {
        guard offset < table.count else { return nil }
        return String(decoding: table[offset...].prefix(16).prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A text up to a zero; nil for what cannot be a file's name or path.
    private func text(at offset: UInt64, limit: UInt64) throws(FarmError) -> String? {
        let bytes = try bytes(at: offset, count: Int(min(limit, UInt64(Self.nameLimit) + 1))).prefix { $0 != 0 }
        guard !bytes.isEmpty, bytes.count <= Self.nameLimit, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func bytes(at offset: UInt64, count: Int) throws(FarmError) -> [UInt8] {
        guard let offset = Int64(exactly: offset) else { return [] }
        return try content.bytes(at: offset, count: count)
    }
}
