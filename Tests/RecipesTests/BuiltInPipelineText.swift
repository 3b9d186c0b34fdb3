import Documents
import FarmModel
import Recipes

/// A built-in text, read as far as its tests need it.
struct BuiltInPipelineText {
    /// One step.
    struct Step {
        var runs: String?
        var uses: String?
        var with: [String: String]
        var folder: String?
    }

    /// The document as it is.
    let document: DocumentNode

    /// Reads the text of this name.
    init(_ name: String) throws {
        guard let text = BuiltInPipelines.text(name) else { throw FarmError(.badInput, "there is no pipeline \(name)") }
        var found: [DocumentNode] = []
        try DocumentInput(name: name, bytes: Array(text.utf8), base: nil).read {
            found.append($0)
            return true
        }
        guard let only = found.first, found.count == 1 else { throw FarmError(.badInput, "\(name) has \(found.count) documents") }
        document = only
    }

    /// The inputs' own documents, in order.
    var inputs: [DocumentMember] { document["inputs"]?.members ?? [] }

    /// What an input is when nobody gives it.
    var defaults: [String: String] {
        Dictionary(uniqueKeysWithValues: inputs.map { ($0.key, $0.value["default"]?.text ?? "") })
    }

    /// The names of packages that the steps need.
    var needs: [String] { document["needs"]?["packages"]?.elements.map(\.text) ?? [] }

    /// The steps, in order.
    var steps: [Step] {
        (document["pipeline"]?.elements ?? []).map { step in
            let with = (step["with"]?.members ?? []).map { ($0.key, $0.value.text) }
            return Step(
                runs: step["runs"]?.text, uses: step["uses"]?.text, with: Dictionary(uniqueKeysWithValues: with),
                folder: step["working-directory"]?.text)
        }
    }
}

extension DocumentNode {
    /// The elements of a list; none of anything else.
    var elements: [DocumentNode] { if case .list(let elements) = value { elements } else { [] } }
}
