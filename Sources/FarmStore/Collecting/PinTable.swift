import FarmModel

/// The pins that hold at some time.
struct PinTable {
    private let database: Connection
    private let now: Int64?

    /// - Parameter now: Milliseconds since 1970; nil if the clock is not believed, and then no pin has ended.
    init(_ database: Connection, now: Int64?) {
        self.database = database
        self.now = now
    }

    /// A condition: true where a pin holds whose row fulfils another one.
    static func isPinned(_ condition: String, now: Int64?) -> String {
        let end = now.map { "AND (expires_ms IS NULL OR expires_ms >= \($0))" } ?? ""
        return "EXISTS(SELECT 1 FROM pins WHERE \(condition) \(end))"
    }

    /// A pin of a thing that holds, as a phrase.
    func phrase(of subject: PinRecord.Subject) throws(FarmError) -> String? {
        try pins(Self.condition(subject), [Self.value(subject)]).first?.phrase
    }

    /// All pins that hold, the oldest first.
    func all() throws(FarmError) -> [PinRecord] { try pins("1", []) }

    static func condition(_ subject: PinRecord.Subject) -> String {
        switch subject {
        case .build: "build = ?"
        case .digest: "digest = ?"
        }
    }

    static func value(_ subject: PinRecord.Subject) -> SQLValue {
        switch subject {
        case .build(let build): build.sqlValue
        case .digest(let digest): digest.sqlValue
        }
    }

    private func pins(_ condition: String, _ values: [SQLValue]) throws(FarmError) -> [PinRecord] {
        let sql = """
            SELECT build, digest, holder, reason, created_ms, expires_ms FROM pins
            WHERE \(condition) AND (expires_ms IS NULL OR expires_ms >= ?) ORDER BY id
            """
        return try database.all(sql, values: values + [(now ?? .min).sqlValue]) { row throws(FarmError) in
            PinRecord(
                subject: row.digest(1).map { .digest($0) } ?? .build(row.identifier(0)), holder: row.text(2), reason: row.textIfAny(3),
                createdMilliseconds: row.integer(4), expiresMilliseconds: row.integerIfAny(5))
        }
    }
}
