import FarmModel
import Recipes

/// A job's document as the store has it: one normalised `spec` record.
struct StoredDocument {
    let job: String
    let text: String

    /// The job that the document describes.
    func spec(_ recipes: RecipeRegistry) throws(FarmError) -> JobSpec {
        guard let spec = try DocumentReader(recipes: recipes).read(stored: text, name: "job \(job)") else {
            throw FarmError(.internalError, "job \(job) has no document")
        }
        return spec
    }

    /// Which failures of the job are tried again; the default if the document cannot be read.
    func retryPolicy(_ recipes: RecipeRegistry) -> RetryPolicy { (try? spec(recipes))?.retry ?? RetryPolicy() }
}
