/// A file or stream that was read as a whole.
public struct InputFile: Sendable, Hashable {
    /// Its path as given, for messages; `-` for standard input.
    public var name: String
    /// What is in it.
    public var bytes: [UInt8]
    /// The absolute path of the folder it is in; for standard input the current folder. Nil if that is gone.
    public var folder: String?

    /// Creates a file.
    public init(name: String, bytes: [UInt8], folder: String?) {
        self.name = name
        self.bytes = bytes
        self.folder = folder
    }
}
