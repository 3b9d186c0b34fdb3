internal import CNettle

/// AES-256-GCM (NIST SP 800-38D): nonce, ciphertext and tag in one, as RFC 5116 lays them out.
enum SealedBytes {
    /// Bytes of a nonce, which is never used twice with one key.
    static let nonceSize = 12
    private static let tagSize = 16
    private static let keySize = 32

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - binding: Must be the same when it is opened; it is not part of the result.
    static func seal(_ value: [UInt8], key: [UInt8], nonce: [UInt8], binding: [UInt8]) -> [UInt8] {
        precondition(key.count == keySize && nonce.count == nonceSize, "a key has 32 bytes, a nonce 12")
        var context = context(key, nonce, binding)
        var sealed = [UInt8](repeating: 0, count: value.count)
        nettle_gcm_aes256_encrypt(&context, value.count, &sealed, value)
        return nonce + sealed + tag(&context)
    }

    /// nil if anything was changed.
    static func open(_ bytes: [UInt8], key: [UInt8], binding: [UInt8]) -> [UInt8]? {
        guard key.count == keySize, bytes.count >= nonceSize + tagSize else { return nil }
        var context = context(key, Array(bytes.prefix(nonceSize)), binding)
        let sealed = Array(bytes.dropFirst(nonceSize).dropLast(tagSize))
        var value = [UInt8](repeating: 0, count: sealed.count)
        nettle_gcm_aes256_decrypt(&context, sealed.count, &value, sealed)
        return nettle_memeql_sec(tag(&context), Array(bytes.suffix(tagSize)), tagSize) == 1 ? value : nil
    }

    private static func context(_ key: [UInt8], _ nonce: [UInt8], _ binding: [UInt8]) -> gcm_aes256_ctx {
        var context = gcm_aes256_ctx()
        nettle_gcm_aes256_set_key(&context, key)
        nettle_gcm_aes256_set_iv(&context, nonce.count, nonce)
        nettle_gcm_aes256_update(&context, binding.count, binding)
        return context
    }

    private static func tag(_ context: inout gcm_aes256_ctx) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: tagSize)
        nettle_gcm_aes256_digest(&context, tagSize, &tag)
        return tag
    }
}
