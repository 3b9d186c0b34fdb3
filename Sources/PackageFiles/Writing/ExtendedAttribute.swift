internal import HostSystem

/// An extended attribute of a file (xattr(7)).
public struct ExtendedAttribute: Sendable, Equatable {
    /// Its full name: `security.capability`.
    public let name: String
    /// Its value.
    public let value: [UInt8]

    /// Creates an attribute.
    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// Those of an open file that belong into a package, by name: capabilities and what users set. The others say something about the
    /// machine, not about the file.
    static func all(of file: Descriptor) throws(SystemError) -> [ExtendedAttribute] {
        var attributes: [ExtendedAttribute] = []
        for name in try file.attributeNames().filter(belongs).sorted() {
            attributes.append(ExtendedAttribute(name: name, value: try file.attribute(name)))
        }
        return attributes
    }

    private static func belongs(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "=") }
        return isPlain && (name == "security.capability" || name.hasPrefix("user."))
    }
}
