public import FarmModel

/// What is known of a package, as go-dsynth shows it.
public struct DsynthPackage: Sendable, Equatable {
    /// One build of it.
    public struct Build: Sendable, Equatable {
        /// How it ended, in the farm's words, or what it does now.
        public var status: String
        /// When it ended or, if it has not, started, in milliseconds since 1970.
        public var timeMilliseconds: Int64
        /// How long it took.
        public var durationMilliseconds: Int64?
        /// The id of the build that it was part of.
        public var build: String?
        /// Why it failed.
        public var failure: String?

        /// Creates a build.
        public init(status: String, timeMilliseconds: Int64, durationMilliseconds: Int64?, build: String? = nil, failure: String? = nil) {
            self.status = status
            self.timeMilliseconds = timeMilliseconds
            self.durationMilliseconds = durationMilliseconds
            self.build = build
            self.failure = failure
        }

        /// An ended attempt.
        public init(_ record: HistoryRecord, build: String) {
            self.init(
                status: record.state.rawValue, timeMilliseconds: record.endedMilliseconds,
                durationMilliseconds: record.durationMilliseconds, build: build, failure: record.failure?.rawValue)
        }

        var json: JSONObject {
            var object: JSONObject = ["status": .string(status), "timestamp": .string(GoText.time(timeMilliseconds))]
            object.add("duration", durationMilliseconds.map(DsynthDuration.text))
            object.add("build_id", build)
            object.add("error", failure)
            return object
        }
    }

    /// Its name, for instance `editors/vim`.
    public var portdir: String
    /// Its version, if that is known.
    public var version: String?
    /// The name of its file, if it has one.
    public var packageFile: String?
    /// Its newest build.
    public var lastBuild: Build?
    /// What it needs to be built.
    public var buildNeeds: [String]
    /// What it needs to run.
    public var runNeeds: [String]

    /// Creates a package of which nothing is known but its name.
    public init(portdir: String) {
        self.portdir = portdir
        buildNeeds = []
        runNeeds = []
    }

    /// What `GET /api/v1/packages/:portdir` answers.
    public var json: JSONObject {
        var object = head
        object.add("dependencies", .object(needs))
        return object
    }

    private var head: JSONObject {
        var object: JSONObject = ["portdir": .string(portdir)]
        object.add("version", version)
        object.add("pkgfile", packageFile)
        object.add("last_build", lastBuild.map { .object($0.json) })
        return object
    }

    private var needs: JSONObject {
        ["build": .array(buildNeeds.map(JSONValue.string)), "run": .array(runNeeds.map(JSONValue.string))]
    }

    /// What `GET /api/v1/packages/:portdir/deps` answers.
    public var deps: JSONObject {
        var object: JSONObject = ["portdir": .string(portdir)]
        object.add("dependencies", .object(needs))
        return object
    }

    /// What `GET /api/v1/packages/:portdir/history` answers.
    /// - Parameter builds: The newest first.
    public static func history(of portdir: String, _ builds: [Build]) -> JSONObject {
        [
            "portdir": .string(portdir), "history": .array(builds.map { .object($0.json) }), "total": .int(Int64(builds.count)),
        ]
    }

    /// What `GET /api/v1/packages/:portdir/status` answers.
    /// - Parameters:
    ///   - build: Its unfinished build, else the newest one.
    ///   - phase: What it does now.
    public static func status(of portdir: String, _ build: Build?, phase: String?) -> JSONObject {
        var object: JSONObject = ["portdir": .string(portdir)]
        object.add("status", build?.status ?? "unknown")
        object.add("build_id", build?.build)
        object.add("phase", phase)
        object.add("timestamp", build.map { GoText.time($0.timeMilliseconds) })
        return object
    }

    /// What `GET /api/v1/packages` answers.
    /// - Parameter next: The cursor of the page after this one.
    public static func list(_ packages: [DsynthPackage], next: String?) -> JSONObject {
        var object: JSONObject = [
            "packages": .array(packages.map { .object($0.head) }), "total": .int(Int64(packages.count)),
        ]
        object.add("next", next)
        return object
    }
}
