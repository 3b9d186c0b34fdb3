internal import Documents
public import FarmModel

/// A file that a `fetch` step asks for: the runner fetches and checks it before the first phase.
public struct MelangeFetch: Sendable, Equatable {
    /// What the file must hash to.
    public enum Checksum: Sendable, Equatable {
        /// `expected-sha256`
        case sha256(Digest)
        /// `expected-sha512`: 64 bytes.
        case sha512([UInt8])
        /// `expected-none`: the file is taken as it comes.
        case none
    }

    /// `http` or `https`.
    public var uri: String
    /// What the file must hash to.
    public var checksum: Checksum
    /// The folder below `/build` that holds the file and nothing else: `fetch/0`.
    public var destination: String

    /// Checks what a step states.
    init(_ inputs: NativeInputs, number: Int) throws(InputFault) {
        guard let uri = try inputs.word("uri"), uri.hasPrefix("https://") || uri.hasPrefix("http://"),
            uri.utf8.count <= DocumentLimits.pathBytes
        else { throw InputFault(input: "uri", message: "expected an https or http address, found \(inputs.text("uri").quoted)") }
        self.uri = uri
        checksum = try Self.checksum(inputs)
        destination = "fetch/\(number)"
        guard !fileName.isEmpty, fileName != ".", fileName != ".." else {
            throw InputFault(input: "uri", message: "the address must end with the name of a file")
        }
        _ = try inputs.number("strip-components", 0...1000)
        for name in ["extract", "delete"] { _ = try inputs.flag(name) }
    }

    private static func checksum(_ inputs: NativeInputs) throws(InputFault) -> Checksum {
        if inputs.optionalText("expected-none") != nil { return .none }
        if let digest = inputs.optionalText("expected-sha256").flatMap({ Digest($0) }) { return .sha256(digest) }
        if let bytes = inputs.optionalText("expected-sha512").flatMap({ Hexadecimal.bytes(of: $0) }) { return .sha512(bytes) }
        throw InputFault(input: "expected-sha256", message: "missing; write expected-sha256, expected-sha512 or expected-none")
    }

    /// What the file is called where the step lays it out: the last part of the address.
    private var fileName: String { uri.pathNames().last.map { String($0) } ?? "" }

    /// The option for the compression that the file's name tells of: not every tar finds out by itself.
    private var compression: String {
        let kinds = [
            ("-z", [".gz", ".tgz"]), ("-j", [".bz2", ".tbz", ".tbz2"]), ("-J", [".xz", ".txz"]), ("--zstd", [".zst", ".tzst"]),
        ]
        let name = fileName.prefix { $0 != "?" }
        return kinds.first { $0.1.contains { name.hasSuffix($0) } }.map { " " + $0.0 } ?? ""
    }

    /// The step: lays the file out where it starts, and unpacks it there.
    func script(_ inputs: NativeInputs) -> String {
        let file = ShellText.quoted("./" + fileName)
        var lines = ["cp /build/\(destination)/* \(file)"]
        if inputs.text("extract") == "true" {
            let folder = ShellText.quoted(inputs.text("directory"))
            lines.append("mkdir -p -- \(folder)")
            let options = "-x\(compression) --strip-components=\(inputs.text("strip-components")) --no-same-owner"
            lines.append("tar \(options) -C \(folder) -f \(file)")
        }
        if inputs.text("delete") == "true" { lines.append("rm \(file)") }
        return lines.joined(separator: "\n")
    }
}
