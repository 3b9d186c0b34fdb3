import FarmModel

/// Ages and sizes as they stand on the command line.
enum RetentionText {
    private static let never = "never"

    /// A duration in milliseconds; nil for `never`.
    static func age(_ text: some StringProtocol, of option: String) throws(FarmError) -> Int64? {
        if text == never { return nil }
        guard let age = DurationText.milliseconds(text) else {
            throw FarmError(.usage, "\(option) \(text) is neither a duration such as 30d nor never")
        }
        return age
    }

    /// A size in bytes; nil for `never`.
    static func size(_ text: String, of option: String) throws(FarmError) -> Int64? {
        if text == never { return nil }
        guard let size = SizeText.bytes(text) else {
            throw FarmError(.usage, "\(option) \(text) is neither a size such as 50GiB nor never")
        }
        return size
    }

    /// One age for every end of a build, or `success=AGE,failed=AGE,cancelled=AGE`, of which those left out stay as they are.
    static func ages(_ text: String, of option: String, over base: RetentionPolicy.Ages) throws(FarmError) -> RetentionPolicy.Ages {
        guard text.contains("=") else { return RetentionPolicy.Ages(all: try age(text, of: option)) }
        var ages = base
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw FarmError(.usage, "\(option) \(text): \"\(part)\" is not END=AGE") }
            let age = try age(pair[1], of: option)
            switch pair[0] {
            case "success": ages.success = age
            case "failed": ages.failed = age
            case "cancelled": ages.cancelled = age
            default: throw FarmError(.usage, "\(option) \(text): a build ends as success, failed or cancelled, not \(pair[0])")
            }
        }
        return ages
    }
}
