"""Changes to what containers may do, and to the runtime CLI."""

from change import Append, Swap, compose, in_service, in_workload, kubernetes

CAPABILITIES = '              drop: ["ALL"]\n'
SECCOMP = "        seccompProfile:\n          type: RuntimeDefault\n"
POD = "      containers:\n"
VOLUMES = "      volumes:\n"
SIDECAR = """        - name: logs
          image: fluent/fluent-bit:3.1.4
          resources: {limits: {cpu: 100m, memory: 64Mi}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
"""


def service_line(service, line):
    return in_service(service, "    image:", f"    {line}\n    image:")


def mount(service, entry):
    """A service without volumes gets this one."""
    return service_line(service, f"volumes: [{entry}]")


def pod_line(component, text):
    return in_workload(component, POD, text + POD)


CHANGES = [
    compose("capabilities kept", service_line("api", "cap_drop: []"), {"containers-capabilities-dropped": "fail api"}),
    compose("one capability dropped instead of all", service_line("audit", "cap_drop: [NET_RAW]"), {"containers-capabilities-dropped": "fail audit"}),
    compose("a capability added", service_line("gateway", "cap_add: [NET_ADMIN]"), {"containers-capabilities-dropped": "fail gateway"}),
    compose("low ports for a service that has none", service_line("web", "cap_add: [NET_BIND_SERVICE]"), {"containers-capabilities-dropped": "fail web"}),
    compose("a sixth capability for the database", in_service("postgres", "SETGID, SETUID]", "SETGID, SETUID, SYS_ADMIN]"),
            {"containers-capabilities-dropped": "fail postgres"}),
    compose("the database's capabilities for the cache", service_line("redis", "cap_add: [CHOWN]"), {"containers-capabilities-dropped": "fail redis"}),
    compose("no-new-privileges lost by a list of its own", service_line("sts", "security_opt: []"), {"containers-no-new-privileges": "fail sts"}),
    compose("no-new-privileges switched off", service_line("web", "security_opt: ['no-new-privileges:false']"), {"containers-no-new-privileges": "fail web"}),
    compose("no-new-privileges switched off at the end", service_line("coordinator", "security_opt: [no-new-privileges, 'no-new-privileges=false']"),
            {"containers-no-new-privileges": "fail coordinator"}),
    compose("writable root", service_line("gateway", "read_only: false"), {"containers-read-only-root": "fail gateway"}),
    compose("writable root of the migration", in_service("dbMigrate", "    read_only: true\n", ""), {"containers-read-only-root": "fail migrate"}),
    compose("privileged", service_line("audit", "privileged: true"), {"containers-not-privileged": "fail audit"}),
    compose("network of the host", in_service("replayVolumeInit", "network_mode: none", "network_mode: host"),
            {"containers-host-namespaces": "fail replay-init", "internal-services-bridge-network": "fail replay-init",
             "internal-services-published-ports": "unknown"}, "what it opens there is not published"),
    compose("processes of the host", service_line("sts", "pid: host"), {"containers-host-namespaces": "fail sts"}),
    compose("memory of another service", service_line("coordinator", "ipc: service:api"), {"containers-host-namespaces": "fail coordinator"}),
    compose("users of the host", service_line("web", "userns_mode: host"), {"containers-host-namespaces": "fail web"}),
    compose("engine socket", mount("audit", "'/var/run/docker.sock:/var/run/docker.sock:ro'"), {"containers-container-runtime-socket": "fail audit"}),
    compose("directory of the engine socket", mount("coordinator", "'/run/containerd:/host:ro'"), {"containers-container-runtime-socket": "fail coordinator"}),
    compose("host configuration, writable", mount("audit", "'/etc/ssl:/etc/ssl'"), {"containers-host-paths": "fail audit"}),
    compose("the whole host, read-only", mount("coordinator", "'/:/host:ro'"),
            {"containers-host-paths": "fail coordinator", "containers-container-runtime-socket": "fail coordinator"},
            "the engine's socket lies below"),
    compose("a device", service_line("sts", "devices: [/dev/kvm]"), {"containers-devices": "fail sts"}),
    compose("rules for devices", service_line("api", "device_cgroup_rules: ['c 1:3 rwm']"), {"containers-devices": "fail api"}),
    compose("user root", service_line("api", 'user: "0:0"'), {"containers-non-root": "fail api"}),
    compose("user root by name", service_line("redis", "user: root"), {"containers-non-root": "fail redis"}),
    compose("proxy with the user of its image", in_service("edge", '    user: "1000:1000"\n', ""), {"containers-non-root": "unknown"}),
    compose("no filter of system calls", service_line("gateway", "security_opt: [no-new-privileges, 'seccomp=unconfined']"),
            {"containers-seccomp": "fail gateway"}),
    compose("no AppArmor", service_line("web", "security_opt: [no-new-privileges, 'apparmor:unconfined']"), {"containers-security-modules": "fail web"}),
    compose("no SELinux", service_line("sts", "security_opt: [no-new-privileges, 'label:disable']"), {"containers-security-modules": "fail sts"}),
    compose("kernel setting", service_line("audit", "sysctls: {kernel.msgmax: 65536}"), {"containers-security-modules": "fail audit"}),
    compose("moving tag", in_service("edge", "caddy:2.8.4", "caddy:latest"), {"containers-pinned-images": "fail edge"}),
    compose("no tag", in_service("edge", "caddy:2.8.4", "registry.harbour.test:5000/caddy"), {"containers-pinned-images": "fail edge"}),
    compose("development build", in_service("api", "caracal-node:v${CARACAL_VERSION}", "caracal-node:v1.0.0-dev.3"), {"containers-pinned-images": "fail api"}),
    compose("no bound of memory", service_line("coordinator", "deploy: {resources: {limits: {pids: 64, cpus: '1'}}}"),
            {"containers-resource-limits": "fail coordinator"}),
    compose("management among the commands", Swap("help.txt", "", "  run           Run a workload", "  zone          Manage zones\n  run           Run a workload"),
            {"runtime-cli-no-product-management": "fail installation"}),
    compose("management as a group", Swap("help.txt", "", "Global options", "Admin\n  token         Show tokens\n\nGlobal options"),
            {"runtime-cli-no-product-management": "fail installation"}),
    compose("help of something else", Swap("help.txt", "", "Usage: caracal <command> [options]", "Usage: carabiner [options]"),
            {"runtime-cli-no-product-management": "unknown"}),

    kubernetes("capabilities kept", in_workload("api", CAPABILITIES, "              drop: []\n"), {"containers-capabilities-dropped": "fail api"}),
    kubernetes("capability added", in_workload("gateway", CAPABILITIES, CAPABILITIES + "              add: [SYS_PTRACE]\n"),
               {"containers-capabilities-dropped": "fail gateway"}),
    kubernetes("capabilities of the database for its migration", in_workload("migrate", CAPABILITIES, CAPABILITIES + "              add: [CHOWN]\n"),
               {"containers-capabilities-dropped": "fail migrate"}),
    kubernetes("escalation not denied", in_workload("web", "            allowPrivilegeEscalation: false\n", ""), {"containers-no-new-privileges": "fail web"}),
    kubernetes("escalation allowed", in_workload("auth-migrate", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
               {"containers-no-new-privileges": "fail auth-migrate"}),
    kubernetes("writable root", in_workload("coordinator", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
               {"containers-read-only-root": "fail coordinator"}),
    kubernetes("sidecar with a writable root", in_workload("audit", POD, POD + SIDECAR.replace("readOnlyRootFilesystem: true", "runAsUser: 1000")),
               {"containers-read-only-root": "fail other"}),
    kubernetes("privileged sidecar", in_workload("audit", POD, POD + SIDECAR.replace("readOnlyRootFilesystem", "privileged: true\n            readOnlyRootFilesystem")
                                                 ), {"containers-not-privileged": "fail other"}),
    kubernetes("network of the node", pod_line("sts", "      hostNetwork: true\n"), {"containers-host-namespaces": "fail sts"}),
    kubernetes("processes of the node", pod_line("migrate", "      hostPID: true\n"), {"containers-host-namespaces": "fail migrate"}),
    kubernetes("probe of another host", in_workload("api", "httpGet: {path: /ready, port: http}", "httpGet: {path: /ready, port: http, host: 169.254.169.254}"),
               {"containers-host-namespaces": "fail api"}),
    kubernetes("port of the node", in_workload("web", "              containerPort: 3002\n", "              containerPort: 3002\n              hostPort: 3002\n"),
               {"containers-host-ports": "fail web"}),
    kubernetes("engine socket", in_workload("audit", VOLUMES, VOLUMES + "        - {name: engine, hostPath: {path: /run/containerd/containerd.sock}}\n"),
               {"containers-container-runtime-socket": "fail audit", "containers-host-paths": "fail audit"}, "it is a host path too"),
    kubernetes("host path", in_workload("gateway", VOLUMES, VOLUMES + "        - {name: certificates, hostPath: {path: /usr/share/ca-certificates}}\n"),
               {"containers-host-paths": "fail gateway"}),
    kubernetes("volume type that restricted refuses", in_workload("api", VOLUMES, VOLUMES + "        - {name: shared, nfs: {server: nas.harbour.test, path: /exports}}\n"),
               {"containers-host-paths": "fail api"}),
    kubernetes("pod may be root", in_workload("sts", "        runAsNonRoot: true\n", ""), {"containers-non-root": "fail sts"}),
    kubernetes("container overrides the pod's user", in_workload("web", "            allowPrivilegeEscalation: false\n", "            runAsUser: 0\n            allowPrivilegeEscalation: false\n"),
               {"containers-non-root": "fail web"}),
    kubernetes("no filter of system calls named", in_workload("coordinator", SECCOMP, ""), {"containers-seccomp": "fail coordinator"}),
    kubernetes("filter of system calls off", in_workload("gateway", "          type: RuntimeDefault\n", "          type: Unconfined\n"),
               {"containers-seccomp": "fail gateway"}),
    kubernetes("AppArmor off", in_workload("audit", SECCOMP, SECCOMP + "        appArmorProfile: {type: Unconfined}\n"), {"containers-security-modules": "fail audit"}),
    kubernetes("process file system unmasked", in_workload("sts", "            readOnlyRootFilesystem: true\n", "            readOnlyRootFilesystem: true\n            procMount: Unmasked\n"),
               {"containers-security-modules": "fail sts"}),
    kubernetes("unsafe kernel setting", in_workload("api", SECCOMP, SECCOMP + "        sysctls: [{name: kernel.shm_rmid_forced, value: '1'}, {name: net.core.somaxconn, value: '1024'}]\n"),
               {"containers-security-modules": "fail api"}),
    kubernetes("account token mounted", in_workload("web", "automountServiceAccountToken: false", "automountServiceAccountToken: true"),
               {"containers-service-account-token": "fail web"}),
    kubernetes("account token mounted by silence",
               (in_workload("auth-migrate", "      automountServiceAccountToken: false\n", ""),
                in_workload("auth-migrate", "serviceAccountName: harbour-caracal", "serviceAccountName: default")),
               {"containers-service-account-token": "fail auth-migrate"}),
    kubernetes("moving tag", in_workload("audit", ":v1.0.0", ":edge"), {"containers-pinned-images": "fail audit"}),
    kubernetes("no tag", in_workload("gateway", ":v1.0.0", ""), {"containers-pinned-images": "fail gateway"}),
    kubernetes("release not given", in_workload("audit", ":v1.0.0", ":v"), {"containers-pinned-images": "unknown"}),
    kubernetes("no bound of memory", in_workload("web", 'limits: {cpu: "1", memory: 768Mi}', 'limits: {cpu: "1"}'), {"containers-resource-limits": "fail web"}),
    kubernetes("a pod of its own that is root with everything",
               Append("kubernetes/api.yaml", """apiVersion: v1
kind: Pod
metadata:
  name: harbour-debug
  namespace: harbour
  labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: harbour, app.kubernetes.io/component: debug}
spec:
  automountServiceAccountToken: false
  containers:
    - name: shell
      image: busybox:1.37.0
      resources: {limits: {cpu: 100m, memory: 64Mi}}
"""), {"containers-capabilities-dropped": "fail other", "containers-no-new-privileges": "fail other",
       "containers-read-only-root": "fail other", "containers-non-root": "fail other", "containers-seccomp": "fail other"},
               "nothing of it is hardened"),
]
