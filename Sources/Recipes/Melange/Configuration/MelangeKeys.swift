import Documents

/// The keys that each mapping of a configuration may have, as melange's schema
/// (https://github.com/chainguard-dev/melange/blob/main/pkg/config/schema.json) has them.
enum MelangeKeys {
    static let configuration: KeyList = [
        "package", "environment", "pipeline", "subpackages", "data", "vars", "var-transforms", "options", "capabilities", "update", "test",
    ]
    static let package: KeyList = [
        "name", "version", "epoch", "description", "url", "commit", "copyright", "dependencies", "options", "scriptlets",
        "target-architecture", "timeout", "resources", "test-resources", "checks", "annotations", "cpe", "setcap",
    ]
    static let subpackage: KeyList = [
        "name", "range", "if", "description", "url", "commit", "copyright", "pipeline", "dependencies", "options", "scriptlets", "checks",
        "annotations", "setcap", "test",
    ]
    static let copyright: KeyList = ["license", "license-path", "attestation", "paths", "detection-override"]
    static let dependencies: KeyList = ["runtime", "provides", "replaces", "provider-priority", "replaces-priority"]
    static let packageOptions: KeyList = ["no-provides", "no-depends", "no-commands", "no-versioned-shlib-deps"]
    static let scriptlets: KeyList = [
        "trigger", "pre-install", "post-install", "pre-deinstall", "post-deinstall", "pre-upgrade", "post-upgrade",
    ]
    static let trigger: KeyList = ["script", "paths"]
    static let checks: KeyList = ["disabled"]
    static let resources: KeyList = ["cpu", "cpumodel", "memory", "disk"]
    static let platform: KeyList = [
        "part", "vendor", "product", "edition", "language", "sw_edition", "target_sw", "target_hw", "other",
    ]
    static let fileCapability: KeyList = ["path", "add", "reason"]

    static let step: KeyList = [
        "name", "uses", "with", "runs", "if", "needs", "working-directory", "environment", "pipeline", "inputs", "label", "assertions",
    ]
    /// The text of a pipeline that others use.
    static let pipeline: KeyList = [
        "name", "description", "needs", "inputs", "pipeline", "runs", "uses", "with", "if", "working-directory", "environment", "label",
        "assertions",
    ]
    static let needs: KeyList = ["packages"]
    static let assertions: KeyList = ["required-steps"]
    static let input: KeyList = ["description", "default", "required"]
    static let test: KeyList = ["environment", "pipeline"]

    static let environment = KeyList(
        ["contents", "environment", "accounts"],
        silent: [
            "entrypoint", "cmd", "stop-signal", "work-dir", "archs", "paths", "vcs-url", "annotations", "include", "volumes", "layering",
            "certificates",
        ])
    static let contents: KeyList = [
        "repositories", "build_repositories", "runtime_repositories", "keyring", "packages", "baseimage",
    ]
    static let accounts: KeyList = ["run-as", "users", "groups"]
    static let user: KeyList = ["username", "uid", "gid", "shell", "homedir"]
    static let group: KeyList = ["groupname", "gid", "members"]

    static let data: KeyList = ["name", "items"]
    static let transform: KeyList = ["from", "match", "replace", "to"]
    static let buildOption: KeyList = ["vars", "environment"]
    static let optionEnvironment: KeyList = ["contents"]
    static let optionContents: KeyList = ["packages"]
    static let optionPackages: KeyList = ["add", "remove"]
    static let capabilities: KeyList = ["add", "drop"]
}

extension MelangeKeys {
    static let update: KeyList = [
        "enabled", "manual", "require-sequential", "shared", "version-separator", "ignore-regex-patterns", "release-monitor", "github",
        "git", "oci", "version_data", "version-transform", "exclude-reason", "schedule", "enable-prerelease-tags",
    ]
    static let versionTransform: KeyList = ["match", "replace"]
    static let schedule: KeyList = ["reason", "period"]
    static let versionData: KeyList = ["version_format", "sources"]
    static let releaseMonitor: KeyList = [
        "identifier", "strip-prefix", "strip-suffix", "version-filter-contains", "version-filter-prefix",
    ]
    static let github: KeyList = [
        "identifier", "strip-prefix", "strip-suffix", "tag-filter", "tag-filter-prefix", "tag-filter-contains", "use-tag",
    ]
    static let git: KeyList = ["strip-prefix", "strip-suffix", "tag-filter-prefix", "tag-filter-contains"]
    static let registry: KeyList = ["identifier", "strip-prefix", "strip-suffix", "tag-filter-prefix", "tag-filter-contains"]
}
