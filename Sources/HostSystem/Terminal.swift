internal import CHostSystem
internal import Glibc

/// Questions to the terminal.
public enum Terminal {
    /// Whether the descriptor is a terminal.
    public static func isTerminal(_ descriptor: Descriptor) -> Bool { isatty(descriptor.number) == 1 }

    /// Columns and rows; nil where the descriptor is no terminal or does not know its size.
    public static func size(of descriptor: Descriptor) -> (columns: Int, rows: Int)? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard bf_terminal_size(descriptor.number, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
        return (Int(columns), Int(rows))
    }

    /// Tells a terminal, or the outer side of a pair, its size.
    public static func setSize(_ columns: Int, _ rows: Int, of descriptor: Descriptor) {
        _ = bf_terminal_set_size(descriptor.number, Int32(clamping: columns), Int32(clamping: rows))
    }

    /// A pseudo-terminal: the side of who looks after it, and the side of the programs that run in it.
    public static func makePair() throws(SystemError) -> (outer: Descriptor, inner: Descriptor) {
        var outer: Int32 = -1
        var inner: Int32 = -1
        try SystemCall.value("create a terminal") { bf_terminal_open_pair(&outer, &inner) }
        return (Descriptor(owning: outer), Descriptor(owning: inner))
    }

    /// Runs `body` while the terminal passes on every byte as it is typed, Ctrl-C among them.
    public static func whileRaw<T>(_ descriptor: Descriptor, _ body: () throws(SystemError) -> T) throws(SystemError) -> T {
        var before = termios()
        try SystemCall.value("change the terminal") { bf_terminal_make_raw(descriptor.number, &before) }
        defer { _ = bf_terminal_restore(descriptor.number, &before) }
        return try body()
    }
}
