internal import Documents

/// A package that a build needs, in apk's constraint language, and who says so.
public struct NeedReference: Sendable, Equatable {
    /// `name`, `name>=1.2` or what else apk takes.
    public var text: String
    /// The file that names it: the configuration's, or a pipeline's.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1.
    public var column: Int
    /// The pipeline that needs it; nil if the configuration names it itself.
    public var pipeline: String?

    /// A need at a place.
    init(text: String, file: String, position: DocumentPosition, pipeline: String? = nil) {
        self.text = text
        self.file = file
        line = Int(position.line)
        column = Int(position.column)
        self.pipeline = pipeline
    }
}
