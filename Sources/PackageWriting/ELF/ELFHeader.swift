/// The start of an ELF file: how its numbers are written and where its tables stand (System V ABI, chapter 4).
struct ELFHeader {
    /// Where a table stands in the file.
    struct Table {
        let offset: UInt64
        let entrySize: Int
        let count: Int
    }

    /// Bytes of the longer header, that of 64-bit files.
    static let size = 64

    let numbers: ELFNumbers
    /// `e_machine`
    let machine: UInt16
    let programs: Table
    let sections: Table
    /// Which section has the names of sections.
    let nameSection: Int

    /// Reads the first bytes of a file; nil if it is no ELF file or they contradict each other.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 20, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), (1...2).contains(bytes[4]), (1...2).contains(bytes[5]) else {
            return nil
        }
        let numbers = ELFNumbers(is64Bit: bytes[4] == 2, isBigEndian: bytes[5] == 2)
        let wide = numbers.is64Bit
        func word(_ offset: Int) -> Int? { numbers.read(bytes, offset, size: 2).map { Int($0) } }
        guard let machine = word(18),
            let programOffset = numbers.readAddress(bytes, wide ? 32 : 28), let sectionOffset = numbers.readAddress(bytes, wide ? 40 : 32),
            let programSize = word(wide ? 54 : 42), let programCount = word(wide ? 56 : 44),
            let sectionSize = word(wide ? 58 : 46), let sectionCount = word(wide ? 60 : 48), let nameSection = word(wide ? 62 : 50),
            programCount == 0 || programSize >= (wide ? 56 : 32), sectionCount == 0 || sectionSize >= (wide ? 64 : 40)
        else { return nil }
        self.numbers = numbers
        self.machine = UInt16(machine)
        programs = Table(offset: programOffset, entrySize: programSize, count: programCount)
        sections = Table(offset: sectionOffset, entrySize: sectionSize, count: sectionCount)
        self.nameSection = nameSection
    }
}

/// How an ELF file writes numbers.
struct ELFNumbers {
    let is64Bit: Bool
    let isBigEndian: Bool

    /// A number of so many bytes, up to 8; nil beyond the end.
    func read(_ bytes: [UInt8], _ offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        let digits = bytes[offset..<offset + size]
        return isBigEndian
            ? digits.reduce(0) { $0 << 8 | UInt64($1) }
            : digits.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An address, offset or size: 4 or 8 bytes.
    func readAddress(_ bytes: [UInt8], _ offset: Int) -> UInt64? { read(bytes, offset, size: is64Bit ? 8 : 4) }
}
