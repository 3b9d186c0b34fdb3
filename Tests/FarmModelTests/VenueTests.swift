import FarmModel
import Testing

@Suite struct VenueTests {
    private let now = Moment(wallMilliseconds: 0, bootMilliseconds: 0, bootIdentifier: "one")
    private let job = DispatchJob(gate: .open, requirement: Requirement(architecture: .native, labels: [], environment: .image))

    private func venue(_ address: String, running: Int = 0, slots: Int = 4, weight: Int = 1) -> Venue {
        var abilities = RunnerAbilities()
        abilities.environments = [.image]
        return Venue(address: address, state: DispatchRunner(abilities: abilities, slots: slots, running: running), weight: weight)
    }

    private func status(_ backend: BackendRecord) -> BackendStatus { BackendStatus(backend, pool: BackendPool()) }

    @Test func theLeastLoadedIsChosenAndTheFirstOfEquals() {
        #expect(Venue.choose(for: job, among: [venue("a", running: 2), venue("b", running: 1), venue("c", running: 1)]) == 1)
        #expect(Venue.choose(for: job, among: [venue("a", running: 2, slots: 16), venue("b", running: 1)]) == 0)
    }

    @Test func weightIsAShareOfTheWork() {
        var venues = [venue("light", slots: 100), venue("heavy", slots: 100, weight: 3)]
        var given = [0, 0]
        for _ in 0..<40 {
            let choice = Venue.choose(for: job, among: venues) ?? 0
            venues[choice].state.running += 1
            given[choice] += 1
        }
        #expect(given == [10, 30])
    }

    @Test func whatIsFullOrRestsIsLeftOut() {
        var resting = venue("b")
        resting.state.isBroken = true
        #expect(Venue.choose(for: job, among: [venue("a", running: 4), resting, venue("c", running: 3)]) == 2)
        #expect(Venue.choose(for: job, among: [venue("a", running: 4), resting]) == nil)
    }

    @Test func cachesCountALittle() {
        let venues = [venue("a", running: 1, slots: 16), venue("b", running: 2, slots: 16), venue("c", running: 9, slots: 16)]
        #expect(Venue.choose(for: job, among: venues, warm: ["b"]) == 1)
        #expect(Venue.choose(for: job, among: venues, warm: ["c"]) == 0)
    }

    @Test func whereItFailedIsTheLastResort() {
        let venues = [venue("a"), venue("b", running: 3)]
        #expect(Venue.choose(for: job, among: venues, failed: ["a"]) == 1)
        #expect(Venue.choose(for: job, among: [venue("a"), venue("b", running: 4)], failed: ["a"]) == 0)
    }

    @Test func architectureLabelsAndEmulationDecide() {
        var backend = BackendRecord(address: "tcp://a:1", architecture: "aarch64", labels: ["tier": "large", "fast": ""])
        func isTaken(_ architecture: Architecture, _ labels: [String] = [], _ environment: EnvironmentKind = .image) -> Bool {
            let job = DispatchJob(
                gate: .open, requirement: Requirement(architecture: architecture, labels: labels, environment: environment))
            return Venue.choose(for: job, among: [Venue(status(backend), selection: nil, now)]) != nil
        }
        #expect(isTaken(.aarch64) && isTaken(.noarch) && !isTaken(.x86_64))
        #expect(isTaken(.aarch64, ["tier=large", "fast"]) && !isTaken(.aarch64, ["tier=small"]) && !isTaken(.aarch64, ["tier"]))
        #expect(isTaken(.aarch64, [], .root) && !isTaken(.aarch64, [], .host))
        #expect(isTaken(.aarch64, [], .dockerfile))
        backend.emulates = ["x86_64"]
        #expect(isTaken(.x86_64))
        backend.givenKind = .engine
        #expect(isTaken(.aarch64, [], .image) && !isTaken(.aarch64, [], .dockerfile))
    }

    @Test func settingsSurviveTheirStore() {
        var backend = BackendRecord(address: "docker:///run/d.sock", kind: .engine, architecture: "x86_64", labels: ["a": "b"], maxJobs: 7)
        backend.weight = 3
        backend.emulates = ["riscv64"]
        var tls = BackendTLS()
        tls.certificate = "/c"
        tls.key = "/k"
        backend.tls = tls
        #expect(BackendRecord(address: backend.address, settings: backend.settings) == backend)
    }

    @Test(arguments: [
        ("tcp://h:1", BackendKind.buildkit), ("unix:///s", .buildkit), ("docker:///s", .buildkit), ("docker-container://n", .buildkit),
        ("sandbox://h", .sandbox),
    ]) func theAddressTellsTheKind(_ address: String, _ kind: BackendKind) {
        #expect(BackendRecord(address: address, architecture: "x86_64").kind == kind)
    }
}

extension Architecture {
    fileprivate static let x86_64 = Architecture("x86_64") ?? .noarch
    fileprivate static let aarch64 = Architecture("aarch64") ?? .noarch
}
