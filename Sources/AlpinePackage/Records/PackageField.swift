/// A field that indexes and package information share: a letter there, a key here
/// (https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd).
enum PackageField {
    case checksum, name, version, architecture, size, installedSize, summary, url, license, origin, maintainer, buildTime, commit
    case providerPriority, replacesPriority, dependencies, provides, replaces, installIf

    /// The field of an index that begins with a letter; nil for one that means nothing here.
    init?(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "C"): self = .checksum
        case UInt8(ascii: "P"): self = .name
        case UInt8(ascii: "V"): self = .version
        case UInt8(ascii: "A"): self = .architecture
        case UInt8(ascii: "S"): self = .size
        case UInt8(ascii: "I"): self = .installedSize
        case UInt8(ascii: "T"): self = .summary
        case UInt8(ascii: "U"): self = .url
        case UInt8(ascii: "L"): self = .license
        case UInt8(ascii: "o"): self = .origin
        case UInt8(ascii: "m"): self = .maintainer
        case UInt8(ascii: "t"): self = .buildTime
        case UInt8(ascii: "c"): self = .commit
        case UInt8(ascii: "k"): self = .providerPriority
        case UInt8(ascii: "q"): self = .replacesPriority
        case UInt8(ascii: "D"): self = .dependencies
        case UInt8(ascii: "p"): self = .provides
        case UInt8(ascii: "r"): self = .replaces
        case UInt8(ascii: "i"): self = .installIf
        default: return nil
        }
    }

    /// The field of package information with a key; nil for one that means nothing here.
    init?(key: String) {
        guard let field = Self.keys[key] else { return nil }
        self = field
    }

    private static let keys: [String: PackageField] = [
        "pkgname": .name, "pkgver": .version, "arch": .architecture, "size": .installedSize, "pkgdesc": .summary, "url": .url,
        "license": .license, "origin": .origin, "maintainer": .maintainer, "builddate": .buildTime, "commit": .commit,
        "provider_priority": .providerPriority, "replaces_priority": .replacesPriority, "depend": .dependencies, "provides": .provides,
        "replaces": .replaces, "install_if": .installIf,
    ]
}
