/// The reading end of a pipe and what came out of it so far.
struct CapturedStream {
    /// nil after the end.
    private(set) var descriptor: Descriptor?
    private(set) var bytes: [UInt8] = []
    /// More came than is kept.
    private(set) var isOverLimit = false
    private let limit: Int

    init(_ descriptor: Descriptor, limit: Int) throws(SystemError) {
        try descriptor.setNonBlocking()
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Reads what is there, one portion.
    mutating func read() throws(SystemError) {
        guard let portion = try descriptor?.read(atMost: 64 * 1024) else { return }
        if portion.isEmpty { descriptor = nil }
        let room = limit - bytes.count
        bytes += portion.prefix(room)
        if portion.count > room { isOverLimit = true }
    }
}
