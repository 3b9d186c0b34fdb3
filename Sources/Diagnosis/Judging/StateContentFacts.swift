import FarmModel
import FarmStore

/// What lies in a state directory that is there.
struct StateContentFacts: Sendable {
    /// The database.
    enum Database: Sendable {
        /// There is none yet.
        case missing
        /// Why it cannot be read.
        case unreadable(FarmError)
        /// What it says.
        case readable(DatabaseSurvey)
    }

    /// The key that seals secrets: permission bits and size.
    struct Key: Sendable {
        var permissions: UInt32
        var size: Int64
    }

    /// The database.
    var database: Database
    /// nil where there is none.
    var key: Key?
    /// The size of the file that keeps room for the ends of jobs; nil where there is none.
    var reserveBytes: Int64?

    private static let keyBytes: Int64 = 32

    var checks: [CheckRecord] { [schema, secretKey, reserve, webhooks] }

    private var schema: CheckRecord {
        let name = "schema"
        switch database {
        case .missing: return CheckRecord(name, .absent, "no database yet")
        case .unreadable(let error): return CheckRecord(name, error)
        case .readable(let survey):
            guard survey.isOurs else {
                return CheckRecord(
                    name, .problem, "farm.sqlite is not a database of bf", remedy: "choose another state directory with --state")
            }
            let known = DatabaseSurvey.knownSchema
            if survey.schema == known { return CheckRecord(name, .ok, "schema \(known)") }
            let found = "schema \(survey.schema), this program knows \(known)"
            if survey.schema > known { return CheckRecord(name, .problem, found, remedy: "use a newer bf") }
            return CheckRecord(name, .warning, found, remedy: "the next tool that has it for itself migrates it and keeps a copy")
        }
    }

    private var secretKey: CheckRecord {
        let name = "secret-key"
        guard let key else { return CheckRecord(name, .absent, "none yet; the first secret makes it") }
        guard key.size == Self.keyBytes else {
            return CheckRecord(
                name, .problem, "secret.key is damaged: \(key.size) bytes",
                remedy: "restore it, or remove it and submit again what has secrets")
        }
        guard key.permissions & 0o077 == 0 else {
            return CheckRecord(
                name, .problem, "secret.key has mode \(Octal.text(key.permissions)): others can open the secrets",
                remedy: "run chmod 600 on it")
        }
        return CheckRecord(name, .ok, "mode \(Octal.text(key.permissions))")
    }

    private var reserve: CheckRecord {
        guard let reserveBytes, reserveBytes >= Store.reserveBytes else {
            return CheckRecord("reserve", .absent, "no room is kept for the ends of jobs on a full disk; the next bf-run keeps some")
        }
        return CheckRecord("reserve", .ok, "\(reserveBytes >> 20) MiB kept for the ends of jobs on a full disk")
    }

    private var webhooks: CheckRecord {
        let name = "webhooks"
        guard case .readable(let survey) = database, let outbox = survey.outbox else {
            return CheckRecord(name, .absent, "no messages yet")
        }
        guard outbox.abandoned > 0 else { return CheckRecord(name, .ok, "\(Self.messages(outbox.waiting)) to deliver") }
        let newest = outbox.newest.map { ", the newest to \($0.place): \($0.reason)" } ?? ""
        return CheckRecord(
            name, .warning, "\(Self.messages(outbox.abandoned)) to webhooks given up\(newest)",
            remedy: "mend the receiver, and ask for what it missed with bf-status")
    }

    private static func messages(_ count: Int) -> String { count == 1 ? "1 message" : "\(count) messages" }
}
