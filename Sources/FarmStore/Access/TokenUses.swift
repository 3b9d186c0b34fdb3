public import FarmModel
internal import Synchronization

/// Remembers when tokens were used, and writes that down now and then: no request waits for it, and a token is written at most once a minute.
public final class TokenUses: Sendable {
    fileprivate struct Use {
        /// In milliseconds since 1970.
        var newest: Int64
        var written: Int64?
    }

    private let store: Store
    private let uses = Mutex<[TokenID: Use]>([:])

    private static let intervalMilliseconds: Int64 = 60_000

    /// Keeps account of the tokens of a store.
    public init(store: Store) { self.store = store }

    /// Notes that a token is used now. Touches no file.
    public func note(_ token: TokenID) {
        let now = store.clock().wallMilliseconds
        uses.withLock { uses in uses[token, default: Use(newest: now)].newest = now }
    }

    /// Writes down what is new, in one transaction. To be called every few seconds, from a thread that may wait.
    /// - Parameter isLast: Whether the process ends, so that nothing may be put off.
    public func write(isLast: Bool = false) throws(FarmError) {
        let due = uses.withLock { uses in uses.filter { isLast ? $1.isUnwritten : $1.isDue(Self.intervalMilliseconds) }.mapValues(\.newest)
        }
        guard !due.isEmpty else { return }
        try store.noteTokenUses(due)
        uses.withLock { uses in
            for (token, time) in due { uses[token]?.written = time }
        }
    }
}

extension TokenUses.Use {
    fileprivate var isUnwritten: Bool { written.map { $0 < newest } ?? true }

    fileprivate func isDue(_ interval: Int64) -> Bool { written.map { newest - $0 >= interval } ?? true }
}

extension Store {
    /// Writes down when tokens were last used, in milliseconds since 1970, in one transaction that waits for no disk. See ``TokenUses``.
    public func noteTokenUses(_ times: [TokenID: Int64]) throws(FarmError) {
        try write(.lazy, rings: false) { transaction throws(FarmError) in
            for (token, time) in times {
                try transaction.database.run("UPDATE tokens SET last_used_ms = max(coalesce(last_used_ms, 0), ?) WHERE id = ?", time, token)
            }
        }
    }
}
