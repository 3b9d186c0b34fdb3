"""Checks what no schema knows of a pool in Kubernetes: that what its objects name is there. Writes the files that daemons read into a folder.

pool.py FOLDER <STREAM: prints a line for each fault.
"""
import pathlib
import sys
import tomllib

import yaml

objects = [item for item in yaml.safe_load_all(sys.stdin) if item]
folder = pathlib.Path(sys.argv[1])
faults = []


def check(holds, words):
    if not holds:
        faults.append(words)


def of(kind):
    return {item["metadata"]["name"]: item for item in objects if item["kind"] == kind}


def contains(labels, selector):
    return selector.items() <= labels.items()


identities = [(item["kind"], item["metadata"]["name"]) for item in objects]
check(len(set(identities)) == len(identities), "two objects have the same name")
(namespace,) = of("Namespace")
check(objects[0]["kind"] == "Namespace", "the namespace comes after what is in it")
check({item["metadata"].get("namespace") for item in objects[1:]} == {namespace}, "an object is in another namespace")

sets, maps = of("StatefulSet"), of("ConfigMap")
needed = {"bf-server", "bf-buildkit-server", "bf-buildkit-client"}
for name, item in sets.items():
    spec, pod = item["spec"], item["spec"]["template"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    check(contains(labels, spec["selector"]["matchLabels"]), f"{name} does not select its pods")
    service = of("Service").get(spec["serviceName"])
    check(service is not None and contains(labels, service["spec"]["selector"]), f"{name}: its service is missing or selects others")
    volumes = {volume["name"] for volume in pod["volumes"]} | {claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]}
    for volume in pod["volumes"]:
        check("configMap" not in volume or volume["configMap"]["name"] in maps, f"{name}: a map that is not there")
        check("secret" not in volume or volume["secret"]["secretName"] in needed, f"{name}: a secret that nobody is told of")
    containers = pod["containers"] + pod.get("initContainers", [])
    mounted = {mount["name"] for container in containers for mount in container["volumeMounts"]}
    check(mounted == volumes, f"{name}: volumes {volumes}, mounted {mounted}")
    for container in containers:
        check(container["resources"]["limits"]["memory"] and container["resources"]["requests"]["cpu"], f"{name}: no limits")
        if container in pod["containers"]:
            check("readinessProbe" in container and "livenessProbe" in container, f"{name}: is not probed")
    check(pod["automountServiceAccountToken"] is False, f"{name}: has a token of the cluster")

builders = {name: item for name, item in sets.items() if name.startswith("bf-buildkit-")}
for name, item in builders.items():
    (container,) = item["spec"]["template"]["spec"]["containers"]
    variables = {variable["name"]: variable["value"] for variable in container["env"]}
    check(variables == {"BUILDKIT_STEP_LOG_MAX_SIZE": "-1", "BUILDKIT_STEP_LOG_MAX_SPEED": "-1"}, f"{name}: logs are cut off")
    budget = of("PodDisruptionBudget")[name]["spec"]
    check(contains(item["spec"]["template"]["metadata"]["labels"], budget["selector"]["matchLabels"]), f"{name}: no budget")
    check(of("Service")[name]["spec"]["clusterIP"] == "None", f"{name}: its pods have no names")

# Only the coordinator reaches the builders, all of them, on their port alone.
policy = of("NetworkPolicy")["bf-buildkit"]["spec"]
coordinator = sets["bf"]["spec"]["template"]["metadata"]["labels"]
(rule,) = policy["ingress"]
((source,), (port,)) = rule["from"], rule["ports"]
allowed = source["podSelector"]["matchLabels"]
check(policy["policyTypes"] == ["Ingress"] and port["port"] == 1234, "another port is open")
check(list(source) == ["podSelector"] and contains(coordinator, allowed), "the coordinator cannot reach the builders")
for name, item in builders.items():
    labels = item["spec"]["template"]["metadata"]["labels"]
    check(contains(labels, policy["podSelector"]["matchLabels"]), f"{name}: anybody can reach it")
    check(not contains(labels, allowed), f"{name}: builders can reach each other")
check(not contains(coordinator, policy["podSelector"]["matchLabels"]), "nobody can reach the coordinator")

# The backends are the builders.
backends = yaml.safe_load(maps["bf-backends"]["data"]["backends.yaml"])["backends"]
names = [
    f"tcp://{name}-{number}.{name}.{namespace}.svc:1234" for name, item in builders.items() for number in range(item["spec"]["replicas"])
]
check([backend["addr"] for backend in backends] == names, f"backends {backends}, builders {names}")
settings = tomllib.loads(maps["bf-buildkit"]["data"]["buildkitd.toml"])
check("tcp://0.0.0.0:1234" in settings["grpc"]["address"], "builders listen elsewhere")
check(set(settings["grpc"]["tls"]) == {"ca", "cert", "key"}, "builders let in anybody")
check(all(settings["worker"]["oci"]["max-parallelism"] > backend["maxJobs"] for backend in backends), "a job can wait for another one's log")
for name, item in builders.items():
    (container,) = item["spec"]["template"]["spec"]["containers"]
    paths = [mount["mountPath"] for mount in container["volumeMounts"]]
    for file in [*settings["grpc"]["tls"].values(), container["command"][-1]]:
        check(any(file.startswith(path + "/") for path in paths), f"{name}: {file} is nowhere")
coordinator_mounts = [mount["mountPath"] for mount in sets["bf"]["spec"]["template"]["spec"]["containers"][0]["volumeMounts"]]
for backend in backends:
    for file in (backend["tls"][key] for key in ("ca", "cert", "key")):
        check(any(file.startswith(path + "/") for path in coordinator_mounts), f"the coordinator has no {file}")

(folder / "backends.yaml").write_text(maps["bf-backends"]["data"]["backends.yaml"])
(folder / "command").write_text("\n".join(sets["bf"]["spec"]["template"]["spec"]["containers"][0]["command"]))
print("\n".join(faults))
