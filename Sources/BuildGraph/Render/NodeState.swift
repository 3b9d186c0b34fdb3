/// What has become of a node, for the colour it is drawn in.
public enum NodeState: String, Sendable, CaseIterable {
    /// Waits for its needs or for a place to run.
    case pending
    /// Runs now.
    case running
    /// Ended well.
    case success
    /// Ended badly.
    case failed
    /// Was not tried because of a failed need.
    case skipped
    /// Was stopped by request.
    case cancelled

    /// Fill and outline as `#rrggbb`: a pale ground for dark text, and a darker line of the same hue.
    var colors: (fill: String, line: String) {
        switch self {
        case .pending: ("#f6f8fa", "#8c959f")
        case .running: ("#ddf4ff", "#0969da")
        case .success: ("#dafbe1", "#1a7f37")
        case .failed: ("#ffebe9", "#cf222e")
        case .skipped: ("#eaeef2", "#afb8c1")
        case .cancelled: ("#fff8c5", "#9a6700")
        }
    }
}
