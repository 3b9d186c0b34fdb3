#include <zlib.h>

/* deflateInit2 is a macro. 15 + 16: the largest window, and gzip's header (RFC 1952). */
static inline int bf_gzip_init(z_stream *stream, int level) { return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }

/* Without header and trailer (RFC 1951), for pieces that are joined to one stream. */
static inline int bf_deflate_init(z_stream *stream, int level) { return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY); }
