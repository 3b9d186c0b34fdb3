public import FarmModel
internal import FarmStore
internal import HostSystem

/// Reads the files, folders and standard input that the arguments of a tool name, within limits.
public struct InputFiles: Sendable {
    /// Bytes of a file, of everything together, and of standard input or a file of records (`*.ndjson`).
    public struct Limits: Sendable {
        /// Bytes of a file.
        public var file = 10 << 20
        /// Bytes of a stream of records: standard input, or a file called `*.ndjson`.
        public var stream = 1 << 30
        /// Bytes of all files together, streams not counted.
        public var total = 512 << 20

        /// The limits of the manual.
        public init() {}
    }

    private let limits: Limits
    private let selection: @Sendable ([String]) -> [String]

    /// - Parameter selection: Of the names of a folder's files, those to read, in order.
    public init(limits: Limits = Limits(), selection: @escaping @Sendable ([String]) -> [String]) {
        self.limits = limits
        self.selection = selection
    }

    /// Everything that the arguments name, in order: a file, the files of a folder that are documents, or standard input for `-`.
    ///
    /// - Throws: `noInput` for what does not exist and for a folder without documents, `usage` for a second `-`, `badInput` for what is too
    ///   large, `noPermission`, `inputOutput`.
    public func read(_ arguments: [String], in context: ToolContext) throws(FarmError) -> [InputFile] {
        guard arguments.lazy.filter({ $0 == "-" }).count < 2 else {
            throw FarmError(.usage, "- stands twice, but there is only one standard input")
        }
        var files: [InputFile] = []
        var total = 0
        for argument in arguments {
            if argument == "-" {
                let bytes = try Self.readStandardInput(in: context, limit: limits.stream)
                files.append(InputFile(name: "-", bytes: bytes, folder: try? Files.realPath(".")))
                continue
            }
            for path in try paths(argument) { files.append(try read(path, total: &total)) }
        }
        return files
    }

    /// All of standard input.
    /// - Throws: `badInput` if there is more than the limit, `inputOutput`.
    static func readStandardInput(in context: ToolContext, limit: Int) throws(FarmError) -> [UInt8] {
        do throws(SystemError) {
            return try context.input.readAll(limit: limit)
        } catch {
            guard error.isTooLarge else { throw FarmError(.inputOutput, "cannot read standard input: \(error.reason)") }
            throw FarmError(.badInput, "standard input is larger than \(SizeText.text(bytes: Int64(limit)))")
        }
    }

    private func paths(_ argument: String) throws(FarmError) -> [String] {
        guard !argument.isEmpty else { throw FarmError(.usage, "an argument is empty; give a file, a folder or -") }
        let status = try FarmError.wrap { () throws(SystemError) in try Files.status(argument, following: true) }
        guard status.type == .folder else { return [argument] }
        let entries = try FarmError.wrap { () throws(SystemError) in try Files.entries(of: argument) }
        let prefix = argument.hasSuffix("/") ? argument : argument + "/"
        let names = selection(entries.compactMap(\.name)).map { prefix + $0 }
        let files = names.filter { (try? Files.status($0, following: true))?.type != .folder }
        guard !files.isEmpty else { throw FarmError(.noInput, "the folder \(argument) has no documents") }
        return files
    }

    private func read(_ path: String, total: inout Int) throws(FarmError) -> InputFile {
        let isStream = path.hasSuffix(".ndjson")
        let limit = isStream ? limits.stream : min(limits.file, limits.total - total)
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.readAll(path, limit: limit)
        } catch {
            guard error.isTooLarge else { throw FarmError(error) }
            throw tooLarge(path, limit: limit, isStream: isStream)
        }
        if !isStream { total += bytes.count }
        return InputFile(name: path, bytes: bytes, folder: folder(of: path))
    }

    private func tooLarge(_ path: String, limit: Int, isStream: Bool) -> FarmError {
        if isStream || limit == limits.file {
            return FarmError(.badInput, "\(path) is larger than \(SizeText.text(bytes: Int64(limit)))")
        }
        return FarmError(.badInput, "the files up to \(path) are larger together than \(SizeText.text(bytes: Int64(limits.total)))")
    }

    private func folder(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return try? Files.realPath(".") }
        return try? Files.realPath(slash == path.startIndex ? "/" : String(path[..<slash]))
    }
}
