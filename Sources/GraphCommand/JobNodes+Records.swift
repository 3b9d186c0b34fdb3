import BuildGraph
import FarmModel
import Recipes

extension JobNodes {
    /// The graph of bare records. A need that no record has is left out and told to `note`, or refused.
    init(_ records: [GraphRecord], from file: String, missingNeeds: MissingNeeds?, note: (String) -> Void) throws(FarmError) {
        var builder = GraphBuilder()
        for record in records { builder.add(record.name, needs: record.needs) }
        let outcome = builder.build()
        if let duplicate = outcome.duplicates.first {
            let place = "\(file):\(records[duplicate.addition].line): "
            throw FarmError(.badInput, "\(place)\(duplicate.name) is there twice; names must be unique")
        }
        if let first = outcome.unknownNeeds.first, missingNeeds != .ignore {
            let count = outcome.unknownNeeds.count
            let example = "\(outcome.graph.names[first.node]) needs \(first.need), which no record has"
            let message = count == 1 ? example : "\(example); so it is with \(count) needs"
            guard missingNeeds == nil else { throw FarmError(.badInput, message) }
            note("\(message) (left out)")
        }
        self.init(graph: outcome.graph, content: .names)
    }
}
