import Testing

@testable import HostSystem

@Suite struct NetworkAddressTests {
    private func address(_ text: String) throws -> NetworkAddress { try #require(NetworkAddress.resolve(text).first) }

    /// The ends of each range that is set aside, and what lies beside them.
    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255",
        "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "100::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "3fff:fff::1", "4000::1",
        "5f00::1", "fc00::1", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1",
    ])
    func notOnThePublicInternet(_ text: String) throws { #expect(try !address(text).isPublic) }

    @Test(arguments: [
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
        "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.0", "192.88.98.1", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "198.51.99.255", "203.0.112.255", "203.0.114.0", "223.255.255.255", "::ffff:8.8.8.8", "2000::1",
        "2001:200::1", "2001:4860::8888", "2003::1", "2606:4700::1111", "3ffe::1", "3fff:1000::1",
    ])
    func onThePublicInternet(_ text: String) throws { #expect(try address(text).isPublic) }

    @Test func otherWaysToWriteThisMachine() throws {
        for text in ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"] { #expect(try !address(text).isPublic) }
    }

    @Test func anAddressInAnotherIsItself() {
        let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 8, 8, 4, 4]
        #expect(NetworkAddress(bytes: mapped) == NetworkAddress(bytes: [8, 8, 4, 4]))
        #expect(NetworkAddress(bytes: mapped)?.description == "8.8.4.4")
    }

    @Test(arguments: [0, 3, 5, 15, 17]) func otherLengthsAreNone(_ count: Int) {
        #expect(NetworkAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func theyCanBeReadAgain() throws {
        for text in ["2001:4860::8888", "8.8.8.8", "::1"] {
            let address = try address(text)
            #expect(try self.address(address.description) == address)
        }
    }

    @Test func aNameThatIsNoneHasNone() {
        #expect(throws: SystemError.self) { try NetworkAddress.resolve("nothing.invalid") }
        #expect(throws: SystemError.self) { try NetworkAddress.resolve("") }
    }
}
