"""Random Compose projects: the program's verdicts are those that compose-go's model of them gives.

compose-go comes from the Go module proxy, at the version of tests/support/compose_go/go.mod. More projects:
COMPLIANCE_RANDOM_PROJECTS=3000."""

import json
import os
import random
import shutil
import subprocess
import unittest

from support import SOURCE, EndToEnd, check_json, statuses

ORACLE = SOURCE / "tests" / "support" / "compose_go"
COUNT = int(os.environ.get("COMPLIANCE_RANDOM_PROJECTS", "150"))
SEED = int(os.environ.get("COMPLIANCE_RANDOM_SEED", "20261130"))
IMAGE = "example/caracal-node:v2026.06.22-rc.1"
NAMESPACES = ("pid", "ipc", "network_mode", "uts", "cgroup", "userns_mode")
CHECKS = ("containers-not-privileged", "containers-host-namespaces", "containers-read-only-root",
          "containers-no-new-privileges", "containers-capabilities-dropped", "containers-container-runtime-socket",
          "internal-services-published-ports", "published-mode-caracal-mode")

# Values of each key as YAML; None is null.
VALUES = {
    "privileged": ["true", "false", None], "read_only": ["true", "false", None],
    **{key: ["host", "private" if key == "cgroup" else '""', None] for key in NAMESPACES},
    "cap_add": ["[NET_ADMIN]", "[SYS_TIME]", "[]", None], "cap_drop": ["[ALL]", "[CHOWN]", "[]", None],
    "security_opt": ['["no-new-privileges:true"]', '["no-new-privileges:false"]', "[]", None],
    "ports": ['["3000:3000"]', '["127.0.0.1:3001:3001"]', "[]", None],
    "volumes": ['["/var/run/docker.sock:/s"]', '["./data:/s"]', '["./data:/d"]', "[]", None],
    "environment": ["{CARACAL_MODE: dev}", "[CARACAL_MODE=stable]", "{CARACAL_MODE: }", "{CARACAL_MODE: !reset null}",
                    "[OTHER=1]", None],
    "env_file": ["a.env", "[b.env]", "[./a.env, b.env]", "[b.env, a.env]", "[sub/a.env]"],
}


def setting(chance):
    """One line `KEY: VALUE`, now and then with a tag."""
    key = chance.choice(list(VALUES))
    # Compose refuses a null that nothing stands behind, so most of them would make no comparison.
    value = chance.choice([value for value in VALUES[key] if value is not None or chance.random() < 0.15])
    tag = chance.choice(["", "", "", "", "!reset ", "!override "])
    if tag and value is None:
        value = "null"
    return key, tag + ("" if value is None else value)


def settings(chance, count):
    return dict(setting(chance) for _ in range(count))


def mapping(values):
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


def service(chance, anchors=(), bases=(), whole=True):
    """A service as one line of YAML."""
    values = settings(chance, chance.randint(0, 4))
    if whole:
        values = {key: value for key, value in values.items() if value or chance.random() < 0.1}
        values["image"] = IMAGE
    if anchors and chance.random() < 0.4:
        values["<<"] = chance.choice(anchors)
    if bases and chance.random() < 0.6:
        values["extends"] = chance.choice(bases)
    if chance.random() < 0.1:
        values["pre_start"] = "[" + mapping({key: value for key, value in settings(chance, 2).items()
                                             if key not in ("ports",)}) + "]"
    return mapping(values)


def project(chance):
    """Texts by name of file, and the names of the main files in order."""
    files = {"a.env": "CARACAL_MODE=dev\n", "b.env": "CARACAL_MODE=stable\n", "sub/a.env": "CARACAL_MODE=rc\n",
             "sub/b.env": "CARACAL_MODE=test\n"}
    files["sub/base.yml"] = (f"services:\n  init: {service(chance)}\n"
                             f"  base: {service(chance, bases=['init', '{service: init}'])}\n")
    anchors = [f"x-{name}: &{name} {mapping(settings(chance, 2))}\n" for name in ("m", "n")]
    bases = ["{file: sub/base.yml, service: base}", "{file: sub/base.yml, service: init}", "sts"]
    text = "".join(anchors)
    if chance.random() < 0.2:
        files["inc.yml"] = f"services:\n  api: {service(chance)}\n  gateway: {service(chance)}\n"
        text = "include: [inc.yml]\n" + text
    text += (f"services:\n  sts: {service(chance, ['*m', '*n'])}\n"
             f"  api: {service(chance, ['*m', '*n', '[*m, *n]'], bases)}\n")
    if chance.random() < 0.2:
        text += f"---\nservices:\n  api: {service(chance, whole=False)}\n"
    files["compose.yaml"] = text
    names = ["compose.yaml"]
    for number in range(chance.randint(0, 2)):
        name = f"compose.{number}.yaml"
        files[name] = (f"x-m: &m {mapping(settings(chance, 2))}\nservices:\n"
                       f"  api: {service(chance, ['*m'], bases[:2], whole=False)}\n")
        names.append(name)
    return files, names


def verdicts(containers):
    """What the checks have to say about compose-go's model."""
    def no_new_privileges(container):
        stated = [option for option in container["Options"] or [] if option.startswith("no-new-privileges")]
        return bool(stated) and stated[-1].endswith("true")

    def on_host(container):
        return container["Namespaces"][NAMESPACES.index("network_mode")] == "host"

    def worst(bad):
        return "fail" if any(bad(name, container) for name, container in containers.items()) else "pass"

    return {
        "containers-not-privileged": worst(lambda _, c: c["Privileged"]),
        "containers-host-namespaces": worst(lambda _, c: "host" in c["Namespaces"]),
        "containers-read-only-root": worst(lambda _, c: not c["ReadOnly"]),
        "containers-no-new-privileges": worst(lambda _, c: not no_new_privileges(c)),
        "containers-capabilities-dropped": worst(lambda _, c: "ALL" not in (c["CapDrop"] or []) or c["CapAdd"]),
        "containers-container-runtime-socket": worst(
            lambda _, c: any("docker.sock" in source for source in c["Sources"] or [])),
        # With the host's network the ports that a service opens are not declared.
        "internal-services-published-ports": (
            worst(lambda _, c: any(host != "127.0.0.1" for host in c["Hosts"] or []) and not on_host(c))
            .replace("pass", "unknown" if any(map(on_host, containers.values())) else "pass")),
        "published-mode-caracal-mode": worst(lambda _, c: c["Mode"] not in (None, "", "stable", "rc")),
    }


@unittest.skipUnless(shutil.which("go"), "no Go toolchain: compose-go cannot be built")
class ComposeGo(EndToEnd):
    def oracle(self):
        """The built oracle, or a skip where its modules cannot be fetched."""
        path = self.directory / "oracle"
        built = subprocess.run(["go", "build", "-buildvcs=false", "-o", path, "."], cwd=ORACLE, capture_output=True,
                               text=True, timeout=280)
        if built.returncode != 0:
            self.skipTest(f"compose-go cannot be built: {built.stderr.strip().splitlines()[-1:]}")
        return path

    def test_verdicts_are_those_of_compose_go(self):
        oracle, chance, directories = self.oracle(), random.Random(SEED), []
        for number in range(COUNT):
            files, names = project(chance)
            for name, text in files.items():
                self.write(f"{number}/{name}", text)
            directories.append((self.write(f"{number}/files", "\n".join(names)).parent, names))
        done = subprocess.run([oracle, *(path for path, _ in directories)], capture_output=True, text=True, timeout=280)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(answers), COUNT, done.stderr)
        differences, judged = [], 0
        for (path, names), answer in zip(directories, answers):
            report, _ = check_json("--offline", *(f"--compose={path / name}" for name in names),
                                   *(f"--check={check}" for check in CHECKS))
            seen = statuses(report)
            if answer["Error"]:
                # What Compose refuses may be read here, but nobody runs it: no verdict is held against it.
                continue
            judged += 1
            differences += [f"{path.name}: {check}: {seen[check]}, by compose-go {wanted}"
                            for check, wanted in verdicts(answer["Containers"]).items() if seen[check] != wanted]
        self.assertGreater(judged, COUNT // 3)
        self.assertEqual(differences, [])


if __name__ == "__main__":
    unittest.main()
