internal import AlpinePackage
internal import FarmModel

extension PackageRecord {
    /// What a package says of itself, sizes and checksums excepted.
    init(_ body: PackageBody, _ relations: PackageRelations, maintainer: String) {
        self.init(name: body.name, version: body.version, architecture: body.architecture)
        origin = body.origin
        summary = body.summary
        url = body.url
        license = body.copyrights.map(\.license).filter { !$0.isEmpty }.joined(separator: " AND ")
        self.maintainer = maintainer
        commit = body.commit
        buildTime = body.buildTime
        providerPriority = body.providerPriority
        replacesPriority = body.replacesPriority
        dependencies = relations.dependencies.flatMap { Dependency.list($0) }
        provides = relations.provides.flatMap { Dependency.list($0) }
        replaces = body.replaces.flatMap { Dependency.list($0) }
    }
}

extension PackageBody {
    /// The same with its relations as apk writes them, without spaces.
    /// - Throws: `badInput` for what apk could not read.
    func withPlainRelations() throws(FarmError) -> PackageBody {
        var body = self
        body.dependencies = try dependencies.map { text throws(FarmError) in try Dependency(text).description }
        body.provides = try provides.map { text throws(FarmError) in try Dependency(text).description }
        body.replaces = try replaces.map { text throws(FarmError) in try Dependency(text).description }
        return body
    }
}
