"""Tests of scripts/lib/check_k8s.py: manifests that keep every rule, and one broken rule at a time."""
import sys
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lib"))
import check_k8s  # noqa: E402

GOOD = (ROOT / "tests" / "data" / "k8s" / "good.yaml").read_text(encoding="utf-8")

# (level, what is wrong, text of the good manifests, what stands there instead)
BROKEN = [
    (
        "must",
        "privileged container",
        "allowPrivilegeEscalation: false",
        "allowPrivilegeEscalation: false\n            privileged: true",
    ),
    ("must", "escalation allowed", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
    ("must", "runs as root", "runAsNonRoot: true", "runAsNonRoot: false"),
    ("must", "uid 0", "runAsUser: 65532", "runAsUser: 0"),
    ("must", "keeps capabilities", "{drop: [ALL]}", "{drop: [CHOWN]}"),
    ("must", "adds a capability", "{drop: [ALL]}", "{drop: [ALL], add: [SYS_ADMIN]}"),
    ("must", "no seccomp", "seccompProfile: {type: RuntimeDefault}", "seccompProfile: {type: Unconfined}"),
    ("must", "writable root", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
    ("must", "host network", "serviceAccountName: till", "serviceAccountName: till\n      hostNetwork: true"),
    ("must", "host path", "secret: {secretName: till-key}", "hostPath: {path: /}"),
    ("must", "host port", "containerPort: 9100}", "containerPort: 9100, hostPort: 9100}"),
    ("should", "namespace not restricted", "enforce: restricted", "enforce: baseline"),
    ("should", "low uid", "runAsUser: 65532", "runAsUser: 999"),
    ("must", "default account", "serviceAccountName: till", "serviceAccountName: default"),
    ("must", "unknown account", "serviceAccountName: till", "serviceAccountName: cellar"),
    ("must", "token mounted", "automountServiceAccountToken: false", "automountServiceAccountToken: true"),
    ("must", "no CPU request", "cpu: 100m, ", ""),
    ("must", "no memory limit", "limits: {memory: 64Mi, ", "limits: {"),
    ("should", "memory limit above request", "limits: {memory: 64Mi", "limits: {memory: 128Mi"),
    ("must", "moving tag", "till:1.2.3", "till:latest"),
    ("must", "no tag, registry with a port", "till:1.2.3", "registry:5000/till"),
    ("must", "readiness is liveness", "path: /readyz", "path: /livez"),
    ("must", "probe of an undeclared port", "{path: /readyz, port: http-ops}", "{path: /readyz, port: 9999}"),
    (
        "must",
        "probe by exec",
        "readinessProbe:\n            httpGet: {path: /readyz, port: http-ops}",
        "readinessProbe:\n            exec: {command: [ready]}",
    ),
    ("must", "grace too short", "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 15"),
    ("must", "no preStop", "preStop:\n              sleep: {seconds: 5}", "{}"),
    ("should", "preStop by exec", "sleep: {seconds: 5}", "exec: {command: [sleep, '5']}"),
    ("must", "service of type NodePort", "clusterIP: None", "clusterIP: None\n  type: NodePort"),
    ("must", "gRPC through a virtual address", "clusterIP: None", "clusterIP: 10.0.0.7"),
    (
        "must",
        "service selects nothing",
        "selector: {app.kubernetes.io/name: till}",
        "selector: {app.kubernetes.io/name: cellar}",
    ),
    ("must", "service leads to no port", "targetPort: grpc", "targetPort: smtp"),
    ("must", "one replica", "minReplicas: 2", "minReplicas: 1"),
    ("must", "fixed replicas beside an autoscaler", "  strategy:", "  replicas: 3\n  strategy:"),
    ("must", "autoscaler of nothing", "kind: Deployment, name: till}", "kind: Deployment, name: cellar}"),
    ("must", "budget lets nobody go", "maxUnavailable: 1", "maxUnavailable: 0"),
    ("should", "budget keeps sick pods", "AlwaysAllow", "IfHealthyBudget"),
    (
        "must",
        "budget of other pods",
        "AlwaysAllow\n  selector:\n    matchLabels: {app.kubernetes.io/name: till}",
        "AlwaysAllow\n  selector:\n    matchLabels: {app.kubernetes.io/name: cellar}",
    ),
    (
        "must",
        "rollout takes pods away",
        "rollingUpdate: {maxUnavailable: 0}",
        "rollingUpdate: {maxUnavailable: 1}",
    ),
    (
        "must",
        "pods not spread",
        "topologySpreadConstraints:\n        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, "
        "whenUnsatisfiable: ScheduleAnyway}",
        "topologySpreadConstraints: []",
    ),
    ("must", "nothing denied by default", "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]"),
    ("should", "DNS denied", "port: 53", "port: 54"),
    ("should", "egress to anywhere", "- namespaceSelector: {}", "- ipBlock: {cidr: 0.0.0.0/0}"),
    ("must", "secret in the environment", "LIMPID_INTERNAL_KEY_FILE", "LIMPID_INTERNAL_KEY"),
    ("must", "name set twice", "LIMPID_GATEWAY_OPS_ADDR", "LIMPID_GATEWAY_GRPC_ADDR"),
    ("must", "secret missing", "secretName: till-key", "secretName: cellar-key"),
    ("must", "listens where nothing is declared", "0.0.0.0:9100", "0.0.0.0:9101"),
    ("must", "old apiVersion", "autoscaling/v2", "autoscaling/v2beta2"),
    (
        "must",
        "namespace default",
        "kind: Service\nmetadata: {name: till, namespace: shop}",
        "kind: Service\nmetadata: {name: till}",
    ),
    ("should", "nobody reads its metrics", 'prometheus.io/scrape: "true"', 'prometheus.io/scrape: "false"'),
    ("should", "labels missing", ", app.kubernetes.io/part-of: shop", ""),
]


def check(text: str, settings=None) -> list[check_k8s.Finding]:
    return check_k8s.check(list(yaml.safe_load_all(text)), settings)


class CheckK8sTest(unittest.TestCase):
    def test_good_manifests_have_no_finding(self):
        self.assertEqual([], check(GOOD))

    def test_each_broken_rule_is_found_at_its_level(self):
        for level, name, good, bad in BROKEN:
            with self.subTest(name):
                self.assertIn(good, GOOD)
                findings = check(GOOD.replace(good, bad, 1))
                self.assertIn(level, [finding.level for finding in findings], findings)

    def test_a_setting_that_the_program_does_not_list_is_found(self):
        listed = {"LIMPID_GATEWAY_GRPC_ADDR", "LIMPID_GATEWAY_OPS_ADDR", "LIMPID_INTERNAL_KEY_FILE"}
        self.assertEqual([], check(GOOD, {"gateway": listed}))
        self.assertEqual(1, len(check(GOOD, {"gateway": listed - {"LIMPID_INTERNAL_KEY_FILE"}})))


if __name__ == "__main__":
    unittest.main()
