import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeCapabilityTests {
    private func capabilities(_ path: String, permitted: [String], inheritable: [String] = [], isEffective: Bool) throws -> FileCapabilities
    {
        var capabilities = FileCapabilities(path: path)
        capabilities.permitted = try #require(CapabilitySet(names: permitted))
        capabilities.inheritable = try #require(CapabilitySet(names: inheritable))
        capabilities.isEffective = isEffective
        return capabilities
    }

    @Test func packagesAndSubpackagesHaveThem() throws {
        let built = try build(
            """
            package:
              name: tree
              version: 1
              epoch: 0
              setcap:
                - {path: /usr/bin/tree, add: {"cap_net_raw,cap_net_admin": +eip}, reason: it climbs}
                - {path: sbin/b, add: {cap_bpf: =p}, reason: it digs}
            vars: {program: x}
            subpackages:
              - name: tree-tools
                setcap: [{path: '/usr/bin/${{vars.program}}', add: {cap_chown: i}, reason: it moves}]
              - name: tree-doc
            """)
        let raw = ["cap_net_admin", "cap_net_raw"]
        #expect(
            built.packages[0].capabilities == [
                try capabilities("sbin/b", permitted: ["cap_bpf"], isEffective: false),
                try capabilities("usr/bin/tree", permitted: raw, inheritable: raw, isEffective: true),
            ])
        #expect(
            built.packages[1].capabilities == [
                try capabilities("usr/bin/x", permitted: [], inheritable: ["cap_chown"], isEffective: false)
            ])
        #expect(built.packages[2].capabilities.isEmpty)
    }

    @Test func whatSeveralEntriesSayOfAFileCountsTogether() throws {
        let built = try build(
            """
            package:
              name: tree
              version: 1
              epoch: 0
              setcap:
                - {path: /a, add: {cap_net_raw: +ep, cap_chown: +i}, reason: x}
                - {path: a, add: {cap_kill: +p}, reason: x}
            """)
        #expect(
            built.packages[0].capabilities == [
                try capabilities("a", permitted: ["cap_kill", "cap_net_raw"], inheritable: ["cap_chown"], isEffective: true)
            ])
    }

    /// The numbers of https://github.com/torvalds/linux/blob/master/include/uapi/linux/capability.h
    @Test(arguments: [
        ("cap_chown", 0), ("cap_setpcap", 8), ("cap_net_bind_service", 10), ("cap_net_admin", 12), ("cap_net_raw", 13),
        ("cap_ipc_lock", 14), ("cap_sys_admin", 21), ("cap_setfcap", 31), ("cap_mac_override", 32), ("cap_checkpoint_restore", 40),
    ])
    func namesHaveTheirNumbers(_ name: String, _ number: UInt64) throws {
        let set = try #require(CapabilitySet(names: [name]))
        #expect(set.bits == 1 << number && set.names == [name])
    }

    @Test(arguments: [
        ("[{uses: test/pkgconf}]", ["pkgconf"]), ("[{uses: test/tw/ldd-check}]", ["lddcheck"]),
        ("[{uses: test/ldd-check}, {uses: test/pkgconf}]", ["lddcheck", "pkgconf"]),
        ("[{pipeline: [{uses: test/pkgconf}]}, {runs: test/ldd-check}]", []), ("[]", []),
    ])
    func testsAnswerLinters(_ steps: String, _ linters: [String]) throws {
        let section = "test: {pipeline: \(steps)}"
        let own = [
            "test/ldd-check.yaml": "pipeline: []\n", "test/tw/ldd-check.yaml": "pipeline: []\n", "test/pkgconf.yaml": "pipeline: []\n",
        ]
        let built = try build(configuration("subpackages: [{name: sub, \(section)}]\n" + section), own: own)
        #expect(built.packages.map(\.answeredLinters) == [linters, linters])
        #expect(try build(configuration("subpackages: [{name: sub}]\n" + section), own: own).packages[1].answeredLinters == [])
    }
}
