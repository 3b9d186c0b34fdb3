import Testing

/// Reads `/lib/apk/db/installed` as strictly as apk does: each line is a letter it knows, a colon and a value, in a place where it may
/// stand.
struct InstalledText {
    struct File: Equatable {
        var path: String
        var owners = ""
        var checksum = ""
    }

    struct Package {
        var fields: [(letter: Character, value: String)] = []
        var folders: [(path: String, owners: String)] = []
        var files: [File] = []

        func field(_ letter: Character) -> String? { fields.first { $0.letter == letter }?.value }
    }

    var packages: [Package] = []

    init(_ text: String) throws {
        try #require(text.hasSuffix("\n\n"))
        for block in text.dropLast(2).components(separatedBy: "\n\n") {
            var package = Package()
            for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
                let letter = try #require(line.first)
                try #require(line.dropFirst().first == ":")
                try Self.read(letter, String(line.dropFirst(2)), into: &package)
            }
            packages.append(package)
        }
    }

    private static func read(_ letter: Character, _ value: String, into package: inout Package) throws {
        switch letter {
        case "F": package.folders.append((value, ""))
        case "M":
            try #require(!package.folders.isEmpty)
            package.folders[package.folders.count - 1].owners = value
        case "R":
            let folder = try #require(package.folders.last).path
            package.files.append(File(path: folder.isEmpty ? value : "\(folder)/\(value)"))
        case "a":
            try #require(!package.files.isEmpty)
            package.files[package.files.count - 1].owners = value
        case "Z":
            try #require(!package.files.isEmpty)
            package.files[package.files.count - 1].checksum = value
        default:
            try #require("CPVASITULomtckDpirqsf".contains(letter), "\(letter)")
            try #require(package.folders.isEmpty)
            package.fields.append((letter, value))
        }
    }
}

extension Substring {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
