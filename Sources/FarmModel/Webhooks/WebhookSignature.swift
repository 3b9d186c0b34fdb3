internal import CNettle

/// Proves to the receiver of a message who sent it, and when: HMAC-SHA256 (RFC 2104) over the time, a full stop and the body. With the time in
/// it nobody can send a recorded message again later.
public enum WebhookSignature {
    /// The signature as 64 hexadecimal digits.
    /// - Parameters:
    ///   - secret: The key that both sides know.
    ///   - timestamp: When it is sent, in seconds since 1970.
    ///   - body: The bytes of the request.
    public static func hex(secret: [UInt8], timestamp: Int64, body: [UInt8]) -> String {
        Hexadecimal.text(of: authenticate(Array("\(timestamp).".utf8) + body, key: secret))
    }

    static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var context = hmac_sha256_ctx()
        nettle_hmac_sha256_set_key(&context, key.count, key)
        nettle_hmac_sha256_update(&context, message.count, message)
        return Array(unsafeUninitializedCapacity: 32) { buffer, count in
            nettle_hmac_sha256_digest(&context, 32, buffer.baseAddress)
            count = 32
        }
    }
}
