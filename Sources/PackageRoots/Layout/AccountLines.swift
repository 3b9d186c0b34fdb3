internal import FarmModel

/// The lines of passwd(5) and group(5) that an environment adds to those of its packages.
enum AccountLines {
    /// The content of `/etc/passwd` with users added.
    /// - Throws: `badInput` for names and texts that would be other lines or fields, and for a user who is there with another number.
    static func passwd(_ content: String, adding users: [PackageEnvironment.Account]) throws(EnvironmentFailure) -> String {
        try extended(content, users, "user") { user in
            let home = user.home ?? "/home/\(user.name)"
            return "\(user.name):x:\(user.number):\(user.group ?? user.number):\(user.name):\(home):\(user.shell ?? "/bin/sh")"
        }
    }

    /// The content of `/etc/group` with groups added.
    /// - Throws: As ``passwd(_:adding:)``.
    static func group(_ content: String, adding groups: [PackageEnvironment.Account]) throws(EnvironmentFailure) -> String {
        try extended(content, groups, "group") { "\($0.name):x:\($0.number):\($0.members.joined(separator: ","))" }
    }

    private static func extended(
        _ content: String, _ accounts: [PackageEnvironment.Account], _ what: String, _ line: (PackageEnvironment.Account) -> String
    ) throws(EnvironmentFailure) -> String {
        var text = content
        if !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
        var numbers = numbers(in: text)
        for account in accounts {
            try check(account, what)
            if let known = numbers[account.name] {
                guard known == "\(account.number)" else {
                    let shown = "the \(what) \(account.name) is \(account.number) in the environment and \(known) in its packages"
                    throw EnvironmentFailure(.badInput, "\(shown); use that number or another name")
                }
                continue
            }
            numbers[account.name] = "\(account.number)"
            text += line(account) + "\n"
        }
        return text
    }

    /// The number of each name.
    private static func numbers(in text: String) -> [String: String] {
        var numbers: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2 { numbers[String(fields[0])] = String(fields[2]) }
        }
        return numbers
    }

    private static func check(_ account: PackageEnvironment.Account, _ what: String) throws(EnvironmentFailure) {
        let texts = [account.name, account.home ?? "/", account.shell ?? "/"] + account.members
        let isPlain = texts.allSatisfy { text in
            text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ",") } && !text.isEmpty
        }
        let numbers = [account.number, account.group ?? 0]
        let isHome = account.home.map { $0.isAbsolutePath } ?? account.name.hasOnlyPathNames
        guard isPlain, isHome, account.name.pathNames().count == 1, numbers.allSatisfy({ (0..<Int64(UInt32.max)).contains($0) }) else {
            let shown = JSONValue.string(String(account.name.prefix(100))).text
            throw EnvironmentFailure(.badInput, "the \(what) \(shown) has a name, number, home or shell that no line of accounts can hold")
        }
    }
}
