import Documents

extension TextRule {
    private static let axisBytes = ByteSet.lowercase + ByteSet.digits + "_"
    private static let cellBytes = ByteSet.alphanumeric + "._+-"
    private static let imageBytes = ByteSet.alphanumeric + "._/:@+-"

    /// An axis of a matrix.
    static let axis = TextRule("an axis name of lower-case letters, digits and _ that starts with a letter", limit: 64) {
        $0.starts(in: .lowercase) && $0.consists(of: axisBytes)
    }

    /// A value of a matrix: harmless in names, paths and scripts.
    static let cell = TextRule("letters, digits and . _ + - that start with a letter or digit", limit: 100) {
        $0.starts(in: .alphanumeric) && $0.consists(of: cellBytes)
    }

    /// The reference of an OCI image.
    static let image = TextRule("an image reference such as docker.io/library/debian:12", limit: 500) {
        $0.starts(in: .alphanumeric) && $0.consists(of: imageBytes)
    }
}
