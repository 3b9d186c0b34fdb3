extension Graph {
    /// The graph in Graphviz's DOT language, left to right: an arrow leads from a need to what needs it, the way the work flows.
    ///
    /// A node is identified and labelled by its name in visible form: control and format characters as `\u{1b}`, a backslash doubled.
    ///
    /// - Parameters:
    ///   - state: The state of a node, for its colours.
    ///   - annotation: A second line for a node.
    public func dot(state: (Int) -> NodeState? = { _ in nil }, annotation: (Int) -> String? = { _ in nil }) -> String {
        var text = """
            digraph build {
                graph [rankdir=LR, bgcolor=transparent, nodesep=0.18, ranksep=0.6]
                node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#8c959f", fontcolor="#1f2328"]
                node [fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.32, margin="0.14,0.06"]
                edge [color="#8c959f", arrowsize=0.6]

            """
        let identifiers = names.map { "\"\(dotEscaped(visibleText($0)))\"" }
        for node in nodes {
            text += "    \(identifiers[node])\(dotAttributes(of: node, state(node), annotation(node)))\n"
        }
        for node in nodes {
            // Appended piece by piece: interpolation would copy every edge once more.
            for need in needs(of: node) {
                text += "    "
                text += identifiers[need]
                text += " -> "
                text += identifiers[node]
                text += "\n"
            }
        }
        return text + "}\n"
    }

    private func dotAttributes(of node: Int, _ state: NodeState?, _ annotation: String?) -> String {
        var attributes: [String] = []
        if let label = dotLabel(visibleText(names[node]), annotation.map { visibleText($0) }) {
            attributes.append("label=\"\(label)\"")
        }
        if let colors = state?.colors {
            attributes.append("fillcolor=\"\(colors.fill)\", color=\"\(colors.line)\"")
        }
        return attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
    }

    /// The label of a node, unless it is just its identifier: Graphviz would read escapes and HTML entities in that one.
    private func dotLabel(_ name: String, _ annotation: String?) -> String? {
        guard annotation != nil || name.unicodeScalars.contains(where: { $0 == "\\" || $0 == "&" }) else { return nil }
        return [name, annotation].compactMap { $0 }.map(dotLabelEscaped).joined(separator: "\\n")
    }
}

private func dotLabelEscaped(_ visible: String) -> String {
    replacing(visible) { $0 == "&" ? "&amp;" : dotEscape($0) }
}

private func dotEscaped(_ visible: String) -> String {
    replacing(visible, with: dotEscape)
}

private func dotEscape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    default: nil
    }
}
