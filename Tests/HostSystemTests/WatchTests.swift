import Glibc
import HostSystem
import Testing

@Suite struct WatchTests {
    @Test func changesOfAFileAreSeen() throws {
        let folder = try TestFolder()
        let path = try folder.write("a", to: "file")
        let inotify = try Inotify()
        let watch = try inotify.watch(path, .fileChanges)
        #expect(try inotify.drain().isEmpty)
        #expect(try Poller.wait([.init(inotify.descriptor, .readable)], timeoutMilliseconds: 0).isEmpty)

        let file = try Files.open(path, [.write, .append])
        try file.writeAll([1])
        #expect(try Poller.wait([.init(inotify.descriptor, .readable)], timeoutMilliseconds: 10_000) == [0: .readable])
        #expect(try inotify.drain().map { [$0.watch: $0.events] } == [[watch: .modified]])
        file.close()
        try Files.setTimes(path, seconds: 5)
        // A process that another test is just starting may hold the file for a moment longer, so the order is not certain.
        var seen: Inotify.Events = []
        while seen != [.written, .attributes] {
            guard try !Poller.wait([.init(inotify.descriptor, .readable)], timeoutMilliseconds: 10_000).isEmpty else { break }
            for event in try inotify.drain() { seen.formUnion(event.events) }
        }
        #expect(seen == [.written, .attributes])
        try inotify.remove(watch)
        #expect(try inotify.drain().map(\.events) == [.ended])
    }

    @Test func changesInAFolderHaveNames() throws {
        let folder = try TestFolder()
        let inotify = try Inotify()
        try inotify.watch(folder.path, .folderChanges)
        for name in ["a", "a-longer-name"] { _ = try Files.open(folder(name), [.write, .create]) }
        try Files.rename(folder("a"), to: folder("b"))
        try Files.removeFile(folder("b"))
        let seen = try inotify.drain().map { "\(String(decoding: $0.name, as: UTF8.self)):\($0.events.rawValue)" }
        #expect(seen == ["a:256", "a:8", "a-longer-name:256", "a-longer-name:8", "a:64", "b:128", "b:512"])
    }

    @Test func aMissingFileCannotBeWatched() throws {
        let inotify = try Inotify()
        #expect(throws: SystemError(code: ENOENT, attempt: "watch", path: "/no/file")) { try inotify.watch("/no/file", .fileChanges) }
    }

    /// In a process of its own, which may have no more descriptors.
    @Test func whenNoneIsLeftTheErrorSaysSo() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 3, rlim_max: 3)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            do throws(SystemError) {
                _ = try Inotify()
                exit(1)
            } catch {
                if !error.isLimitReached { exit(2) }
            }
        }
    }

    @Test func flagsAreRaisedAndLowered() throws {
        let flag = try EventDescriptor()
        #expect(try !flag.lower())
        try flag.raise()
        try flag.raise()
        #expect(try flag.lower())
        #expect(try !flag.lower())
    }

    @Test func theWaitEndsWithoutEvents() throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        #expect(try Poller.wait([.init(readEnd, .readable)], timeoutMilliseconds: 20).isEmpty)
        #expect(try Poller.wait([.init(readEnd, .readable), .init(writeEnd, .writable)], timeoutMilliseconds: nil) == [1: .writable])
        writeEnd.close()
        #expect(try Poller.wait([.init(readEnd, .readable)], timeoutMilliseconds: nil) == [0: .hungUp])
        readEnd.close()
        #expect(try Poller.wait([.init(readEnd, .readable)], timeoutMilliseconds: nil).keys.sorted() == [0])
    }
}
