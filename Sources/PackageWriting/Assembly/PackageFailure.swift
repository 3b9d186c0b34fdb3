public import FarmModel

/// Why packages were not made.
public struct PackageFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Who is to blame: `build` for outputs that make no package, `badInput` for the document, `infrastructure` for the machine.
    public let failureClass: FailureClass
    /// One line that says what is wrong, where, and what to do.
    public let message: String

    /// Creates a failure.
    public init(_ failureClass: FailureClass, _ message: String) {
        self.failureClass = failureClass
        self.message = message
    }

    /// An error met while a package was made; what is wrong with its contents is the build's fault.
    init(_ error: FarmError, in package: String) {
        self.init(error.status == .badInput ? .build : .infrastructure, "\(package): \(error.message)")
    }

    /// The message alone.
    public var description: String { message }
}
