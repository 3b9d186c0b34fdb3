public import FarmModel
internal import Recipes

/// `POST /api/v1/jobs` of the first melange service: one package.
public struct MelangeJobRequest: Sendable, Equatable {
    /// The configuration: melange YAML, not looked at before it is built.
    public var configuration: String
    /// What to build for, as the request has it; nil is the server's own.
    public var architecture: String?
    /// Whether the package's tests run after its build.
    public var withTest: Bool
    /// Whether the log tells more.
    public var debug: Bool

    /// Reads a body.
    /// - Throws: `MelangeError` with status 400.
    public init(body: [UInt8]) throws(MelangeError) {
        let read: (configuration: String?, request: Self) = try MelangeError.reading { () throws(RequestObject.Fault) in
            let object = try RequestObject(body: body)
            let text = try object.string("config_yaml")
            return (text, try Self(object, configuration: text ?? ""))
        }
        guard let configuration = read.configuration, !configuration.isEmpty else { throw MelangeError(400, "config_yaml is required") }
        self = read.request
    }

    private init(_ object: RequestObject, configuration: String) throws(RequestObject.Fault) {
        self.configuration = configuration
        architecture = try object.string("arch").flatMap { $0.isEmpty ? nil : $0 }
        withTest = try object.flag("with_test")
        debug = try object.flag("debug")
    }

    /// Reads what ``stored`` wrote.
    public init(stored: JSONObject) {
        configuration = stored["config_yaml"]?.string ?? ""
        architecture = stored["arch"]?.string
        withTest = stored["with_test"]?.bool ?? false
        debug = stored["debug"]?.bool ?? false
    }

    /// The `spec` of the job's answer, which is also what the farm keeps of the request.
    public var stored: JSONObject {
        var spec: JSONObject = ["config_yaml": .string(configuration)]
        spec.add("arch", architecture)
        spec.addIfTrue("with_test", withTest)
        spec.addIfTrue("debug", debug)
        return spec
    }

    /// The package as a job of the farm. A configuration without a usable name is taken, under the job's own id: it fails when it is built.
    /// - Parameters:
    ///   - usual: The architecture where the request names none.
    ///   - id: The id that the answer will have.
    /// - Throws: `MelangeError` with status 400 for an architecture that nobody knows, and for a text that cannot be kept.
    public func job(usual: Architecture, id: String) throws(MelangeError) -> JobSpec {
        let architecture = try MelangeError.architecture(architecture, usual: usual)
        let head = try? MelangeConfiguration(yaml: configuration)
        var document = MelangeDocument(
            name: head?.name ?? id, version: head?.version, architecture: architecture, configuration: configuration)
        document.withTest = withTest
        document.debug = debug
        if (try? document.check()) == nil {
            document.name = id
            document.version = nil
        }
        do throws(FarmError) { try document.check() } catch { throw MelangeError(400, "invalid config_yaml: \(error.message)") }
        return document.spec
    }
}
