/// Small ELF files, put together byte by byte.
struct ELFBuilder {
    var is64Bit = true
    var isBigEndian = false
    var machine: UInt16 = 62
    var interpreter: String?
    var needed: [String] = []
    var libraryName: String?
    var sections: [String] = []

    /// Where the file lies in memory.
    private static let base: UInt64 = 0x40_0000

    func number(_ value: UInt64, size: Int) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
        return isBigEndian ? bytes.reversed() : bytes
    }

    private var width: Int { is64Bit ? 8 : 4 }
    private var headerSize: Int { is64Bit ? 64 : 52 }
    private var programSize: Int { is64Bit ? 56 : 32 }
    private var sectionSize: Int { is64Bit ? 64 : 40 }

    private func program(kind: UInt64, offset: Int, size: Int) -> [UInt8] {
        let place = number(UInt64(offset), size: width), address = number(Self.base + UInt64(offset), size: width)
        let sizes = number(UInt64(size), size: width) + number(UInt64(size), size: width)
        let flags = number(5, size: 4)
        let start = number(kind, size: 4) + (is64Bit ? flags : []) + place + address + address + sizes
        return start + (is64Bit ? [] : flags) + number(0, size: width)
    }

    private func section(name: Int, offset: Int, size: Int) -> [UInt8] {
        let start = number(UInt64(name), size: 4) + number(3, size: 4) + number(0, size: width) + number(0, size: width)
        let end = number(0, size: 4) + number(0, size: 4) + number(1, size: width) + number(0, size: width)
        return start + number(UInt64(offset), size: width) + number(UInt64(size), size: width) + end
    }

    /// Adds texts with zeros behind them; returns where each begins.
    private static func pool(_ texts: [String]) -> (bytes: [UInt8], places: [Int]) {
        var bytes: [UInt8] = [0]
        let places = texts.map { text in
            defer { bytes += Array(text.utf8) + [0] }
            return bytes.count
        }
        return (bytes, places)
    }

    var bytes: [UInt8] {
        let programCount = interpreter == nil ? 2 : 3
        let start = headerSize + programCount * programSize
        let strings = Self.pool(needed + (libraryName.map { [$0] } ?? []))
        let interpreterBytes: [UInt8] = interpreter.map { Array($0.utf8) + [0] } ?? []
        let stringsOffset = start + interpreterBytes.count
        let dynamicOffset = stringsOffset + strings.bytes.count
        var dynamic: [UInt8] = []
        func entry(_ tag: UInt64, _ value: UInt64) { dynamic += number(tag, size: width) + number(value, size: width) }
        for place in strings.places.prefix(needed.count) { entry(1, UInt64(place)) }
        if libraryName != nil { entry(14, UInt64(strings.places[needed.count])) }
        entry(5, Self.base + UInt64(stringsOffset))
        entry(10, UInt64(strings.bytes.count))
        entry(0, 0)
        let names = Self.pool([".shstrtab"] + sections)
        let namesOffset = dynamicOffset + dynamic.count
        let sectionsOffset = namesOffset + names.bytes.count
        var table = section(name: 0, offset: 0, size: 0) + section(name: names.places[0], offset: namesOffset, size: names.bytes.count)
        for place in names.places.dropFirst() { table += section(name: place, offset: 0, size: 0) }
        var programs = program(kind: 1, offset: 0, size: sectionsOffset) + program(kind: 2, offset: dynamicOffset, size: dynamic.count)
        if interpreter != nil { programs += program(kind: 3, offset: start, size: interpreterBytes.count) }
        let header = self.header(programCount: programCount, sectionsOffset: sectionsOffset, sectionCount: 2 + sections.count)
        return [header, programs, interpreterBytes, strings.bytes, dynamic, names.bytes, table].flatMap { $0 }
    }

    private func header(programCount: Int, sectionsOffset: Int, sectionCount: Int) -> [UInt8] {
        let identity: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, is64Bit ? 2 : 1, isBigEndian ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let kind = number(3, size: 2) + number(UInt64(machine), size: 2) + number(1, size: 4)
        let places = number(0, size: width) + number(UInt64(headerSize), size: width) + number(UInt64(sectionsOffset), size: width)
        let sizes = [headerSize, programSize, programCount, sectionSize, sectionCount, 1].flatMap { number(UInt64($0), size: 2) }
        return identity + kind + places + number(0, size: 4) + sizes
    }
}
