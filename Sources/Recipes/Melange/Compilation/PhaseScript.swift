import FarmModel

/// The scripts of phases.
struct PhaseScript {
    /// Whether the log shows each command of the steps.
    private let showsCommands: Bool
    private let runsScripts: Bool

    init(_ defaults: MelangeDefaults) {
        showsCommands = defaults.showsCommands
        runsScripts = defaults.runsScripts
    }

    /// A phase that runs some steps.
    func phase(named name: String, preparation: [String] = [], steps: [RunnableStep]) -> Phase {
        let preamble = ((runsScripts ? [Self.installation] : []) + preparation).map { $0 + "\n" }.joined()
        var phase = Phase(name: name, command: .script(preamble + steps.map { $0.text(showsCommands: showsCommands) }.joined()))
        phase.network = .internet
        return phase
    }

    /// What the first phase of a build does before its steps.
    func preparation(ofPackages names: [String]) -> [String] {
        let folders = names.map { "\"$BF_OUT\"/" + ShellText.quoted($0) }.joined(separator: " ")
        return ["mkdir -p \(folders)"] + workspace + ["[ -e \(BuildPlaces.output) ] || ln -s \"$BF_OUT\" \(BuildPlaces.output)"]
    }

    /// What the first phase of a test does before its steps, and that of a build too: the workspace, with the files that lay beside the
    /// configuration, and the folder that the variables name for caches.
    let workspace = [
        "mkdir -p \(BuildPlaces.workspace)",
        "mkdir -p /var/cache/melange 2>/dev/null || true",
        "if [ -d /build/files ]; then cp -R /build/files/. \(BuildPlaces.workspace)/; fi",
    ]

    /// What packages do once they are installed, in the order of their installation and once for a root; as with apk, a script that fails is
    /// told of and no more. The names of scripts are NAME-VERSION.CHECKSUM.post-install, and VERSION is their argument.
    private static let installation = """
        if [ -w /lib/apk/db ] && [ ! -e /lib/apk/db/bf-scripts ]; then
            mkdir /lib/apk/db/bf-scripts
            tar -xf /lib/apk/db/scripts.tar -C /lib/apk/db/bf-scripts
            tar -tf /lib/apk/db/scripts.tar | while read -r bf_name; do
                case $bf_name in *.post-install) ;; *) continue ;; esac
                bf_package=${bf_name%.Q1*}
                bf_version=${bf_package%-*}
                echo "--- script of $bf_package"
                (cd / && "/lib/apk/db/bf-scripts/$bf_name" "${bf_version##*-}-${bf_package##*-}" </dev/null) || echo "it failed with exit code $?"
            done
        fi
        """

    /// The variables that steps find unless their configuration says otherwise, as in melange.
    static let variables = [
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/bin:/usr/sbin:/sbin:/bin",
        "HOME": BuildPlaces.workspace,
        "GOPATH": "\(BuildPlaces.workspace)/.cache/go",
        "GOMODCACHE": "/var/cache/melange/gomodcache",
        "UV_CACHE_DIR": "/var/cache/melange/uv",
        "PIP_CACHE_DIR": "/var/cache/melange/pip",
        "COMPOSER_CACHE_DIR": "/var/cache/melange/composer",
        "npm_config_cache": "/var/cache/melange/npm",
    ]
}
