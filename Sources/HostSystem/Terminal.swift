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
}
