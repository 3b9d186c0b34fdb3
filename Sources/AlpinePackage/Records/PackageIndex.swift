public import FarmModel

/// What a repository has: the two texts of an `APKINDEX.tar.gz`.
public struct PackageIndex: Sendable, Hashable {
    /// What the repository says of itself, the text of `DESCRIPTION`; often a commit.
    public var description: String
    /// The packages, in the order of the text.
    public var packages: [PackageRecord]

    /// The most packages that are read.
    public static let largestCount = 1_000_000

    /// An index of some packages.
    public init(description: String = "", packages: [PackageRecord] = []) {
        self.description = description
        self.packages = packages
    }

    /// Reads the text of `APKINDEX`: entries of lines `X:value` with an empty line after each. Fields of other letters are passed over.
    ///
    /// - Throws: ``FarmError`` with ``ExitStatus/badInput`` that names the line and the field.
    public init(parsing bytes: [UInt8], description: String = "") throws(FarmError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(FarmError) in try PackageIndex(parsing: buffer, description: description) }
        }
        self = try result.get()
    }

    /// Reads the text of `APKINDEX`, as ``init(parsing:description:)`` does.
    public init(parsing bytes: UnsafeRawBufferPointer, description: String = "") throws(FarmError) {
        try self.init(parsing: bytes, description: description, atMost: Self.largestCount)
    }

    init(parsing bytes: UnsafeRawBufferPointer, description: String, atMost largestCount: Int) throws(FarmError) {
        self.init(description: description)
        var reader = IndexReader(TextLines(bytes))
        while let record = try reader.next() {
            guard packages.count < largestCount else {
                throw FarmError(.badInput, "the package index has more than \(largestCount) packages")
            }
            packages.append(record)
        }
    }

    /// Takes packages in: each replaces the one of its name, version and architecture, or comes after all others.
    public mutating func merge(_ newer: [PackageRecord]) {
        var places: [Identity: Int] = [:]
        for (place, record) in packages.enumerated() { places[Identity(record)] = place }
        for record in newer {
            if let place = places[Identity(record)] {
                packages[place] = record
            } else {
                places[Identity(record)] = packages.count
                packages.append(record)
            }
        }
    }

    /// What makes two records ones of the same package.
    private struct Identity: Hashable {
        let name: String
        let version: String
        let architecture: String

        init(_ record: PackageRecord) { (name, version, architecture) = (record.name, record.version, record.architecture) }
    }
}
