internal import Documents
internal import FarmModel

/// A pool in Kubernetes, as one stream of YAML.
struct KubernetesPool {
    let plan: PoolPlan
    /// The image with bf.
    let image: String
    /// The image with BuildKit.
    let buildKitImage: String

    /// All objects, in the order in which they can be made.
    var objects: [JSONObject] {
        let builders = KubernetesBuilders(plan: plan, image: buildKitImage)
        let backends = plan.backends(tls: KubernetesCoordinator.builderTLS, addresses: builders.addresses)
        return [namespace] + builders.objects + KubernetesCoordinator(plan: plan, image: image, backends: backends).objects
    }

    /// The stream, with what has to be there before it.
    var text: String {
        let head = """
            # A pool of bf: a coordinator and \(plan.replicas * plan.architectures.count) builders. bf-scaling(7) tells how it is looked after.
            # The namespace needs three secrets of the type kubernetes.io/tls, with ca.crt, tls.crt and tls.key:
            #   bf-server           the certificate of the coordinator, for those who use the farm
            #   bf-buildkit-server  the certificate of the builders, for the name \(PoolPlan.builderName)
            #   bf-buildkit-client  the certificate of the coordinator, for the builders
            # The first key is in /var/lib/bf/admin.key of the pod bf-0.
            # Builders are privileged; BuildKit without root was not tried.

            """
        return head + objects.map { YAMLText.of($0) }.joined(separator: "---\n")
    }

    /// Builders are privileged, which a cluster may refuse elsewhere.
    private var namespace: JSONObject {
        [
            "apiVersion": "v1", "kind": "Namespace",
            "metadata": ["name": .string(plan.namespace), "labels": ["pod-security.kubernetes.io/enforce": "privileged"]],
        ]
    }
}
