extension Graph {
    /// The graph as a Mermaid flowchart, left to right: an arrow leads from a need to what needs it, the way the work flows.
    ///
    /// The nodes are called `n0`, `n1`, … by their numbers; their names stand in the labels, in visible form.
    ///
    /// - Parameters:
    ///   - state: The state of a node, for its colours.
    ///   - annotation: A second line for a node.
    public func mermaid(state: (Int) -> NodeState? = { _ in nil }, annotation: (Int) -> String? = { _ in nil }) -> String {
        var text = "flowchart LR\n"
        var used: Set<NodeState> = []
        for node in nodes {
            let label = [names[node], annotation(node)].compactMap { $0 }.map(mermaidEscaped).joined(separator: "<br/>")
            text += "    n\(node)[\"\(label)\"]"
            if let state = state(node) {
                used.insert(state)
                text += ":::\(state.rawValue)"
            }
            text += "\n"
        }
        for node in nodes {
            let arrow = " --> n\(node)\n"
            for need in needs(of: node) {
                text += "    n"
                text += String(need)
                text += arrow
            }
        }
        for state in NodeState.allCases where used.contains(state) {
            text += "    classDef \(state.rawValue) fill:\(state.colors.fill),stroke:\(state.colors.line),color:#1f2328\n"
        }
        return text
    }
}

/// The visible form of `text` in which all punctuation that Mermaid, Markdown or HTML could read is an entity such as `#34;`.
private func mermaidEscaped(_ text: String) -> String {
    // An empty label is a syntax error, and a no-break space draws an empty box.
    guard !text.isEmpty else { return "#160;" }
    return replacing(visibleText(text)) { scalar in
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "_", "-", ".", "/", "+", "@", ",", " ": nil
        default: scalar.isASCII ? "#\(scalar.value);" : nil
        }
    }
}
