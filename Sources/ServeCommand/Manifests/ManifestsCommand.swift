internal import ArgumentParser
internal import FarmModel
internal import ToolKit

/// `bf-serve manifests`
struct ManifestsCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-serve manifests",
        abstract: "Print what runs a pool of builders: units or objects of Kubernetes.",
        usage: """
            bf-serve manifests systemd [<options>]
            bf-serve manifests kubernetes --image <image> --buildkit-image <image>
            """,
        discussion: """
            A pool is a coordinator, which has the state directory, and builders, which are BuildKit daemons. What is printed is a start, to be \
            read and changed: sizes of disks, names of machines.

            Examples:
              bf-serve manifests systemd --replicas 3 | less
              bf-serve manifests kubernetes --image bf:1 --buildkit-image buildkit:1 |
                  kubectl apply -f -
            """)

    enum Target: String, WordArgument {
        case systemd
        case kubernetes
    }

    @Argument(help: ArgumentHelp("systemd or kubernetes.", valueName: "target"))
    var target: Target

    @Option(help: ArgumentHelp("Builders of each architecture; by default 2.", valueName: "number"))
    var replicas: Int?

    @Option(help: ArgumentHelp("What builders build for; may be repeated; by default this machine's architecture.", valueName: "name"))
    var arch: [String] = []

    @Option(help: ArgumentHelp("Jobs at once on one builder; by default 4.", valueName: "number"))
    var maxJobs: Int?

    @Option(help: ArgumentHelp("Of kubernetes: the namespace; by default bf.", valueName: "name"))
    var namespace: String?

    @Option(help: ArgumentHelp("Of kubernetes, needed: the image with bf, git and curl.", valueName: "image"))
    var image: String?

    @Option(help: ArgumentHelp("Of kubernetes, needed: the image with buildkitd and buildctl.", valueName: "image"))
    var buildkitImage: String?

    @Option(help: ArgumentHelp("Of systemd: where bf is installed; by default /usr/local.", valueName: "folder"))
    var prefix: String?

    func validate() throws {
        if let replicas, !(1...1_000).contains(replicas) { throw ValidationError("--replicas takes a number from 1 to 1000.") }
        if let maxJobs, !(1...1_000).contains(maxJobs) { throw ValidationError("--max-jobs takes a number from 1 to 1000.") }
        switch target {
        case .systemd:
            if namespace != nil || image != nil || buildkitImage != nil {
                throw ValidationError("--namespace, --image and --buildkit-image belong to kubernetes.")
            }
            if let prefix, !Self.isPrefix(prefix) {
                throw ValidationError("--prefix takes an absolute path of letters, digits and the signs / . _ + -.")
            }
        case .kubernetes:
            if prefix != nil { throw ValidationError("--prefix belongs to systemd.") }
            guard let image, let buildkitImage else {
                throw ValidationError("kubernetes needs --image and --buildkit-image: bf has no images of its own anywhere.")
            }
            for name in [image, buildkitImage] where !Self.isImage(name) { throw ValidationError("\(name) is no name of an image.") }
            if let namespace, !Self.isLabel(namespace) {
                throw ValidationError("--namespace takes at most 63 small letters, digits and hyphens, between letters or digits.")
            }
        }
    }

    func run(in context: ToolContext) throws -> ExitStatus {
        let plan = try plan()
        let text =
            switch target {
            case .systemd: SystemdPool(plan: plan, prefix: prefix ?? "/usr/local").text
            case .kubernetes: KubernetesPool(plan: plan, image: image ?? "", buildKitImage: buildkitImage ?? "").text
            }
        try context.output.write(text)
        return .success
    }

    private func plan() throws(FarmError) -> PoolPlan {
        var plan = PoolPlan()
        plan.namespace = namespace ?? plan.namespace
        plan.replicas = replicas ?? plan.replicas
        plan.maxJobs = maxJobs ?? plan.maxJobs
        guard !arch.isEmpty else { return plan }
        plan.architectures = []
        for name in arch {
            guard let architecture = Architecture(name), architecture != .noarch else {
                let names = Architecture.names.filter { $0 != Architecture.noarch.name }
                throw FarmError(.usage, "--arch \(name) is not known; choose one of \(names.joined(separator: ", "))")
            }
            if !plan.architectures.contains(architecture) { plan.architectures.append(architecture) }
        }
        return plan
    }

    /// What a unit can name without quotation.
    private static func isPrefix(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.allSatisfy { isAlphanumeric($0) || "/._+-".utf8.contains($0) }
    }

    private static func isImage(_ text: String) -> Bool {
        text.utf8.first.map(isAlphanumeric) == true && text.utf8.count <= 1_000
            && text.utf8.allSatisfy { isAlphanumeric($0) || "/:@._-".utf8.contains($0) }
    }

    /// A label of a domain name, as namespaces have to be.
    private static func isLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last) && text == text.lowercased()
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
