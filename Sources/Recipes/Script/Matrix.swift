import Documents
import FarmModel

/// The matrix of a document: axes and their values, in the order written.
struct Matrix {
    /// One axis.
    struct Axis {
        var name: String
        var values: [String]
    }

    /// One choice of a value on each axis.
    struct Cell {
        var architecture: Architecture?
        /// The other axes.
        var values: [String: String] = [:]

        /// What `${{ matrix.AXIS }}` stands for.
        func value(of axis: String) -> String? { axis == "arch" ? architecture?.name : values[axis] }
    }

    var axes: [Axis] = []

    /// The names of the axes.
    var names: [String] { axes.map(\.name) }

    /// All choices; the last axis changes fastest. Without axes there is one empty cell.
    var cells: [Cell] {
        axes.reduce([Cell()]) { cells, axis in
            cells.flatMap { cell in axis.values.map { cell.adding($0, on: axis.name) } }
        }
    }
}

extension Matrix.Cell {
    fileprivate func adding(_ value: String, on axis: String) -> Matrix.Cell {
        var cell = self
        if axis == "arch" { cell.architecture = Architecture(value) } else { cell.values[axis] = value }
        return cell
    }
}

extension NodeReader {
    /// `matrix`: axes to lists of values, of which `arch` is the job's architecture.
    mutating func matrix(_ fields: DocumentNode) -> Matrix {
        guard let node = fields["matrix"] else { return Matrix() }
        guard let members = node.members else {
            expected("a mapping of axes to lists", node, "matrix")
            return Matrix()
        }
        if node["arch"] != nil, let arch = fields["arch"] { fail(at: arch.position, "arch cannot stand beside matrix.arch") }
        var matrix = Matrix()
        var count = 1
        for member in members {
            guard let axis = axis(member) else { continue }
            count *= axis.values.count
            guard count <= DocumentLimits.cells else {
                fail(at: node.position, "matrix: more than \(DocumentLimits.cells) cells")
                return Matrix()
            }
            matrix.axes.append(axis)
        }
        return matrix
    }

    /// The name of an axis; collects an error if it is malformed.
    mutating func axisName(_ member: DocumentMember) -> String? {
        string(DocumentNode(.string, text: member.key, at: member.position), "matrix", rule: .axis)
    }

    private mutating func axis(_ member: DocumentMember) -> Matrix.Axis? {
        guard let name = axisName(member) else { return nil }
        guard case .list(let nodes) = member.value.value, !nodes.isEmpty else {
            expected("a list of at least one value", member.value, name)
            return nil
        }
        var values: [String] = []
        for node in nodes {
            guard let value = name == "arch" ? architecture(node, name)?.name : scalar(node, name, rule: .cell) else { return nil }
            if values.contains(value) { fail(at: node.position, "\(name): \(value.quoted) stands twice") }
            values.append(value)
            guard values.count <= DocumentLimits.cells else { return Matrix.Axis(name: name, values: values) }
        }
        return Matrix.Axis(name: name, values: values)
    }
}
