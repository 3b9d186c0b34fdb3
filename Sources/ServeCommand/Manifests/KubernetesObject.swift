internal import FarmModel

/// What all objects of a pool in Kubernetes have in common.
struct KubernetesObject {
    let plan: PoolPlan

    /// An object with its name, namespace and labels.
    func object(_ version: String, _ kind: String, name: String, labels: JSONObject, _ rest: JSONObject) -> JSONObject {
        var object: JSONObject = ["apiVersion": .string(version), "kind": .string(kind)]
        object["metadata"] = ["name": .string(name), "namespace": .string(plan.namespace), "labels": .object(labels)]
        for member in rest.members { object[member.key] = member.value }
        return object
    }

    /// The labels of a part of the pool.
    static func labels(_ component: String) -> JSONObject {
        ["app.kubernetes.io/name": "bf", "app.kubernetes.io/component": .string(component)]
    }

    /// A volume with a secret; nobody but its owner and group reads it.
    static func secretVolume(_ name: String, secret: String) -> JSONValue {
        // 0440, which YAML's readers take for different numbers.
        ["name": .string(name), "secret": ["secretName": .string(secret), "defaultMode": 288]]
    }

    /// A volume with a configuration map.
    static func configurationVolume(_ name: String, map: String) -> JSONValue {
        ["name": .string(name), "configMap": ["name": .string(map)]]
    }

    /// Where a volume stands in a container.
    static func mount(_ name: String, _ path: String, isReadOnly: Bool = false) -> JSONValue {
        var mount: JSONObject = ["name": .string(name), "mountPath": .string(path)]
        if isReadOnly { mount["readOnly"] = true }
        return .object(mount)
    }

    /// A claim for a disk of its own for each copy.
    static func claim(_ name: String, size: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": .string(name)],
            "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]]],
        ]
    }
}
