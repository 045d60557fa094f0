#!/usr/bin/env python3
"""Checks rendered Kubernetes manifests against the rules that we hold ourselves to.

usage: kubectl kustomize DIR | scripts/lib/check_k8s.py [--settings NAMES_FILE]

The rules restate the restricted Pod Security Standard, what kube-linter, kube-score and kubescape ask for, and some of
our own. `must` findings fail the check, and so do more than three `should` findings.
With --settings each LIMPID_ name that a container sets must be one that its program lists; the file holds a line
`PROGRAM NAME` for each.
"""
import argparse
import re
import sys
from typing import Callable, Iterator, NamedTuple

import yaml

MAX_SHOULD = 3
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
VOLUME_TYPES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}
API_VERSIONS = {
    "Deployment": "apps/v1",
    "StatefulSet": "apps/v1",
    "DaemonSet": "apps/v1",
    "Job": "batch/v1",
    "CronJob": "batch/v1",
    "PodDisruptionBudget": "policy/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "NetworkPolicy": "networking.k8s.io/v1",
    "Ingress": "networking.k8s.io/v1",
    "Role": "rbac.authorization.k8s.io/v1",
    "RoleBinding": "rbac.authorization.k8s.io/v1",
    "ClusterRole": "rbac.authorization.k8s.io/v1",
    "ClusterRoleBinding": "rbac.authorization.k8s.io/v1",
}
LABEL_VALUE = re.compile(r"^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$")
SECRET_NAME = re.compile(r"(PASSWORD|SECRET|TOKEN|API_?KEY|_KEY|DATABASE_URL|REDIS_URL)$")


class Finding(NamedTuple):
    level: str
    where: str
    text: str


class Workload:
    """A Deployment, StatefulSet or job with the parts that most rules look at."""

    def __init__(self, document: dict):
        self.document = document
        self.kind = document["kind"]
        self.name = document["metadata"]["name"]
        self.where = f"{self.kind}/{self.name}"
        self.spec = document["spec"]
        holder = self.spec["jobTemplate"]["spec"] if self.kind == "CronJob" else self.spec
        self.labels = holder["template"].get("metadata", {}).get("labels", {})
        self.annotations = holder["template"].get("metadata", {}).get("annotations", {})
        self.pod = holder["template"]["spec"]
        self.pod_security = self.pod.get("securityContext", {})
        self.containers = self.pod.get("initContainers", []) + self.pod.get("containers", [])

    def security(self, container: dict, key: str):
        """A security setting of a container, or the pod's where the container has none."""
        return container.get("securityContext", {}).get(key, self.pod_security.get(key))


class Manifests:
    """All documents of one rendering."""

    def __init__(self, documents: list[dict]):
        self.documents = [document for document in documents if document]
        self.workloads = [Workload(document) for document in self.of_kind(*WORKLOADS)]

    def of_kind(self, *kinds: str) -> list[dict]:
        return [document for document in self.documents if document["kind"] in kinds]

    def names(self, kind: str) -> set[str]:
        return {document["metadata"]["name"] for document in self.of_kind(kind)}


def selects(selector: dict, labels: dict) -> bool:
    """Whether a label selector, with matchLabels and matchExpressions, selects these labels."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for expression in selector.get("matchExpressions", []):
        value, operator, values = (
            labels.get(expression["key"]),
            expression["operator"],
            expression.get("values", []),
        )
        fits = {
            "In": value in values,
            "NotIn": value not in values,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }
        if not fits[operator]:
            return False
    return True


def where(document: dict) -> str:
    return f'{document["kind"]}/{document["metadata"]["name"]}'


def pod_security(manifests: Manifests) -> Iterator[Finding]:
    for load in manifests.workloads:
        for flag in ("hostNetwork", "hostPID", "hostIPC"):
            if load.pod.get(flag):
                yield Finding("must", load.where, f"{flag} is on")
        for volume in load.pod.get("volumes", []):
            if not VOLUME_TYPES & volume.keys():
                yield Finding(
                    "must",
                    load.where,
                    f'volume {volume["name"]} is of a type that the restricted profile forbids',
                )
        if load.pod_security.get("sysctls"):
            yield Finding("must", load.where, "sets sysctls")
        for container in load.containers:
            context = container.get("securityContext", {})
            place = f'{load.where}/{container["name"]}'
            if context.get("privileged"):
                yield Finding("must", place, "privileged")
            if context.get("allowPrivilegeEscalation") is not False:
                yield Finding("must", place, "allowPrivilegeEscalation is not false")
            if (
                load.security(container, "runAsNonRoot") is not True
                or load.security(container, "runAsUser") == 0
            ):
                yield Finding("must", place, "may run as root")
            capabilities = context.get("capabilities", {})
            if "ALL" not in capabilities.get("drop", []) or set(capabilities.get("add", [])) - {
                "NET_BIND_SERVICE"
            }:
                yield Finding("must", place, "does not drop all capabilities")
            if (load.security(container, "seccompProfile") or {}).get("type") not in (
                "RuntimeDefault",
                "Localhost",
            ):
                yield Finding("must", place, "no seccomp profile")
            if context.get("readOnlyRootFilesystem") is not True:
                yield Finding("must", place, "the root file system is writable")
            if context.get("procMount", "Default") != "Default":
                yield Finding("must", place, "procMount is not Default")
            for key in ("runAsUser", "runAsGroup"):
                if (load.security(container, key) or 0) < 10000:
                    yield Finding("should", place, f"{key} is below 10000")
            for port in container.get("ports", []):
                if port.get("hostPort"):
                    yield Finding("must", place, f'host port {port["hostPort"]}')
                if port["containerPort"] <= 1024:
                    yield Finding("should", place, f'port {port["containerPort"]} is privileged')
    for namespace in manifests.of_kind("Namespace"):
        if namespace["metadata"].get("labels", {}).get("pod-security.kubernetes.io/enforce") != "restricted":
            yield Finding("should", where(namespace), "does not enforce the restricted profile")


def identity(manifests: Manifests) -> Iterator[Finding]:
    accounts = [load.pod.get("serviceAccountName") for load in manifests.workloads]
    for load in manifests.workloads:
        account = load.pod.get("serviceAccountName", "default")
        if account == "default" or accounts.count(account) > 1:
            yield Finding("must", load.where, "has no service account of its own")
        elif account not in manifests.names("ServiceAccount"):
            yield Finding("must", load.where, f"service account {account} is not among the manifests")
        if load.pod.get("automountServiceAccountToken") is not False:
            yield Finding("must", load.where, "mounts the token of its service account")
    for role in manifests.of_kind("Role", "ClusterRole"):
        for rule in role.get("rules", []):
            if "*" in rule.get("verbs", []) + rule.get("resources", []) or "secrets" in rule.get(
                "resources", []
            ):
                yield Finding("must", where(role), "grants wildcards or secrets")
    for binding in manifests.of_kind("RoleBinding", "ClusterRoleBinding"):
        if binding["roleRef"]["name"] == "cluster-admin":
            yield Finding("must", where(binding), "binds cluster-admin")


def resources_and_image(manifests: Manifests) -> Iterator[Finding]:
    for load in manifests.workloads:
        for container in load.containers:
            place = f'{load.where}/{container["name"]}'
            requests = container.get("resources", {}).get("requests", {})
            limits = container.get("resources", {}).get("limits", {})
            if "cpu" not in requests:
                yield Finding("must", place, "no CPU request")
            if "memory" not in requests or "memory" not in limits:
                yield Finding("must", place, "no memory request and limit")
            elif requests["memory"] != limits["memory"]:
                yield Finding("should", place, "memory request and limit differ")
            if "ephemeral-storage" not in requests or "ephemeral-storage" not in limits:
                yield Finding("should", place, "no ephemeral-storage request and limit")
            image = container["image"]
            tag = image.rsplit("/", 1)[-1].partition(":")[2]
            if "@sha256:" not in image and tag in ("", "latest"):
                yield Finding("must", place, f"image {image} has no fixed tag")
            if "imagePullPolicy" not in container:
                yield Finding("should", place, "no imagePullPolicy")


def probes(manifests: Manifests) -> Iterator[Finding]:
    for load in manifests.workloads:
        if load.kind in ("Job", "CronJob"):
            continue
        for container in load.pod["containers"]:
            place = f'{load.where}/{container["name"]}'
            declared = {port.get("name") for port in container.get("ports", [])}
            declared |= {port["containerPort"] for port in container.get("ports", [])}
            ready, live = container.get("readinessProbe"), container.get("livenessProbe")
            if not ready or not live:
                yield Finding("must", place, "readiness or liveness probe missing")
            elif ready == live or ("httpGet" in ready and ready["httpGet"] == live.get("httpGet")):
                yield Finding("must", place, "readiness and liveness ask the same")
            for probe in (ready, live, container.get("startupProbe")):
                if not probe:
                    continue
                if "exec" in probe or "grpc" in probe:
                    yield Finding("must", place, "a probe by exec or gRPC")
                port = (probe.get("httpGet") or probe.get("tcpSocket") or {}).get("port")
                if port is not None and port not in declared:
                    yield Finding("must", place, f"a probe asks port {port}, which is not declared")
            if "startupProbe" not in container and not (live or {}).get("initialDelaySeconds"):
                yield Finding("should", place, "no startup probe")


def shutdown(manifests: Manifests) -> Iterator[Finding]:
    for load in manifests.workloads:
        if load.kind in ("Job", "CronJob"):
            continue
        grace = load.pod.get("terminationGracePeriodSeconds", 30)
        for container in load.pod["containers"]:
            place = f'{load.where}/{container["name"]}'
            before = container.get("lifecycle", {}).get("preStop", {})
            if not before:
                yield Finding("must", place, "no preStop")
            if "exec" in before:
                yield Finding("should", place, "preStop by exec needs a shell in the image")
            if grace <= before.get("sleep", {}).get("seconds", 0) + 10:
                yield Finding(
                    "must", place, f"a grace period of {grace} s leaves less than 10 s after preStop"
                )


def services(manifests: Manifests) -> Iterator[Finding]:
    for load in manifests.workloads:
        if "selector" in load.spec and not selects(load.spec["selector"], load.labels):
            yield Finding("must", load.where, "the selector does not match the template's labels")
    for service in manifests.of_kind("Service"):
        spec = service["spec"]
        if spec.get("type", "ClusterIP") != "ClusterIP":
            yield Finding("must", where(service), f'type {spec["type"]}')
        behind = [
            load
            for load in manifests.workloads
            if selects({"matchLabels": spec.get("selector", {})}, load.labels)
        ]
        if not behind or not spec.get("selector"):
            yield Finding("must", where(service), "selects no pod")
        declared = {
            value
            for load in behind
            for container in load.containers
            for port in container.get("ports", [])
            for value in (port.get("name"), port["containerPort"])
        }
        for port in spec["ports"]:
            if port.get("targetPort", port["port"]) not in declared:
                yield Finding("must", where(service), f'port {port["port"]} leads to no container port')
            if not port.get("appProtocol") and not re.match(r"grpc|http|metrics", port.get("name", "")):
                yield Finding("should", where(service), f'port {port["port"]} does not say its protocol')
            if port.get("name", "").startswith("grpc") and spec.get("clusterIP") != "None":
                yield Finding("must", where(service), "serves gRPC and is not headless")


def availability(manifests: Manifests) -> Iterator[Finding]:
    scaled = {
        scaler["spec"]["scaleTargetRef"]["name"]: scaler
        for scaler in manifests.of_kind("HorizontalPodAutoscaler")
    }
    for name, scaler in scaled.items():
        target = [load for load in manifests.workloads if load.name == name]
        if not target:
            yield Finding("must", where(scaler), f"scales {name}, which is not there")
        elif "replicas" in target[0].spec:
            yield Finding("must", target[0].where, "has fixed replicas and an autoscaler")
    for load in manifests.workloads:
        if load.kind not in ("Deployment", "StatefulSet"):
            continue
        # A store with a volume for each replica, or none but one replica by nature, is not made safer by a second copy
        # that knows nothing of the first: for StatefulSets the number is the author's business.
        replicas = (
            scaled[load.name]["spec"].get("minReplicas", 1)
            if load.name in scaled
            else load.spec.get("replicas", 1)
        )
        if load.kind == "Deployment" and replicas < 2:
            yield Finding("must", load.where, "fewer than two replicas")
        budgets = [
            b
            for b in manifests.of_kind("PodDisruptionBudget")
            if selects(b["spec"].get("selector", {}), load.labels)
        ]
        if not budgets:
            yield Finding("must", load.where, "no disruption budget")
        for budget in budgets:
            if budget["spec"].get("maxUnavailable") in (0, "0%") or str(
                budget["spec"].get("minAvailable")
            ) in ("100%", str(replicas)):
                yield Finding("must", where(budget), "lets no pod go")
            if budget["spec"].get("unhealthyPodEvictionPolicy") != "AlwaysAllow":
                yield Finding("should", where(budget), "unhealthyPodEvictionPolicy is not AlwaysAllow")
        if not load.pod.get("topologySpreadConstraints") and "podAntiAffinity" not in load.pod.get(
            "affinity", {}
        ):
            yield Finding("must", load.where, "nothing spreads its pods")
        if load.kind == "Deployment":
            strategy = load.spec.get("strategy", {})
            if (
                strategy.get("type") != "RollingUpdate"
                or strategy.get("rollingUpdate", {}).get("maxUnavailable") != 0
            ):
                yield Finding(
                    "must", load.where, "a rolling update may take away a pod before its successor is ready"
                )
            urls = [
                entry.get("value", "") for container in load.containers for entry in container.get("env", [])
            ]
            if any(url.startswith("sqlite:") for url in urls):
                yield Finding(
                    "should", load.where, "SQLite belongs to one writer: a StatefulSet with a volume"
                )


def network(manifests: Manifests) -> Iterator[Finding]:
    policies = manifests.of_kind("NetworkPolicy")
    namespaces = {
        document["metadata"].get("namespace")
        for document in manifests.documents
        if document["kind"] in WORKLOADS
    }
    for namespace in namespaces:
        denies = [
            policy
            for policy in policies
            if policy["metadata"].get("namespace") == namespace
            and policy["spec"]["podSelector"] == {}
            and set(policy["spec"].get("policyTypes", [])) == {"Ingress", "Egress"}
            and not policy["spec"].get("ingress")
            and not policy["spec"].get("egress")
        ]
        if not denies:
            yield Finding("must", f"Namespace/{namespace}", "no policy that denies all by default")
    for load in manifests.workloads:
        for direction in ("Ingress", "Egress"):
            if not any(
                selects(p["spec"]["podSelector"], load.labels)
                and direction in p["spec"].get("policyTypes", [])
                for p in policies
            ):
                yield Finding("must", load.where, f"no policy for {direction.lower()}")
        dns = [
            rule
            for policy in policies
            if selects(policy["spec"]["podSelector"], load.labels)
            for rule in policy["spec"].get("egress", [])
            for port in rule.get("ports", [])
            if port.get("port") == 53
        ]
        if not dns:
            yield Finding("should", load.where, "may not ask DNS")
    for policy in policies:
        if policy["spec"]["podSelector"] and not any(
            selects(policy["spec"]["podSelector"], load.labels) for load in manifests.workloads
        ):
            yield Finding("must", where(policy), "selects no pod")
        for rule in policy["spec"].get("egress", []):
            for peer in rule.get("to", [{"ipBlock": {"cidr": "0.0.0.0/0"}}]):
                block = peer.get("ipBlock", {})
                if block.get("cidr") in ("0.0.0.0/0", "::/0") and "10.0.0.0/8" not in block.get("except", []):
                    yield Finding("should", where(policy), "egress to anywhere includes private addresses")


def secrets_and_settings(manifests: Manifests) -> Iterator[Finding]:
    for config in manifests.of_kind("ConfigMap"):
        for key in config.get("data", {}):
            if SECRET_NAME.search(key.upper()):
                yield Finding("must", where(config), f"{key} looks like a secret")
    for load in manifests.workloads:
        for container in load.containers:
            place = f'{load.where}/{container["name"]}'
            names = [entry["name"] for entry in container.get("env", [])]
            for name in sorted({name for name in names if names.count(name) > 1}):
                yield Finding("must", place, f"{name} is set twice")
            for entry in container.get("env", []):
                if SECRET_NAME.search(entry["name"]) and "value" in entry:
                    yield Finding("must", place, f'{entry["name"]} holds a secret in the environment')
                if "secretKeyRef" in entry.get("valueFrom", {}):
                    yield Finding(
                        "should",
                        place,
                        f'{entry["name"]} takes a secret into the environment; mount it as a file',
                    )
        for kind, name in references(load.pod):
            if name not in manifests.names(kind):
                yield Finding("must", load.where, f"{kind} {name} is not among the manifests")


def references(pod: dict) -> Iterator[tuple[str, str]]:
    """Lists the ConfigMaps and Secrets that a pod needs."""
    for volume in pod.get("volumes", []):
        sources = volume.get("projected", {}).get("sources", []) + [volume]
        for source in sources:
            for key, kind in (("secret", "Secret"), ("configMap", "ConfigMap")):
                found = source.get(key)
                if found and not found.get("optional"):
                    yield kind, found.get("secretName", found.get("name"))
    for container in pod.get("containers", []):
        for entry in container.get("env", []):
            for key, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
                found = entry.get("valueFrom", {}).get(key)
                if found and not found.get("optional"):
                    yield kind, found["name"]


def listening(manifests: Manifests) -> Iterator[Finding]:
    """What a process is told to listen on is what its container declares, and the other way round."""
    for load in manifests.workloads:
        for container in load.containers:
            told = {
                int(entry["value"].rpartition(":")[2])
                for entry in container.get("env", [])
                if re.fullmatch(r"LIMPID_\w+_ADDR", entry["name"])
            }
            declared = {port["containerPort"] for port in container.get("ports", [])}
            if told and told != declared:
                yield Finding(
                    "must",
                    f'{load.where}/{container["name"]}',
                    f"listens on {sorted(told)}, declares {sorted(declared)}",
                )


def hygiene(manifests: Manifests) -> Iterator[Finding]:
    for document in manifests.documents:
        kind, metadata = document["kind"], document["metadata"]
        if document["apiVersion"] != API_VERSIONS.get(kind, document["apiVersion"]):
            yield Finding("must", where(document), f'apiVersion {document["apiVersion"]} is not current')
        if (
            kind not in ("Namespace", "ClusterRole", "ClusterRoleBinding")
            and metadata.get("namespace", "default") == "default"
        ):
            yield Finding("must", where(document), "is in the namespace default")
        for key, value in metadata.get("labels", {}).items():
            if not LABEL_VALUE.match(str(value)):
                yield Finding("must", where(document), f"label {key} has an invalid value")
    for load in manifests.workloads:
        if "app.kubernetes.io/name" not in load.labels or "app.kubernetes.io/part-of" not in load.labels:
            yield Finding("should", load.where, "lacks the labels name and part-of")
        if load.kind == "CronJob" and (
            load.spec.get("concurrencyPolicy") != "Forbid" or "startingDeadlineSeconds" not in load.spec
        ):
            yield Finding("should", load.where, "no deadline to start by, or runs beside itself")
        if (
            load.kind == "Job"
            and not {"ttlSecondsAfterFinished", "activeDeadlineSeconds"} <= load.spec.keys()
        ):
            yield Finding("should", load.where, "no time to live or no deadline")
        if (
            load.kind in ("Deployment", "StatefulSet")
            and load.annotations.get("prometheus.io/scrape") != "true"
        ):
            yield Finding("should", load.where, "nobody reads its metrics")


RULES: list[Callable[[Manifests], Iterator[Finding]]] = [
    pod_security,
    identity,
    resources_and_image,
    probes,
    shutdown,
    services,
    availability,
    network,
    secrets_and_settings,
    listening,
    hygiene,
]


def unknown_settings(manifests: Manifests, known: dict[str, set[str]]) -> Iterator[Finding]:
    """Names that the container's program does not list: it would refuse to start on them."""
    for load in manifests.workloads:
        for container in load.containers:
            program = (container.get("command") or [""])[0]
            for entry in container.get("env", []):
                if (
                    program in known
                    and entry["name"].startswith("LIMPID_")
                    and entry["name"] not in known[program]
                ):
                    yield Finding(
                        "must",
                        f'{load.where}/{container["name"]}',
                        f'{entry["name"]} is no setting of {program}',
                    )


def check(documents: list[dict], known_settings: dict[str, set[str]] | None = None) -> list[Finding]:
    manifests = Manifests(documents)
    findings = [finding for rule in RULES for finding in rule(manifests)]
    return sorted(findings + list(unknown_settings(manifests, known_settings or {})))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--settings", help="file with the settings of each program")
    arguments = parser.parse_args()
    known: dict[str, set[str]] = {}
    if arguments.settings:
        with open(arguments.settings, encoding="utf-8") as lines:
            for line in lines:
                program, name = line.split()
                known.setdefault(program, set()).add(name)
    findings = check(list(yaml.safe_load_all(sys.stdin)), known)
    for finding in findings:
        print(f"{finding.level}: {finding.where}: {finding.text}")
    must = sum(finding.level == "must" for finding in findings)
    should = len(findings) - must
    print(f"{must} must, {should} should (at most {MAX_SHOULD})")
    return 1 if must or should > MAX_SHOULD else 0


if __name__ == "__main__":
    sys.exit(main())
