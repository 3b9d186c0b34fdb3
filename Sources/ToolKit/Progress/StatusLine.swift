internal import HostSystem
internal import Synchronization

/// One line on standard error that is drawn again and again on a terminal; elsewhere a plain line now and then.
public final class StatusLine: Sendable {
    private struct State {
        var shown = ""
        var nextDrawing: Int64 = 0
    }

    private let context: ToolContext
    private let isRedrawn: Bool
    private let interval: Int64
    private let state = Mutex(State())

    /// - Parameters:
    ///   - interval: Milliseconds between two drawings; by default 100 on a terminal that can move its cursor, else 10 s.
    public init(in context: ToolContext, intervalMilliseconds interval: Int64? = nil) {
        self.context = context
        isRedrawn = Terminal.isTerminal(context.error) && context.hasCursor
        self.interval = interval ?? (isRedrawn ? 100 : 10_000)
    }

    /// How many columns a line may take: one less than there are, for some terminals break a full line.
    public var width: Int { isRedrawn ? context.width(of: context.error) - 1 : .max }

    /// Shows a line, unless the last one was shown a moment ago.
    ///
    /// - Parameter line: Makes the line for a width in columns; called only if it is shown.
    public func update(_ line: (_ width: Int) -> String) {
        state.withLock { state in
            let now = Clock.boottimeMilliseconds
            guard now >= state.nextDrawing else { return }
            state.nextDrawing = now + interval
            let text = VisibleText.of(line(width))
            guard text != state.shown else { return }
            state.shown = text
            put(Self.drawing(of: text, isRedrawn: isRedrawn, name: context.name))
        }
    }

    /// Prints a message for people and leaves the line below it.
    public func note(_ message: String) {
        state.withLock { state in
            clear(&state)
            context.note(message)
            state.nextDrawing = min(state.nextDrawing, Clock.boottimeMilliseconds + (isRedrawn ? 0 : interval))
        }
    }

    /// Removes the line from a terminal. To be called at the end and before something else is printed.
    public func clear() { state.withLock { clear(&$0) } }

    private func clear(_ state: inout State) {
        guard isRedrawn, !state.shown.isEmpty else { return }
        put(Self.erasure)
        state.shown = ""
    }

    /// To the start of the line, then erase to its end (ECMA-48).
    private static let erasure = "\r\u{1B}[K"

    /// What has to be written to show a line.
    static func drawing(of text: String, isRedrawn: Bool, name: String) -> String {
        isRedrawn ? erasure + text : "\(name): \(text)\n"
    }

    private func put(_ text: String) { try? context.error.writeAll(Array(text.utf8)) }
}
