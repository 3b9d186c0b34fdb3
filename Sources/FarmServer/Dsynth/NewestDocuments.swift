import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import Recipes

/// Packages by name as jobs: their newest known documents, and those of all that they need.
struct NewestDocuments {
    let store: Store
    let documents: DocumentReader
    let missingNeeds: SubmitOptions.MissingNeeds

    /// The jobs, each once.
    /// - Throws: `DsynthError` for names of which nothing is known.
    func jobs(_ names: [String]) throws(DsynthError) -> [JobSpec] {
        var jobs: [JobSpec] = []
        var seen = Set(names)
        var waiting = names.map { (name: $0, needing: String?.none) }[...]
        while let next = waiting.popFirst() {
            let found = try specs(of: next.name)
            if found.isEmpty { try miss(next.name, needing: next.needing) }
            for need in found.flatMap(\.needs) where need.origin == .build && !need.isOptional && seen.insert(need.name).inserted {
                waiting.append((need.name, next.name))
            }
            jobs += found
        }
        return jobs
    }

    private func specs(of name: String) throws(DsynthError) -> [JobSpec] {
        do throws(FarmError) {
            var specs: [JobSpec] = []
            for document in try store.newestDocuments(of: name) {
                if let spec = try documents.read(stored: document.text, name: "job \(document.job)") { specs.append(spec) }
            }
            return specs
        } catch { throw DsynthError(error) }
    }

    private func miss(_ name: String, needing: String?) throws(DsynthError) {
        guard let needing else { throw .packageNotFound(name) }
        guard missingNeeds == .error else { return }
        throw DsynthError(
            .invalidRequest, "Failed to resolve dependencies: \(needing) needs \(name), of which no document is known")
    }
}
