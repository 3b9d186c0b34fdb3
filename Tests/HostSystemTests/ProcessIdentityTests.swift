import Glibc
import HostSystem
import Testing

@Suite struct ProcessIdentityTests {
    @Test func currentIsThisProcess() {
        #expect(ProcessIdentity.current == ProcessIdentity(of: getpid()))
        #expect(ProcessIdentity.current.isAlive)
        #expect(Clock.bootIdentifier.count == 36)
    }

    @Test func statesAreSeen() throws {
        let child = try ProcessSpawner.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
        let identity = try #require(ProcessIdentity(of: child.identifier))
        #expect(try identity.kill(.stop))
        #expect(eventually { identity.state == "T" })
        #expect(identity.isAlive)
        #expect(try identity.kill(.kill))
        #expect(eventually { identity.state == "Z" })
        #expect(!identity.isAlive)
        _ = try child.wait()
        #expect(identity.state == nil)
        #expect(try !identity.kill(.kill))
    }

    @Test func anotherProcessOfTheSameNumberIsSpared() throws {
        let child = try ProcessSpawner.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
        let real = try #require(ProcessIdentity(of: child.identifier))
        let older = ProcessIdentity(identifier: real.identifier, startTime: real.startTime - 1, bootIdentifier: real.bootIdentifier)
        let otherBoot = ProcessIdentity(identifier: real.identifier, startTime: real.startTime, bootIdentifier: "another")
        for impostor in [older, otherBoot] {
            #expect(!impostor.isAlive)
            #expect(try !impostor.kill(.kill))
        }
        #expect(real.isAlive)
        try child.signal(.kill)
        #expect(try child.wait().ending == .signalled(.kill))
    }

    /// The name in the second field of /proc/PID/stat may look like further fields.
    @Test func aMisleadingProgramNameIsNoObstacle() throws {
        let folder = try TestFolder()
        let program = folder("a) Z 1 (b")
        try Files.copy(from: Files.open("/bin/sleep"), to: Files.open(program, [.write, .create], mode: 0o755))
        let child = try ProcessSpawner.spawn(SpawnRequest([program, "1000"], environment: []))
        #expect(ProcessIdentity(of: child.identifier)?.isAlive == true)
        try child.signal(.kill)
        _ = try child.wait()
    }

    @Test func noProcessHasTheseNumbers() {
        for identifier: Int32 in [0, -1, .max] { #expect(ProcessIdentity(of: identifier) == nil) }
    }
}
