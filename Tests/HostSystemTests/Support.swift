import Glibc
import HostSystem

/// A folder for one test, removed with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "host-system-")
    }

    deinit { try? Files.removeTree(path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws -> String {
        try Files.writeAtomically(Array(text.utf8), to: self(name), mode: mode)
        return self(name)
    }

    func text(of name: String) throws -> String {
        String(decoding: try Files.readAll(self(name), limit: 1 << 20), as: UTF8.self)
    }
}

/// The environment that helper programs get.
let searchPath = ["PATH=/usr/local/bin:/usr/bin:/bin"]

/// Runs a shell script to its end; `prepare` changes the request.
func shell(
    _ script: String, arguments: [String] = [], prepare: (inout SpawnRequest) -> Void = { _ in }
) throws -> (exit: ProcessExit, output: String) {
    let (readEnd, writeEnd) = try Descriptor.pipe()
    var request = SpawnRequest(["/bin/sh", "-c", script, "sh"] + arguments, environment: searchPath)
    request.standardOutput = writeEnd
    prepare(&request)
    let child = try ProcessSpawner.spawn(request)
    writeEnd.close()
    let output = String(decoding: try readEnd.readAll(limit: 1 << 20), as: UTF8.self)
    return (try child.wait(), output)
}

/// Waits until something holds. Returns false only after a time that no working system needs.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let limit = Clock.boottimeMilliseconds + 20_000
    while Clock.boottimeMilliseconds < limit {
        if try condition() { return true }
        usleep(2_000)
    }
    return try condition()
}

/// A deadline that no working system reaches.
var farDeadline: Int64 { Clock.boottimeMilliseconds + 60_000 }

/// Runs `body` on a thread of its own, which ends with it.
final class TestThread {
    private var thread = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(body))
        pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
    }

    func join() { pthread_join(thread, nil) }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
