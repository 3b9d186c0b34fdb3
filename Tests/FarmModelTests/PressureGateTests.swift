import FarmModel
import Testing

@Suite struct PressureGateTests {
    @Test func memoryDiskAndFilesCountByThemselves() {
        let gate = PressureGate()
        #expect(gate.facts([.memory: 9, .disk: 1e12, .inodes: 1e6, .io: 100, .cpu: 100]).isEmpty)
        #expect(gate.facts([.memory: 11]).map(\.resource) == [.memory])
        #expect(gate.facts([.disk: 1000]).map(\.resource) == [.disk])
        #expect(gate.facts([.inodes: 10]).map(\.resource) == [.inodes])
        #expect(gate.facts([:]).isEmpty)
    }

    @Test func disksAndProcessorsCountWhenConfigured() {
        let gate = PressureGate(limits: [.io: 50, .cpu: 60])
        #expect(gate.facts([.io: 51, .cpu: 61, .memory: 100, .disk: 0]).map(\.resource) == [.io, .cpu])
        #expect(gate.facts([.io: 50, .cpu: 60]).isEmpty)
    }

    @Test func aFactSurvivesItsRecord() {
        let fact = PressureFact(resource: .memory, value: 12.5, limit: 10)
        #expect(PressureFact(json: fact.json) == fact)
        #expect(fact.text == "memory 13 % (at most 10 %)" || fact.text == "memory 12 % (at most 10 %)")
    }
}
