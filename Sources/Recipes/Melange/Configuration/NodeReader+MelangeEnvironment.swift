import Documents
import FarmModel

extension NodeReader {
    /// `environment`, empty if it is absent.
    mutating func melangeEnvironment(_ fields: DocumentNode) -> MelangeEnvironment {
        var environment = MelangeEnvironment()
        guard let section = melangeSection(fields, "environment", MelangeKeys.environment) else { return environment }
        if let contents = melangeSection(section, "contents", MelangeKeys.contents) {
            environment.repositories = melangeTexts(contents, "build_repositories") + melangeTexts(contents, "repositories")
            environment.keys = melangeTexts(contents, "keyring")
            environment.packages = melangeTexts(contents, "packages")
            _ = melangeTexts(contents, "runtime_repositories")
            refusePasswords(environment.repositories + environment.keys)
        }
        environment.variables = melangeVariables(section, "environment")
        guard let accounts = melangeSection(section, "accounts", MelangeKeys.accounts) else { return environment }
        environment.user = melangeText(accounts, "run-as")
        environment.users = melangeAccounts(accounts, "users", MelangeKeys.user) { reader, node in reader.melangeUser(node) }
        environment.groups = melangeAccounts(accounts, "groups", MelangeKeys.group) { reader, node in reader.melangeGroup(node) }
        return environment
    }

    /// A configuration is kept, and shown to whoever may read.
    private mutating func refusePasswords(_ addresses: [MelangeText]) {
        for address in addresses where address.value.carriesPassword {
            fail(at: address.position, PackageEnvironment.passwordRefusal)
        }
    }

    private mutating func melangeAccounts(
        _ fields: DocumentNode, _ key: String, _ allowed: KeyList,
        read: (inout NodeReader, DocumentNode) -> PackageEnvironment.Account?
    ) -> [PackageEnvironment.Account] {
        var accounts: [PackageEnvironment.Account] = []
        for node in melangeSections(fields, key, allowed) {
            if let account = read(&self, node) { accounts.append(account) }
        }
        return accounts
    }

    private mutating func melangeUser(_ fields: DocumentNode) -> PackageEnvironment.Account? {
        let number = accountNumber(fields, "uid")
        let group = fields["gid"].flatMap { _ in accountNumber(fields, "gid") }
        let shell = fields["shell"].flatMap { absolutePath($0, "shell") }
        let home = fields["homedir"].flatMap { absolutePath($0, "homedir") }
        guard let name = accountName(fields, "username"), let number else { return nil }
        return PackageEnvironment.Account(name: name, number: number, group: group, shell: shell, home: home)
    }

    private mutating func melangeGroup(_ fields: DocumentNode) -> PackageEnvironment.Account? {
        let number = accountNumber(fields, "gid")
        var members: [String] = []
        for node in elements(fields, "members") {
            if let member = scalar(node, "members", rule: .account) { members.append(member) }
        }
        guard let name = accountName(fields, "groupname"), let number else { return nil }
        return PackageEnvironment.Account(name: name, number: number, members: members)
    }

    private mutating func accountName(_ fields: DocumentNode, _ key: String) -> String? {
        guard let node = fields[key] else {
            fail(at: fields.position, "\(key) is missing")
            return nil
        }
        return scalar(node, key, rule: .account)
    }

    private mutating func accountNumber(_ fields: DocumentNode, _ key: String) -> Int64? {
        guard let node = fields[key] else {
            fail(at: fields.position, "\(key) is missing")
            return nil
        }
        return integer(node, key, 0...4_294_967_294)
    }
}

extension TextRule {
    private static let accountBytes = ByteSet.alphanumeric + "._-"

    /// The name of a user or group: nothing that could end a field of passwd.
    static let account = TextRule("a name of letters, digits and . _ - that starts with a letter, digit or _", limit: 32) {
        $0.consists(of: accountBytes) && $0.starts(in: ByteSet.alphanumeric + "_")
    }
}

extension PackageEnvironment {
    /// What is said of an address that would give a password away.
    static let passwordRefusal =
        "the address of a repository or key carries a user or password, which do not belong in a document;"
        + " name it in packages.repositories or packages.keys of bf.yaml where it is built"
}
