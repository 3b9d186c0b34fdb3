/// What a daemon tells while it builds.
public enum BuildEvent: Sendable, Equatable {
    /// A step began, ended, or was found in the cache.
    case step(Step)
    /// A step printed something.
    case log(step: String, bytes: [UInt8])
    /// Something that is worth knowing.
    case warning(String)

    /// A step of a build.
    public struct Step: Sendable, Equatable {
        /// The digest by which it is known.
        public var digest: String
        /// What it is called.
        public var name: String
        /// Its result was there already.
        public var isCached: Bool
        /// It runs, or ran.
        public var hasStarted: Bool
        /// It is over.
        public var hasEnded: Bool
        /// Why it failed; nil if it did not.
        public var error: String?
    }
}

extension BuildEvent {
    /// What one message tells, in order.
    static func events(of status: Moby_Buildkit_V1_StatusResponse) -> [BuildEvent] {
        let steps = status.vertexes.map { vertex in
            BuildEvent.step(
                Step(
                    digest: vertex.digest, name: vertex.name, isCached: vertex.cached, hasStarted: vertex.hasStarted,
                    hasEnded: vertex.hasCompleted, error: vertex.error.isEmpty ? nil : vertex.error))
        }
        let logs = status.logs.map { BuildEvent.log(step: $0.vertex, bytes: $0.msg.array) }
        let warnings = status.warnings.map { BuildEvent.warning(String(decoding: $0.short.array, as: UTF8.self)) }
        return steps + logs + warnings
    }
}
