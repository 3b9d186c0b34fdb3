import Glibc
import HostSystem
import Testing

@Suite struct HostTests {
    @Test func namesAreThoseOfTheTools() throws {
        #expect(
            try shell("uname -s; uname -r; uname -m; uname -n").output.split(separator: "\n").map(String.init)
                == [Host.systemName.system, Host.systemName.release, Host.systemName.machine, Host.name])
        #expect(try shell("nproc; getconf PAGESIZE").output == "\(Host.processorCount)\n\(Host.pageSize)\n")
        #expect(try Files.status(Host.executablePath()).type == .regular)
        #expect(Host.memorySize > 1 << 26)
    }

    @Test func theEnvironmentIsRead() {
        #expect(Environment.value("PATH") != nil)
        #expect(Environment.value("BF_NO_SUCH_VARIABLE") == nil)
        #expect(Environment.all.contains { $0.hasPrefix("PATH=") })
    }

    @Test func fileSystems() throws {
        let system = try FileSystem(at: "/proc")
        #expect(system.type == 0x9fa0)
        #expect(!system.isNetwork)
        let root = try FileSystem(at: "/")
        #expect(root.freeBytes <= root.totalBytes && root.totalBytes > 0)
        #expect(throws: SystemError.self) { try FileSystem(at: "/no/folder") }
    }

    @Test func onlyATerminalIsOne() throws {
        let file = try Files.open("/dev/null")
        #expect(!Terminal.isTerminal(file))
        #expect(Terminal.size(of: file) == nil)
        let terminal = try Files.open("/dev/ptmx", [.read, .write])
        var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(terminal.number, UInt(TIOCSWINSZ), &size) == 0)
        #expect(Terminal.isTerminal(terminal))
        let found = Terminal.size(of: terminal)
        #expect(found?.columns == 100)
        #expect(found?.rows == 30)
    }

    @Test func randomBytesDiffer() {
        #expect(RandomBytes.make(32).count == 32)
        #expect(RandomBytes.hexadecimal(16).utf8.count == 32)
        #expect(Set((0..<100).map { _ in RandomBytes.hexadecimal(16) }).count == 100)
    }

    @Test func clocksRunForward() throws {
        let before = Clock.boottimeNanoseconds
        #expect(Clock.boottimeNanoseconds >= before)
        let uptime = try #require(Double(try shell("cut -d' ' -f1 /proc/uptime").output.dropLast()))
        #expect(abs(Double(Clock.boottimeMilliseconds) / 1000 - uptime) < 5)
        let wall = try #require(Int64(try shell("date +%s").output.dropLast()))
        #expect(abs(Clock.wallMilliseconds / 1000 - wall) < 5)
    }
}
