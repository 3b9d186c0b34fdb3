public import FarmModel
internal import HostSystem

/// How the surroundings of a plan differ from the usual ones: what a rebuild varies to find out whether the result depends on it. Without
/// values nothing differs.
public struct Variation: Sendable, Equatable {
    /// What can be varied.
    public enum Aspect: String, Sendable, CaseIterable {
        /// The host name.
        case hostname
        /// `LANG`.
        case locale
        /// `TZ`.
        case timezone
        /// The permission bits that new files do not get.
        case umask
        /// The order in which the names in the source folders were made, which many file systems list them in.
        case order
        /// One processor instead of all.
        case cpu
        /// A later clock.
        case clock
    }

    /// A library that shows another time to the programs that load it.
    public struct ClockChange: Sendable, Equatable {
        /// The path of faketime's library, as the phases see it.
        public var library: String
        /// How much later it is, in seconds.
        public var seconds: Int64

        /// A later clock.
        public init(library: String, seconds: Int64) {
            self.library = library
            self.seconds = seconds
        }
    }

    /// The host name; only in a sandbox.
    public var hostName: String?
    /// `LANG` of phases whose document does not set it.
    public var locale: String?
    /// `TZ` of phases whose document does not set it.
    public var timeZone: String?
    /// The permission bits that new files do not get.
    public var fileModeMask: UInt32?
    /// Whether the source folders are to be made in the reverse order. Whoever lays them out sees to it.
    public var reversesFolders = false
    /// Whether phases have one processor only.
    public var usesOneProcessor = false
    /// The clock.
    public var clock: ClockChange?

    /// The host name of a sandbox.
    static let usualHostName = "bf"

    /// Nothing differs.
    public init() {}

    /// Takes an aspect back to what is usual.
    public mutating func reset(_ aspect: Aspect) {
        switch aspect {
        case .hostname: hostName = nil
        case .locale: locale = nil
        case .timezone: timeZone = nil
        case .umask: fileModeMask = nil
        case .order: reversesFolders = false
        case .cpu: usesOneProcessor = false
        case .clock: clock = nil
        }
    }

    /// What differs, by aspect, as records have it.
    public var json: JSONObject {
        var object = JSONObject()
        object.add(Aspect.hostname.rawValue, hostName)
        object.add(Aspect.locale.rawValue, locale)
        object.add(Aspect.timezone.rawValue, timeZone)
        object.add(Aspect.umask.rawValue, fileModeMask.map { String($0, radix: 8) })
        object.add(Aspect.order.rawValue, reversesFolders ? "reversed" : nil)
        object.add(Aspect.cpu.rawValue, usesOneProcessor ? "one" : nil)
        object.add(Aspect.clock.rawValue, clock.map { "\($0.seconds) s later" })
        return object
    }

    /// What the variables of phases are instead of the usual.
    var variables: [String: String] {
        var variables: [String: String] = [:]
        variables["LANG"] = locale
        variables["TZ"] = timeZone
        guard let clock else { return variables }
        variables["LD_PRELOAD"] = clock.library
        variables["FAKETIME"] = "+\(clock.seconds)"
        // Time-outs and the times of files stay what they are.
        variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        variables["DONT_FAKE_MONOTONIC"] = "1"
        variables["NO_FAKE_STAT"] = "1"
        return variables
    }

    /// What the first process of a phase gets, and so all others.
    func apply(to spawn: inout SpawnRequest) {
        if let fileModeMask { spawn.fileModeMask = fileModeMask }
        spawn.usesOneProcessor = usesOneProcessor
    }
}
