import Documents
import FarmModel

/// Makes the root file systems that builds and tests ask for.
struct RootBuilder {
    /// What is added to what configurations state.
    let defaults: MelangeDefaults
    /// `build`, the user that melange makes in each root.
    private static let builder = PackageEnvironment.Account(name: "build", number: 1000, group: 1000)

    /// The root of an environment.
    /// - Parameters:
    ///   - needs: The packages that its steps need.
    ///   - others: Packages beside those.
    func root(
        _ environment: MelangeEnvironment, needs: [NeedReference], others: [String], _ replacer: inout TextReplacer
    ) -> PackageEnvironment {
        var repositories: [PackageEnvironment.Repository] = []
        for text in environment.repositories {
            if let repository = repository(text, &replacer) { repositories.append(repository) }
        }
        let packages = replacer.terms(environment.packages, "packages") + others + needs.map(\.text) + defaults.packages
        var root = PackageEnvironment(
            repositories: (repositories + defaults.repositories).withoutRepetitions,
            keys: (replacer.lines(environment.keys, "keyring") + defaults.keys).withoutRepetitions, packages: packages.withoutRepetitions)
        root.users = environment.users
        root.groups = environment.groups
        addBuilder(to: &root)
        return root
    }

    /// `https://…`, or `@tag https://…`, as the lines of `/etc/apk/repositories`.
    private func repository(_ text: MelangeText, _ replacer: inout TextReplacer) -> PackageEnvironment.Repository? {
        guard let line = replacer.text(text, "repositories") else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace).map { String($0) }
        if words.count == 1, !words[0].hasPrefix("@") { return PackageEnvironment.Repository(address: words[0]) }
        if words.count == 2, let tag = words[0].suffix(after: "@"), !tag.isEmpty {
            return PackageEnvironment.Repository(address: words[1], tag: tag)
        }
        replacer.fail(at: text.position, "repositories: expected an address or @tag and an address, found \(text.value.quoted)")
        return nil
    }

    private func addBuilder(to root: inout PackageEnvironment) {
        let builder = Self.builder
        if !root.users.contains(where: { $0.name == builder.name }) { root.users.append(builder) }
        guard !root.groups.contains(where: { $0.name == builder.name }) else { return }
        root.groups.append(PackageEnvironment.Account(name: builder.name, number: builder.number, members: [builder.name]))
    }

    /// The user that steps run as; root unless the environment says otherwise. As in melange, names are those of the environment, not of its
    /// packages.
    func user(_ environment: MelangeEnvironment, _ replacer: inout TextReplacer) -> (number: UInt32, name: String) {
        guard let text = environment.user, let user = replacer.line(text, "run-as"), !user.isEmpty else { return Self.rootUser }
        let superuser = PackageEnvironment.Account(name: Self.rootUser.name, number: Int64(Self.rootUser.number))
        let users = environment.users + [Self.builder, superuser]
        let found = users.first { $0.name == user } ?? users.first { String($0.number) == user }
        let number = found.map(\.number) ?? Int64(user)
        if let number = number.flatMap({ UInt32(exactly: $0) }), number != .max { return (number, found?.name ?? user) }
        let advice = suggestionText(for: user, among: users.map(\.name))
        replacer.fail(at: text.position, "run-as: there is no user \(user.quoted) in users\(advice)")
        return Self.rootUser
    }

    private static let rootUser: (number: UInt32, name: String) = (0, "root")
}

extension Array where Element: Hashable {
    /// The elements, each where it stands first.
    var withoutRepetitions: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
