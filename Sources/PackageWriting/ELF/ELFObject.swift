/// What an ELF file says to the loader, as far as packages depend on it.
struct ELFObject: Equatable, Sendable {
    /// `e_machine`: which processors it is for.
    var machine: UInt16
    /// `PT_INTERP`: the program that loads it.
    var interpreter: String?
    /// `DT_NEEDED`: the libraries it is linked with.
    var needed: [String] = []
    /// `DT_SONAME`: what others that are linked with it call it.
    var libraryName: String?
    /// Whether it has sections for debuggers.
    var hasDebugSections = false

    /// `e_machine` of the architectures of packages, by apk's names.
    static let machines: [String: UInt16] = [
        "x86": 3, "ppc64le": 21, "s390x": 22, "armhf": 40, "armv7": 40, "x86_64": 62, "aarch64": 183, "riscv64": 243, "loongarch64": 258,
    ]
}
