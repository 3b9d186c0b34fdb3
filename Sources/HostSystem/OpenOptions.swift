internal import CHostSystem

/// How a file is opened. Every descriptor is close-on-exec.
public struct OpenOptions: OptionSet, Sendable {
    /// The bits of `bf_open_flag`.
    public let rawValue: Int32

    /// The set of those bits.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    private init(_ flag: bf_open_flag) { rawValue = Int32(flag.rawValue) }

    /// For reading.
    public static let read = OpenOptions(BF_OPEN_READ)
    /// For writing.
    public static let write = OpenOptions(BF_OPEN_WRITE)
    /// Creates the file if it is missing.
    public static let create = OpenOptions(BF_OPEN_CREATE)
    /// With `create`: fails if it exists.
    public static let exclusive = OpenOptions(BF_OPEN_EXCLUSIVE)
    /// Empties the file.
    public static let truncate = OpenOptions(BF_OPEN_TRUNCATE)
    /// Each write goes to the end.
    public static let append = OpenOptions(BF_OPEN_APPEND)
    /// Fails with `ELOOP` where the last part of the path is a symbolic link.
    public static let noFollow = OpenOptions(BF_OPEN_NO_FOLLOW)
    /// Fails with `ENOTDIR` where it is not a folder.
    public static let folder = OpenOptions(BF_OPEN_FOLDER)
    /// Only a handle of the place, neither to be read nor written.
    public static let pathOnly = OpenOptions(BF_OPEN_PATH_ONLY)
    /// Does not wait for the other end of a FIFO, or for a device.
    public static let nonBlocking = OpenOptions(BF_OPEN_NON_BLOCKING)
    /// With `write`: a file without a name, in the folder that the path names.
    public static let unnamed = OpenOptions(BF_OPEN_UNNAMED)
}
