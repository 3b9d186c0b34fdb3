public import Documents
public import FarmModel

/// A whole melange configuration, its variables not replaced and its ranges not expanded.
///
/// The format is <https://github.com/chainguard-dev/melange/blob/main/docs/BUILD-FILE.md>; its schema stands beside melange's parser.
public struct MelangeConfigurationFile: Sendable {
    /// What messages call the file.
    public let file: String
    /// `package`
    var package: MelangePackage
    /// `environment`
    var environment = MelangeEnvironment()
    /// `pipeline`
    var steps: [MelangeStep] = []
    /// `subpackages`
    var subpackages: [MelangeSubpackage] = []
    /// `data`: the entries of each list, sorted by their keys.
    var ranges: [String: [MelangePair]] = [:]
    /// `vars`
    var variables: [MelangePair] = []
    /// `var-transforms`
    var transforms: [MelangeTransform] = []
    /// `options`
    var options: [MelangeOption] = []
    /// The names of the options that are enabled.
    var enabledOptions: Set<String> = []
    /// `test`
    var test: MelangeTestSection?
    /// `update`: how newer versions are found. Nothing of it is acted on.
    var update: DocumentNode?

    /// A configuration of a package without anything else.
    init(file: String, package: MelangePackage) {
        self.file = file
        self.package = package
    }

    /// Reads the first document of a YAML text; nil if something in it is wrong.
    /// - Parameter errors: Gets everything that is wrong.
    public static func read(_ text: String, name: String, errors: inout DocumentErrors) -> MelangeConfigurationFile? {
        var reader = NodeReader(file: name, base: nil, allowsLocalPaths: false)
        let configuration = reader.firstDocument(of: text).flatMap { reader.melangeConfiguration($0) }
        var found = reader.errors
        found.sort(from: 0)
        for error in found.list { errors.add(error) }
        return found.list.isEmpty ? configuration : nil
    }

    /// Reads the first document of a YAML text.
    /// - Throws: `badInput` with everything that is wrong, a line each.
    public static func read(_ text: String, name: String) throws(FarmError) -> MelangeConfigurationFile {
        var errors = DocumentErrors()
        if let configuration = read(text, name: name, errors: &errors) { return configuration }
        throw errors.farmError ?? FarmError(.badInput, "\(name): there is no configuration")
    }
}

extension NodeReader {
    /// The first document of a YAML text; nil after an error was collected.
    mutating func firstDocument(of text: String) -> DocumentNode? {
        var first: DocumentNode?
        do throws(DocumentFault) {
            try DocumentInput(name: file, bytes: Array(text.utf8), base: nil).read { document in
                first = document
                return false
            }
        } catch {
            fail(at: error.position, error.message)
            return nil
        }
        guard let first, !first.isNull else {
            fail(at: .start, "there is nothing here; expected a mapping")
            return nil
        }
        return first
    }
}
