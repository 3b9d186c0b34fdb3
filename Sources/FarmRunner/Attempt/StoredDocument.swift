import Documents
import FarmModel
import Recipes

/// A job's document as the store has it: one normalised `spec` record.
struct StoredDocument {
    let job: String
    let text: String

    /// The job that the document describes.
    func spec(_ recipes: RecipeRegistry) throws(FarmError) -> JobSpec {
        // A document that came without a base may not name local paths, now as little as when it was submitted.
        let base = (try? JSONParser.parse(text))?["base"]?.string
        let input = DocumentInput(name: "job \(job)", bytes: Array(text.utf8), base: base)
        guard let spec = try DocumentReader(recipes: recipes).read([input]).first else {
            throw FarmError(.internalError, "job \(job) has no document")
        }
        return spec
    }

    /// Which failures of the job are tried again; the default if the document cannot be read.
    func retryPolicy(_ recipes: RecipeRegistry) -> RetryPolicy { (try? spec(recipes))?.retry ?? RetryPolicy() }
}
