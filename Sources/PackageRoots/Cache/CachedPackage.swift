internal import AlpinePackage
internal import HostSystem
internal import PackageFiles

/// A package of the cache that has just been read and found right, with its files laid out.
struct CachedPackage {
    /// What an index would say of it.
    let record: PackageRecord
    let control: PackageControl
    /// Everything in it, in the order of the archive.
    let entries: [TarEntry]
    /// The folder with its files: the content of entry N is the file N.
    let files: String
    /// Keeps the folder from being removed.
    let lock: FileLock

    /// The number of the file that an entry is: its own, or that of the file it is another name of; nil for folders and symbolic links.
    func fileNumber(of entry: Int) -> Int? { numbers[entry] }

    private let numbers: [Int: Int]

    init(record: PackageRecord, control: PackageControl, entries: [TarEntry], files: String, lock: FileLock) {
        (self.record, self.control, self.entries, self.files, self.lock) = (record, control, entries, files, lock)
        var byPath: [[UInt8]: Int] = [:]
        var numbers: [Int: Int] = [:]
        for (index, entry) in entries.enumerated() {
            let number: Int? =
                switch entry.content {
                case .file: index
                case .hardLink(let target): byPath[Array(target.utf8)]
                case .folder, .symbolicLink: nil
                }
            guard let number else { continue }
            numbers[index] = number
            byPath[Array(entry.path.utf8)] = number
        }
        self.numbers = numbers
    }
}
