/// A version of a package in apk's order: `1.2.3a_rc1~0123abc-r4`.
///
/// Numbers, a letter, suffixes, the commit it was built from, the package's own release: apk-package(5), "package names and versions"
/// (https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd). Two versions are equal if apk finds no difference
/// between them, even where their texts differ: `1.2-r1` and `1.2-r01`.
public struct PackageVersion: Sendable, CustomStringConvertible {
    /// The text as it was read.
    public let description: String
    let parts: [VersionPart]
    /// What stands after `~`, or nothing.
    let commit: String

    /// Reads a version; nil if apk would call it invalid, or if it is longer than 256 bytes.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 256 else { return nil }
        var scanner = VersionScanner(Array(text.utf8))
        guard let parts = scanner.parts() else { return nil }
        self.parts = parts
        commit = scanner.commit
        description = String(text)
    }
}

extension PackageVersion: Hashable {
    /// True if neither is later.
    public static func == (left: PackageVersion, right: PackageVersion) -> Bool {
        left.parts == right.parts && left.commit == right.commit
    }

    /// Hashes what decides the order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(parts)
        hasher.combine(commit)
    }
}

extension PackageVersion: Comparable {
    /// True if the right one is later.
    public static func < (left: PackageVersion, right: PackageVersion) -> Bool {
        var place = 0
        while place < left.parts.count, place < right.parts.count, left.parts[place].kind == right.parts[place].kind {
            let (mine, other) = (left.parts[place], right.parts[place])
            if mine.value != other.value { return mine.value < other.value }
            if mine.kind == .commit, left.commit != right.commit { return left.commit < right.commit }
            place += 1
        }
        return left.part(at: place).comesBeforeOther(right.part(at: place))
    }

    private func part(at place: Int) -> VersionPart { place < parts.count ? parts[place] : .end }
}

extension VersionPart {
    /// True if a version that goes on with this part is earlier than one that is the same so far and goes on with a part of another kind.
    fileprivate func comesBeforeOther(_ other: VersionPart) -> Bool {
        if kind == other.kind { return false }
        if isBeforeRelease { return true }
        return other.isBeforeRelease ? false : kind > other.kind
    }
}
