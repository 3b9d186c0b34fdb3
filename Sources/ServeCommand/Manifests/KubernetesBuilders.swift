internal import FarmModel

/// The builders of a pool in Kubernetes: BuildKit daemons with disks and names of their own.
///
/// They are privileged. BuildKit also runs without, which depends on the nodes' kernels and was not tried.
struct KubernetesBuilders {
    let plan: PoolPlan
    /// The image with buildkitd and buildctl.
    let image: String

    static let component = "buildkit"
    private static let settings = "bf-buildkit"
    private static let certificates = "/etc/buildkit/tls"
    private static let diskSize = "100Gi"
    private static let memoryOfJob = 2
    private static let graceSeconds: Int64 = 600

    private var common: KubernetesObject { KubernetesObject(plan: plan) }

    /// All objects.
    var objects: [JSONObject] {
        [configuration, admission]
            + plan.architectures.flatMap { [service($0), daemons($0), disruption($0)] }
    }

    /// The addresses of the builders of an architecture, by the names that stay theirs.
    func addresses(_ architecture: Architecture) -> [String] {
        let name = Self.name(architecture)
        return (0..<plan.replicas).map { "tcp://\(name)-\($0).\(name).\(plan.namespace).svc:\(PoolPlan.buildKitPort)" }
    }

    private static func name(_ architecture: Architecture) -> String { "bf-buildkit-" + architecture.containerName }

    private static func labels(_ architecture: Architecture) -> JSONObject {
        var labels = KubernetesObject.labels(component)
        labels["kubernetes.io/arch"] = .string(architecture.containerName)
        return labels
    }

    private var configuration: JSONObject {
        common.object(
            "v1", "ConfigMap", name: Self.settings, labels: KubernetesObject.labels(Self.component),
            ["data": ["buildkitd.toml": .string(BuildKitSettings.text(certificates: Self.certificates, maxJobs: plan.maxJobs))]])
    }

    /// Nobody but the coordinator reaches the daemons.
    private var admission: JSONObject {
        let coordinator: JSONValue = ["podSelector": ["matchLabels": .object(KubernetesObject.labels(KubernetesCoordinator.component))]]
        return common.object(
            "networking.k8s.io/v1", "NetworkPolicy", name: Self.settings, labels: KubernetesObject.labels(Self.component),
            [
                "spec": [
                    "podSelector": ["matchLabels": .object(KubernetesObject.labels(Self.component))], "policyTypes": ["Ingress"],
                    "ingress": [["from": [coordinator], "ports": [["protocol": "TCP", "port": .int(PoolPlan.buildKitPort)]]]],
                ]
            ])
    }

    /// Gives each daemon a name. bf finds out by itself which of them answer.
    private func service(_ architecture: Architecture) -> JSONObject {
        let labels = Self.labels(architecture)
        return common.object(
            "v1", "Service", name: Self.name(architecture), labels: labels,
            [
                "spec": [
                    "clusterIP": "None", "publishNotReadyAddresses": true, "selector": .object(labels),
                    "ports": [["name": "buildkit", "port": .int(PoolPlan.buildKitPort)]],
                ]
            ])
    }

    /// One daemon at a time is taken away by whoever empties nodes.
    private func disruption(_ architecture: Architecture) -> JSONObject {
        let labels = Self.labels(architecture)
        return common.object(
            "policy/v1", "PodDisruptionBudget", name: Self.name(architecture), labels: labels,
            ["spec": ["maxUnavailable": 1, "selector": ["matchLabels": .object(labels)]]])
    }

    private func daemons(_ architecture: Architecture) -> JSONObject {
        let (name, labels) = (Self.name(architecture), Self.labels(architecture))
        return common.object(
            "apps/v1", "StatefulSet", name: name, labels: labels,
            [
                "spec": [
                    "serviceName": .string(name), "replicas": .int(Int64(plan.replicas)), "podManagementPolicy": "Parallel",
                    // A change ends no jobs: who has drained a builder deletes its pod.
                    "updateStrategy": ["type": "OnDelete"], "selector": ["matchLabels": .object(labels)],
                    "template": ["metadata": ["labels": .object(labels)], "spec": .object(pod(architecture))],
                    "volumeClaimTemplates": [KubernetesObject.claim("cache", size: Self.diskSize)],
                ]
            ])
    }

    private func pod(_ architecture: Architecture) -> JSONObject {
        let spread: JSONValue = [
            "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": ["matchLabels": .object(Self.labels(architecture))],
        ]
        return [
            "nodeSelector": ["kubernetes.io/os": "linux", "kubernetes.io/arch": .string(architecture.containerName)],
            "automountServiceAccountToken": false, "enableServiceLinks": false, "terminationGracePeriodSeconds": .int(Self.graceSeconds),
            "topologySpreadConstraints": [spread], "containers": [container],
            "volumes": [
                KubernetesObject.configurationVolume("settings", map: Self.settings),
                KubernetesObject.secretVolume("tls", secret: "bf-buildkit-server"),
            ],
        ]
    }

    private var container: JSONValue {
        let cores = JSONValue.string("\(plan.maxJobs)")
        let memory = JSONValue.string("\(plan.maxJobs * Self.memoryOfJob)Gi")
        let variables = BuildKitSettings.variables.map { name -> JSONValue in
            ["name": .string(name), "value": .string(BuildKitSettings.unlimited)]
        }
        return [
            "name": "buildkitd", "image": .string(image), "command": ["buildkitd", "--config", "/etc/buildkit/settings/buildkitd.toml"],
            "env": .array(variables),
            "ports": [["name": "buildkit", "containerPort": .int(PoolPlan.buildKitPort)]], "securityContext": ["privileged": true],
            "resources": ["requests": ["cpu": cores, "memory": memory], "limits": ["memory": memory]],
            "readinessProbe": probe(every: 10, failures: 3), "livenessProbe": probe(every: 30, failures: 10),
            "volumeMounts": [
                KubernetesObject.mount("cache", "/var/lib/buildkit"),
                KubernetesObject.mount("settings", "/etc/buildkit/settings", isReadOnly: true),
                KubernetesObject.mount("tls", Self.certificates, isReadOnly: true),
            ],
        ]
    }

    /// A busy daemon answers late, and ending it ends its jobs: patience costs less.
    private func probe(every seconds: Int64, failures: Int64) -> JSONValue {
        [
            "exec": ["command": ["buildctl", "--addr", .string(BuildKitSettings.socket), "debug", "workers"]],
            "periodSeconds": .int(seconds), "timeoutSeconds": 10, "failureThreshold": .int(failures),
        ]
    }
}
