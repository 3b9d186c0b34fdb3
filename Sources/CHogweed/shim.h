#include <errno.h>
#include <gmp.h>
#include <nettle/bignum.h>
#include <nettle/rsa.h>
#include <nettle/sha1.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* nettle's source of random bytes: the kernel's, which answers, or nothing goes on. */
static inline void bf_random_bytes(void *context, size_t length, uint8_t *bytes) {
    (void)context;
    while (length > 0) {
        ssize_t count = getrandom(bytes, length, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) abort();
        bytes += count;
        length -= (size_t)count;
    }
}

static inline void *bf_allocate_number(size_t size) {
    void *number = malloc(size);
    if (!number) abort();
    return number;
}

static inline void bf_free_number(void *number, size_t size) {
    explicit_bzero(number, size);
    free(number);
}

static inline void *bf_reallocate_number(void *old, size_t old_size, size_t size) {
    void *number = bf_allocate_number(size);
    memcpy(number, old, old_size < size ? old_size : size);
    bf_free_number(old, old_size);
    return number;
}

/* From now on the memory of GMP's numbers, those between two steps of a computation too, is wiped before it is given back. */
static inline void bf_wipe_freed_numbers(void) {
    mp_set_memory_functions(bf_allocate_number, bf_reallocate_number, bf_free_number);
}

/* Signs a digest, blinded; 0 if the parts of the key do not fit together. */
static inline int bf_rsa_sign(
    const struct rsa_public_key *public_half, const struct rsa_private_key *private_half, int is_sha256, const uint8_t *digest,
    mpz_t signature) {
    return is_sha256 ? rsa_sha256_sign_digest_tr(public_half, private_half, NULL, bf_random_bytes, digest, signature)
                     : rsa_sha1_sign_digest_tr(public_half, private_half, NULL, bf_random_bytes, digest, signature);
}

/* Makes a key pair with the exponent 65537. */
static inline int bf_rsa_generate(struct rsa_public_key *public_half, struct rsa_private_key *private_half, unsigned bits) {
    mpz_set_ui(public_half->e, 65537);
    return rsa_generate_keypair(public_half, private_half, NULL, bf_random_bytes, NULL, NULL, bits, 0);
}
