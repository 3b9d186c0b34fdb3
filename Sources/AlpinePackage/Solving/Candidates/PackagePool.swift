/// All packages of all sources under numbers: 0 stands for who asks, the packages follow.
struct PackagePool: Sendable {
    /// A package's number, or 0 for who asks.
    typealias Member = Int32

    /// Who asks, as if it were a package.
    static let world: Member = 0

    let sources: [PackageSource]
    private let architecture: String
    private let places: [(source: Int32, record: Int32)]
    /// Who provides what.
    let providers: ProviderTable
    /// By the names that their `install_if` speaks of: the packages that come by themselves.
    let companions: [String: [Member]]

    init(sources: [PackageSource], architecture: String) {
        self.sources = sources
        self.architecture = architecture
        var places: [(source: Int32, record: Int32)] = [(-1, -1)]
        var companions: [String: [Member]] = [:]
        for (source, packages) in sources.map(\.packages).enumerated() {
            for record in packages.indices where Self.isUsable(packages[record].architecture, on: architecture) {
                for term in packages[record].installIf where !term.isConflict {
                    companions[term.name, default: []].append(Member(places.count))
                }
                places.append((Int32(source), Int32(record)))
            }
        }
        self.places = places
        self.companions = companions
        providers = ProviderTable(count: places.count) { number in
            let (source, record) = (Int(places[number].source), Int(places[number].record))
            return (sources[source].packages[record].name, sources[source].packages[record].provides)
        }
    }

    /// How many numbers there are.
    var count: Int { places.count }

    /// The record of a package.
    subscript(member: Member) -> PackageRecord {
        let place = places[Int(member)]
        return sources[Int(place.source)].packages[Int(place.record)]
    }

    /// The position of a package's source.
    func source(of member: Member) -> Int { Int(places[Int(member)].source) }

    /// The tag of a package's source.
    func tag(of member: Member) -> String? { sources[source(of: member)].tag }

    /// By origin: the packages that were built with it.
    var origins: [String: [Member]] {
        var origins: [String: [Member]] = [:]
        for (member, place) in places.enumerated().dropFirst() {
            guard let origin = sources[Int(place.source)].packages[Int(place.record)].origin else { continue }
            origins[origin, default: []].append(Member(member))
        }
        return origins
    }

    /// How messages call a package.
    func title(of member: Member) -> String {
        let record = self[member]
        return "\(record.name)-\(record.version)".singleLine
    }

    /// Another architecture that has a package of this name.
    func otherArchitecture(with name: String) -> String? {
        for source in sources {
            for record in source.packages where record.name == name && !Self.isUsable(record.architecture, on: architecture) {
                return record.architecture
            }
        }
        return nil
    }

    private static func isUsable(_ architecture: String, on wanted: String) -> Bool {
        architecture == wanted || architecture == "noarch" || architecture.isEmpty
    }
}
