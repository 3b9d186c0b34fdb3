import FarmModel
import Testing

@Suite struct DigestTests {
    /// The examples of FIPS 180-2.
    @Test func knownDigests() {
        #expect(Digest.of([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.of("abc".utf8).description == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func piecesAndSequencesHashAlike() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var hasher = DigestHasher()
        for piece in [bytes[..<1], bytes[1..<64], bytes[64...]] { piece.withUnsafeBytes { hasher.update($0) } }
        #expect(hasher.finish() == .of(bytes))
        #expect(Digest.of(AnySequence(bytes)) == .of(bytes))
    }

    @Test func textFormsReadAgain() {
        let digest = Digest.of([1, 2, 3])
        #expect(Digest(digest.description) == digest)
        #expect(Digest(digest.hex) == digest)
        #expect(Digest(digest.hex.uppercased()) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        for text in ["", "sha256:", "sha512:" + digest.hex, digest.hex + "0", "\(digest.hex.dropLast())", "\(digest.hex.dropLast())g"] {
            #expect(Digest(text) == nil)
        }
        #expect(Digest(bytes: [0]) == nil)
    }
}
