internal import FarmModel

/// A pool that manifests are written for: one coordinator and, for each architecture, so many builders.
struct PoolPlan {
    /// The folder of everything in Kubernetes.
    var namespace = "bf"
    /// What builders build for; each is on machines of its own.
    var architectures: [Architecture] = [.native]
    /// Builders of each architecture.
    var replicas = 2
    /// Jobs at once on one builder.
    var maxJobs = 4

    /// Where BuildKit listens.
    static let buildKitPort: Int64 = 1234
    /// Where the coordinator listens in Kubernetes.
    static let servePort: Int64 = 8443
    /// The name in the certificate of all builders, so that one certificate does for a pool that grows.
    static let builderName = "bf-buildkit"

    /// A file with backends for `bf-serve --backends-config`: every builder of the pool.
    /// - Parameter addresses: those of the builders of an architecture.
    func backends(tls: JSONObject, addresses: (Architecture) -> [String]) -> JSONObject {
        var backends: [JSONValue] = []
        for architecture in architectures {
            for address in addresses(architecture) {
                backends.append([
                    "addr": .string(address), "arch": .string(architecture.name), "maxJobs": .int(Int64(maxJobs)), "tls": .object(tls),
                ])
            }
        }
        return ["backends": .array(backends), "failureThreshold": 3, "recoveryTimeout": "30s"]
    }
}

extension Architecture {
    /// As container images and Kubernetes call it.
    var containerName: String {
        switch name {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        case "armv7": "arm"
        default: name
        }
    }
}
