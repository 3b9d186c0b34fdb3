import Documents
import FarmModel

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
    static let image = TextRule("an image reference such as debian:12", limit: 500) {
        $0.starts(in: .alphanumeric) && $0.consists(of: imageBytes)
    }

    /// The name under which an image is kept: a registry, a name in lower case, and a tag.
    static let exportedImage = TextRule("an image name such as HOST:PORT/name:tag, in lower case and without a digest", limit: 500) {
        text in
        let name = ImageExport(image: text).repository.drop { $0 != "/" }
        return image.accepts(text) && !text.utf8.contains(UInt8(ascii: "@")) && name.hasPrefix("/") && text.hasOnlyPathNames
            && !name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// The tag of an image.
    static let tag = TextRule("a tag of letters, digits and . _ - that starts with a letter or digit", limit: 128) {
        $0.starts(in: .alphanumeric) && $0.consists(of: .alphanumeric + "._-")
    }
}
