internal import FarmModel

/// The lists of applets that busybox packages bring along, one path a line, for the links that their scripts would make.
enum AppletList {
    /// The folders whose files are such lists.
    static let folders = ["etc/busybox-paths.d", "usr/share/busybox-paths.d"]
    /// Where the program may lie.
    static let programs = ["bin/busybox", "usr/bin/busybox"]
    /// The most bytes of a list.
    static let sizeLimit = 1 << 20

    /// The paths in a list, without a slash before them. What is no path is passed over.
    static func paths(in text: [UInt8]) -> [String] {
        text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let path = line.drop { $0 == UInt8(ascii: "/") }
            guard let text = String(validating: path, as: UTF8.self), text.hasOnlyPathNames, text.utf8.count <= 1_024,
                text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
            else { return nil }
            return text
        }
    }
}
