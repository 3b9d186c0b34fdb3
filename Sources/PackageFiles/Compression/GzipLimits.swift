/// How much a compressed file may grow.
struct GzipLimits {
    /// How many times its size in the file a member may hold; deflate reaches 1032.
    var ratio: Int64 = 400
    /// Below this many bytes a member may hold as much as it likes.
    var freeSize: Int64 = 64 << 20
}
