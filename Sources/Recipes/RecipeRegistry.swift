import Documents
public import FarmModel

/// The recipes that are known, by name.
public struct RecipeRegistry: Sendable {
    private let recipes: [String: any Recipe]

    /// Collects recipes.
    public init(_ recipes: [any Recipe]) {
        self.recipes = Dictionary(recipes.map { (type(of: $0).name, $0) }) { _, later in later }
    }

    /// All recipes of bf.
    public static let standard = RecipeRegistry([ScriptRecipe(), MelangeRecipe()])

    /// The names, sorted.
    public var names: [String] { recipes.keys.sorted() }

    /// The revision of each recipe by name.
    public var revisions: [String: Int] { recipes.mapValues { type(of: $0).revision } }

    /// The recipe of a name.
    public subscript(_ name: String) -> (any Recipe)? { recipes[name] }

    /// The recipe of a job.
    /// - Throws: `.badInput` if this bf does not know it.
    public func recipe(of spec: JobSpec) throws(FarmError) -> any Recipe {
        if let recipe = recipes[spec.recipe] { return recipe }
        throw FarmError(.badInput, "job \(spec.identity): no recipe \(spec.recipe.quoted); known are \(names.joined(separator: ", "))")
    }
}
