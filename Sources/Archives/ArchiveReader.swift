internal import CArchive
internal import Glibc
internal import HostSystem

/// Reads an archive from its start to its end, entry by entry: tar, zip and cpio, plain or by gzip, bzip2, xz, lzma, zstd or lz4.
///
/// Filters that need another program are not used. How libarchive reads names depends on the locale, so the thread has one of its own from the
/// reader's creation to its end. In the C locale the names of tar and cpio stay the bytes they are; those of zip, which has several encodings,
/// become UTF-8 only in a locale that has it, at the price that composed characters are used.
final class ArchiveReader {
    private let archive: OpaquePointer
    private let locale: locale_t
    private let formerLocale: locale_t?
    private let file: Descriptor

    private static let blockSize = 256 << 10

    /// Opens an archive. Its descriptor's offset does not matter and is not moved.
    init(_ file: Descriptor) throws(UnpackFailure) {
        guard let archive = archive_read_new() else { throw .system(SystemError(code: ENOMEM, attempt: "read an archive")) }
        let localeName = Self.isZip(file) ? "C.UTF-8" : "C"
        guard let locale = newlocale(Int32(1 << LC_CTYPE), localeName, nil) else {
            archive_read_free(archive)
            throw .system(SystemError(code: errno, attempt: "use the locale", path: localeName))
        }
        self.archive = archive
        self.locale = locale
        self.file = file
        formerLocale = uselocale(locale)
        for support in Self.formats { _ = support(archive) }
        // By its name, because only so libarchive can seek, which zip needs; the name leads to the very file that is open.
        try check(archive_read_open_filename(archive, "/proc/self/fd/\(file.number)", Self.blockSize))
    }

    deinit {
        archive_read_free(archive)
        uselocale(formerLocale)
        freelocale(locale)
    }

    private static func isZip(_ file: Descriptor) -> Bool { (try? file.read(atMost: 2, at: 0)) == Array("PK".utf8) }

    private static let formats: [@Sendable (OpaquePointer?) -> Int32] = [
        archive_read_support_format_tar, archive_read_support_format_zip, archive_read_support_format_cpio,
        archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
        archive_read_support_filter_lzma, archive_read_support_filter_zstd, archive_read_support_filter_lz4,
    ]

    /// The bytes of the archive that have been used so far.
    var bytesRead: Int64 { archive_filter_bytes(archive, -1) }

    /// The next entry; nil after the last.
    func next() throws(UnpackFailure) -> ArchiveEntry? {
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        if code == ARCHIVE_EOF { return nil }
        try check(code)
        return entry.map { ArchiveEntry($0) }
    }

    /// The next piece of the present entry's content; nil after the last. What lies between two pieces is a hole.
    func nextPiece() throws(UnpackFailure) -> (offset: Int64, bytes: [UInt8])? {
        var buffer: UnsafeRawPointer?
        var size = 0
        var offset: Int64 = 0
        let code = archive_read_data_block(archive, &buffer, &size, &offset)
        if code == ARCHIVE_EOF { return nil }
        try check(code)
        return (offset, Array(UnsafeRawBufferPointer(start: buffer, count: size)))
    }

    /// Warnings are about names and attributes that are looked at, or not used, anyway.
    private func check(_ code: Int32) throws(UnpackFailure) {
        if code == ARCHIVE_OK || code == ARCHIVE_WARN { return }
        let text = archive_error_string(archive).map { String(cString: $0) } ?? "unknown reason"
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
        throw .refused("the archive cannot be read: \(plain)")
    }
}
