import CFuzzer
import Glibc

/// `fuzz TARGET [libFuzzer's arguments]`, or the names of all targets without arguments.
@main struct Fuzz {
    /// What can be fuzzed, by the names of the corpora.
    static let targets: [(name: String, check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt)] = [
        ("documents", { DocumentTarget.check(Input($0, $1)) }),
        ("records", { RecordTarget.check(Input($0, $1)) }),
        ("masks", { MaskTarget.check(Input($0, $1)) }),
        ("paths", { PathTarget.check(Input($0, $1)) }),
        ("links", { LinkTarget.check(Input($0, $1)) }),
        ("logs", { LogTarget.check(Input($0, $1)) }),
        ("requests", { RequestTarget.check(Input($0, $1)) }),
        ("archives", { ArchiveTarget.check(Input($0, $1)) }),
        ("packages", { PackageTarget.check(Input($0, $1)) }),
        ("indexes", { IndexTarget.check(Input($0, $1)) }),
    ]

    static func main() {
        let name = CommandLine.arguments.dropFirst().first
        guard let target = targets.first(where: { $0.name == name }) else {
            for target in targets { print(target.name) }
            return
        }
        // The target's name takes the place of the program's, which libFuzzer shows nowhere.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        exit(LLVMFuzzerRunDriver(&count, &arguments, target.check))
    }
}
