/// How a piece of text stands out.
public enum TextStyle: Int, Sendable, CaseIterable {
    // The numbers are parameters of the terminal's sequence "select graphic rendition" (ECMA-48).

    /// Headings.
    case bold = 1
    /// What is of less interest.
    case faint = 2
    /// What ended badly.
    case red = 31
    /// What ended well.
    case green = 32
    /// What somebody should look at.
    case yellow = 33
    /// What goes on now.
    case blue = 34
    /// One of several things of a kind.
    case magenta = 35
    /// Another of them.
    case cyan = 36
}

/// Colours text, or leaves it as it is.
public struct Painter: Sendable {
    /// Whether there are colours.
    public let isOn: Bool

    /// - Parameter isOn: Whether there are colours.
    public init(isOn: Bool) { self.isOn = isOn }

    /// The text in a style.
    public func paint(_ text: String, _ style: TextStyle?) -> String {
        guard isOn, let style, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }
}
