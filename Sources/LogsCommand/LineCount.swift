internal import ArgumentParser

/// How many of the last lines are wanted.
enum LineCount: Equatable, ExpressibleByArgument {
    case all
    case last(Int)

    /// A number, or `all`.
    init?(argument: String) {
        if argument == "all" {
            self = .all
        } else if let count = Int(argument), count >= 0 {
            self = .last(count)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .all: "all"
        case .last(let count): String(count)
        }
    }
}
