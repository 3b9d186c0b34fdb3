public import ArgumentParser
public import FarmStore

extension LineCount: ExpressibleByArgument {
    /// A number, or `all`.
    public init?(argument: String) {
        if argument == "all" {
            self = .all
        } else if let count = Int(argument), count >= 0 {
            self = .last(count)
        } else {
            return nil
        }
    }

    /// As it is written.
    public var defaultValueDescription: String {
        switch self {
        case .all: "all"
        case .last(let count): String(count)
        }
    }
}
