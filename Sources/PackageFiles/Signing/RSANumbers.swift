internal import CHogweed

/// A key as nettle computes with it, for as long as one operation takes.
///
/// What it gives back to the C library is wiped before.
final class RSANumbers {
    /// How many bits the modulus may have.
    static let bits = 1_024...8_192

    private var publicHalf = rsa_public_key()
    private var privateHalf = rsa_private_key()

    private init() {
        Self.wipesFreedNumbers
        nettle_rsa_public_key_init(&publicHalf)
        nettle_rsa_private_key_init(&privateHalf)
    }

    deinit {
        nettle_rsa_public_key_clear(&publicHalf)
        nettle_rsa_private_key_clear(&privateHalf)
    }

    /// Done once in a process.
    private static let wipesFreedNumbers: Void = bf_wipe_freed_numbers()

    /// Reads an `RSAPublicKey` of PKCS #1; nil if it is none or its size is not allowed.
    convenience init?(publicKey der: [UInt8]) {
        self.init()
        guard nettle_rsa_keypair_from_der(&publicHalf, nil, UInt32(Self.bits.upperBound), der.count, der) == 1, isAllowed else {
            return nil
        }
    }

    /// Reads an `RSAPrivateKey` of PKCS #1; nil if it is none or its size is not allowed.
    convenience init?(privateKey der: [UInt8]) {
        self.init()
        let limit = UInt32(Self.bits.upperBound)
        guard nettle_rsa_keypair_from_der(&publicHalf, &privateHalf, limit, der.count, der) == 1, isAllowed else { return nil }
    }

    /// Makes a pair; nil if the size is not allowed.
    convenience init?(bits: Int) {
        self.init()
        guard Self.bits.contains(bits), bf_rsa_generate(&publicHalf, &privateHalf, UInt32(bits)) == 1 else { return nil }
    }

    /// With the exponent 1 anybody could sign, and a large one would make each verification as slow as a signature.
    private var isAllowed: Bool {
        let isOdd = __gmpz_tstbit(&publicHalf.n, 0) == 1 && __gmpz_tstbit(&publicHalf.e, 0) == 1
        return isOdd && Self.bits.contains(__gmpz_sizeinbase(&publicHalf.n, 2)) && (2...64).contains(__gmpz_sizeinbase(&publicHalf.e, 2))
    }

    /// Whether the signature (PKCS #1 v1.5) is this key's of the digest.
    func verifies(_ signature: [UInt8], _ digest: SignedDigest) -> Bool {
        guard signature.count == publicHalf.size else { return false }
        var number = mpz_t()
        __gmpz_init(&number)
        defer { __gmpz_clear(&number) }
        nettle_mpz_set_str_256_u(&number, signature.count, signature)
        return switch digest {
        case .sha1(let bytes): bytes.count == 20 && nettle_rsa_sha1_verify_digest(&publicHalf, bytes, &number) == 1
        case .sha256(let bytes): bytes.count == 32 && nettle_rsa_sha256_verify_digest(&publicHalf, bytes, &number) == 1
        }
    }

    /// Signs a digest (PKCS #1 v1.5); nil if the parts of the key do not fit together.
    func sign(_ digest: SignedDigest) -> [UInt8]? {
        guard digest.bytes.count == digest.size else { return nil }
        var number = mpz_t()
        __gmpz_init(&number)
        defer { __gmpz_clear(&number) }
        guard bf_rsa_sign(&publicHalf, &privateHalf, digest.isSHA256 ? 1 : 0, digest.bytes, &number) == 1 else { return nil }
        return Self.bytes(&number, count: publicHalf.size)
    }

    /// The `RSAPrivateKey` of PKCS #1 (RFC 8017 appendix A.1.2).
    var privateKeyDER: [UInt8] {
        let numbers = [
            Self.bytes(&publicHalf.n), Self.bytes(&publicHalf.e), Self.bytes(&privateHalf.d), Self.bytes(&privateHalf.p),
            Self.bytes(&privateHalf.q), Self.bytes(&privateHalf.a), Self.bytes(&privateHalf.b), Self.bytes(&privateHalf.c),
        ]
        return DER.element(DER.sequence, DER.number([0]) + numbers.flatMap(DER.number))
    }

    private static func bytes(_ number: UnsafePointer<__mpz_struct>, count: Int? = nil) -> [UInt8] {
        let size = count ?? Int(nettle_mpz_sizeinbase_256_u(number))
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            nettle_mpz_get_str_256(size, buffer.baseAddress, number)
            filled = size
        }
    }
}
