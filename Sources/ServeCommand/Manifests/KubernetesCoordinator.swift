internal import Documents
internal import FarmModel

/// The coordinator of a pool in Kubernetes: bf-serve with a runner that gives all jobs to the builders. There is one, as a state directory is
/// for one machine.
struct KubernetesCoordinator {
    let plan: PoolPlan
    /// The image with bf.
    let image: String
    /// The file with the builders.
    let backends: JSONObject

    static let component = "coordinator"
    /// Files for TLS towards the builders.
    static let builderTLS: JSONObject = [
        "ca": .string("\(clientFolder)/ca.crt"), "cert": .string("\(clientFolder)/tls.crt"), "key": .string("\(clientFolder)/tls.key"),
        "serverName": .string(PoolPlan.builderName),
    ]

    private static let name = "bf"
    private static let clientFolder = "/etc/bf/buildkit"
    private static let serverFolder = "/etc/bf/tls"
    private static let disk = "/var/lib/bf"
    private static let diskSize = "100Gi"
    private static let user: Int64 = 10_001
    private static let graceSeconds: Int64 = 600

    private var common: KubernetesObject { KubernetesObject(plan: plan) }
    private var labels: JSONObject { KubernetesObject.labels(Self.component) }

    /// All objects.
    var objects: [JSONObject] { [configuration, admission, service, server] }

    private var configuration: JSONObject {
        common.object(
            "v1", "ConfigMap", name: "bf-backends", labels: labels, ["data": ["backends.yaml": .string(YAMLText.of(backends))]])
    }

    /// Everybody reaches the port that asks for a key, and nothing else.
    private var admission: JSONObject {
        common.object(
            "networking.k8s.io/v1", "NetworkPolicy", name: Self.name, labels: labels,
            [
                "spec": [
                    "podSelector": ["matchLabels": .object(labels)], "policyTypes": ["Ingress"],
                    "ingress": [["ports": [["protocol": "TCP", "port": .int(PoolPlan.servePort)]]]],
                ]
            ])
    }

    private var service: JSONObject {
        common.object(
            "v1", "Service", name: Self.name, labels: labels,
            ["spec": ["selector": .object(labels), "ports": [["name": "https", "port": .int(PoolPlan.servePort)]]]])
    }

    private var server: JSONObject {
        common.object(
            "apps/v1", "StatefulSet", name: Self.name, labels: labels,
            [
                "spec": [
                    "serviceName": .string(Self.name), "replicas": 1, "selector": ["matchLabels": .object(labels)],
                    "template": ["metadata": ["labels": .object(labels)], "spec": .object(pod)],
                    "volumeClaimTemplates": [KubernetesObject.claim("state", size: Self.diskSize)],
                ]
            ])
    }

    private var pod: JSONObject {
        [
            "nodeSelector": ["kubernetes.io/os": "linux"], "automountServiceAccountToken": false, "enableServiceLinks": false,
            "terminationGracePeriodSeconds": .int(Self.graceSeconds),
            "securityContext": [
                "runAsNonRoot": true, "runAsUser": .int(Self.user), "runAsGroup": .int(Self.user), "fsGroup": .int(Self.user),
                "fsGroupChangePolicy": "OnRootMismatch", "seccompProfile": ["type": "RuntimeDefault"],
            ],
            "initContainers": [firstKey], "containers": [container],
            "volumes": [
                KubernetesObject.configurationVolume("backends", map: "bf-backends"),
                KubernetesObject.secretVolume("tls", secret: "bf-server"),
                KubernetesObject.secretVolume("buildkit-tls", secret: "bf-buildkit-client"), ["name": "tmp", "emptyDir": [:]],
            ],
        ]
    }

    /// A server that listens beyond its machine does not start before there is a key. The first one is left beside the state directory.
    private var firstKey: JSONValue {
        let script = """
            set -e
            [ -s \(Self.disk)/admin.key ] && exit
            umask 077
            # One whose secret was lost on the way lets nobody in.
            bf-serve token revoke admin 2>/dev/null || true
            bf-serve token create admin --role admin >\(Self.disk)/admin.key.new
            mv \(Self.disk)/admin.key.new \(Self.disk)/admin.key

            """
        return .object(process("first-key", command: ["sh", "-c", .string(script)]))
    }

    private var container: JSONValue {
        var container = process(
            "bf-serve",
            command: [
                "bf-serve", "--listen-addr", .string(":\(PoolPlan.servePort)"), "--tls-cert", .string("\(Self.serverFolder)/tls.crt"),
                "--tls-key", .string("\(Self.serverFolder)/tls.key"), "--backends-config", "/etc/bf/backends/backends.yaml", "--workers",
                "0",
            ])
        container["ports"] = [["name": "https", "containerPort": .int(PoolPlan.servePort)]]
        container["readinessProbe"] = probe(every: 5, failures: 3)
        container["livenessProbe"] = probe(every: 20, failures: 6)
        return .object(container)
    }

    private func process(_ name: String, command: JSONValue) -> JSONObject {
        [
            "name": .string(name), "image": .string(image), "command": command,
            "env": [["name": "BF_STATE", "value": .string("\(Self.disk)/state")], ["name": "HOME", "value": .string(Self.disk)]],
            "securityContext": [
                "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": ["drop": ["ALL"]],
            ],
            "resources": ["requests": ["cpu": "1", "memory": "1Gi"], "limits": ["memory": "2Gi"]],
            "volumeMounts": [
                KubernetesObject.mount("state", Self.disk), KubernetesObject.mount("tmp", "/tmp"),
                KubernetesObject.mount("backends", "/etc/bf/backends", isReadOnly: true),
                KubernetesObject.mount("tls", Self.serverFolder, isReadOnly: true),
                KubernetesObject.mount("buildkit-tls", Self.clientFolder, isReadOnly: true),
            ],
        ]
    }

    private func probe(every seconds: Int64, failures: Int64) -> JSONValue {
        [
            "httpGet": ["path": "/healthz", "port": "https", "scheme": "HTTPS"], "periodSeconds": .int(seconds), "timeoutSeconds": 5,
            "failureThreshold": .int(failures),
        ]
    }
}
