/// A program that prints a lot at once and ends: without libraries, as there may be none where it runs.
enum FloodProgram {
    /// How much it prints: zero bytes, more than daemons pass on unless they are told to.
    static let outputBytes: Int64 = 3 << 20
    /// What it runs on, in Go's words.
    static let architecture = "amd64"

    private static let portion: UInt32 = 64 << 10
    private static let address: UInt32 = 0x40_0000
    private static let headSize: UInt32 = 64 + 56

    /// The program as an ELF file for Linux on x86-64 (System V ABI, chapters 4 and 5): one segment, which is the whole file and zero bytes
    /// after it.
    static var bytes: [UInt8] {
        let size = headSize + UInt32(code.count)
        var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        // An executable for x86-64, version 1; entry, program headers, no sections.
        file += number(UInt16(2)) + number(UInt16(62)) + number(UInt32(1)) + number(UInt64(address + headSize)) + number(UInt64(64))
        file += number(UInt64(0)) + number(UInt32(0))
        for value: UInt16 in [64, 56, 1, 0, 0, 0] { file += number(value) }
        // To be loaded, for all uses.
        file += number(UInt32(1)) + number(UInt32(7)) + number(UInt64(0)) + number(UInt64(address)) + number(UInt64(address))
        file += number(UInt64(size)) + number(UInt64(2 * portion)) + number(UInt64(0x1000))
        return file + code
    }

    private static var code: [UInt8] {
        let count = UInt32(outputBytes) / portion
        // mov ebx, count
        let start: [UInt8] = [0xBB] + number(count)
        // mov eax, 1 (write); mov edi, eax; mov esi, zeros; mov edx, portion; syscall; dec ebx
        var loop: [UInt8] = [0xB8] + number(UInt32(1)) + [0x89, 0xC7, 0xBE] + number(address + portion)
        loop += [0xBA] + number(portion) + [0x0F, 0x05, 0xFF, 0xCB]
        // jnz to the beginning of the loop
        loop += [0x75, UInt8(bitPattern: -Int8(loop.count + 2))]
        // mov eax, 60 (exit); xor edi, edi; syscall
        return start + loop + [0xB8] + number(UInt32(60)) + [0x31, 0xFF, 0x0F, 0x05]
    }

    private static func number(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}
