internal import CHostSystem
internal import Glibc

extension Descriptor {
    /// Reads at most `limit` bytes; an empty result is the end. With a non-blocking descriptor, nil means that nothing is there yet.
    public func read(atMost limit: Int) throws(SystemError) -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var length: Int
            repeat { length = Glibc.read(number, buffer.baseAddress, limit) } while length < 0 && errno == EINTR
            failure = length < 0 ? errno : 0
            count = max(0, length)
        }
        if failure == EAGAIN { return nil }
        if failure != 0 { throw SystemError(code: failure, attempt: "read") }
        return bytes
    }

    /// Reads at most `limit` bytes at `offset`, without moving the descriptor's own offset. Shorter only at the end of the file.
    public func read(atMost limit: Int, at offset: Int64) throws(SystemError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let length = pread(number, buffer.baseAddress.map { $0 + count }, limit - count, off_t(offset) + count)
                if length < 0 && errno == EINTR { continue }
                failure = length < 0 ? errno : 0
                if length <= 0 { return }
                count += length
            }
        }
        if failure != 0 { throw SystemError(code: failure, attempt: "read") }
        return bytes
    }

    /// What one read at `offset` gives, at most `limit` bytes. The small files of the kernel (proc, control groups) give everything at once.
    public func readOnce(atMost limit: Int, at offset: Int64 = 0) throws(SystemError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var length: Int
            repeat { length = pread(number, buffer.baseAddress, limit, off_t(offset)) } while length < 0 && errno == EINTR
            failure = length < 0 ? errno : 0
            count = max(0, length)
        }
        if failure != 0 { throw SystemError(code: failure, attempt: "read") }
        return bytes
    }

    /// Reads to the end.
    /// - Throws: `SystemError`; code `EFBIG` when there are more than `limit` bytes.
    public func readAll(limit: Int) throws(SystemError) -> [UInt8] {
        var result: [UInt8] = []
        while true {
            let wanted = min(256 * 1024, limit - result.count + 1)
            guard let bytes = try read(atMost: wanted) else { throw SystemError(code: EAGAIN, attempt: "read") }
            if bytes.isEmpty { return result }
            result += bytes
            if result.count > limit { throw SystemError(code: EFBIG, attempt: "read") }
        }
    }

    /// Writes all bytes, in as many calls as it takes.
    public func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        try writeAll(bytes[...])
    }

    /// Writes all bytes of a slice, in as many calls as it takes.
    public func writeAll(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = try SystemCall.value("write") { rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) } }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes all bytes at `offset`, without moving the descriptor's own offset.
    public func writeAll(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            done += try SystemCall.value("write") {
                bytes[done...].withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, off_t(offset) + done) }
            }
        }
    }

    /// Moves the descriptor's offset.
    public func seek(to offset: Int64) throws(SystemError) {
        try SystemCall.value("seek") { lseek(number, off_t(offset), SEEK_SET) }
    }

    /// Cuts or extends the file to `size` bytes.
    public func truncate(to size: Int64) throws(SystemError) {
        try SystemCall.value("truncate") { ftruncate(number, off_t(size)) }
    }

    /// Waits until content and attributes are on the disk. Not to be tried again after a failure: the kernel forgets what was lost.
    public func sync() throws(SystemError) {
        try SystemCall.value("sync") { fsync(number) }
    }

    /// Waits until the content is on the disk.
    public func syncData() throws(SystemError) {
        try SystemCall.value("sync") { fdatasync(number) }
    }

    /// Waits until everything on the file system that holds this file is on the disk.
    public func syncFileSystem() throws(SystemError) {
        try SystemCall.value("sync the file system") { bf_sync_file_system(number) }
    }
}

extension Descriptor {
    /// Makes the file `size` bytes long with all blocks on the disk, so that writing to it cannot meet a full disk.
    public func allocate(_ size: Int64) throws(SystemError) {
        let code = posix_fallocate(number, 0, off_t(size))
        if code != 0 { throw SystemError(code: code, attempt: "allocate") }
    }
}
