import FarmModel
import Testing

@testable import FarmStore

@Suite struct SealedBytesTests {
    private func bytes(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { place in
            let start = hexadecimal.index(hexadecimal.startIndex, offsetBy: place)
            return UInt8(hexadecimal[start..<hexadecimal.index(start, offsetBy: 2)], radix: 16)
        }
    }

    /// Test case 16 of "The Galois/Counter Mode of Operation (GCM)" by McGrew and Viega.
    @Test func thePublishedCaseHolds() {
        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let value = bytes(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        let nonce = bytes("cafebabefacedbaddecaf888")
        let binding = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let expected = bytes(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b")
        let sealed = SealedBytes.seal(value, key: key, nonce: nonce, binding: binding)
        #expect(sealed == nonce + expected)
        #expect(SealedBytes.open(sealed, key: key, binding: binding) == value)
    }

    @Test func nothingThatWasChangedOpens() {
        let key = [UInt8](repeating: 7, count: 32)
        let sealed = SealedBytes.seal(Array("secret".utf8), key: key, nonce: [UInt8](repeating: 1, count: 12), binding: [1])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(SealedBytes.open(changed, key: key, binding: [1]) == nil)
        }
        #expect(SealedBytes.open(sealed, key: key, binding: [2]) == nil)
        #expect(SealedBytes.open(sealed, key: [UInt8](repeating: 8, count: 32), binding: [1]) == nil)
        #expect(SealedBytes.open(Array(sealed.prefix(27)), key: key, binding: [1]) == nil)
    }
}
