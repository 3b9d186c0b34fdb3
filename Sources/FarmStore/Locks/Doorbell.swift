internal import HostSystem

/// Tells other processes that something has changed: a file that they watch.
enum Doorbell {
    /// Writes one byte. A failure is no error: the others look by themselves now and then.
    static func ring(_ directory: StateDirectory) {
        let file = try? Files.open(directory.doorbell, [.write, .create], mode: 0o600)
        try? file?.writeAll([UInt8(ascii: "!")], at: 0)
    }

    /// Makes the file, so that it can be watched.
    static func ensure(_ directory: StateDirectory) {
        _ = try? Files.open(directory.doorbell, [.write, .create], mode: 0o600)
    }
}
