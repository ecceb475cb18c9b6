"""What `kustomize build` makes of the folders below deploy/kubernetes, as far as they use it: resources, namespace,
generated ConfigMaps, images, and JSON patches that add. Lets the manifests be judged where kustomize is absent; a test
compares with kustomize where it is there."""

import copy
import pathlib
import re

import yaml

CLUSTER_WIDE = {"Namespace"}
KNOWN = {"apiVersion", "kind", "namespace", "resources", "configMapGenerator", "generatorOptions", "images", "patches"}


def objects_of(text):
    return [document for document in yaml.safe_load_all(text) if document]


def config_map(folder, entry, options):
    options = {**options, **entry.get("options", {})}
    return {"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": entry["name"], "labels": {**options.get("labels", {})}},
            "data": {pathlib.PurePath(name).name: (folder / name).read_text() for name in entry["files"]}}


def add_config_map(objects, folder, entry, options):
    made = config_map(folder, entry, options)
    if entry.get("behavior") != "merge":
        objects.append(made)
        return
    (present,) = (one for one in objects if one["kind"] == "ConfigMap" and one["metadata"]["name"] == entry["name"])
    present["data"].update(made["data"])


def set_images(value, images):
    """Every `image` that is named in `images` gets its new name and tag."""
    if isinstance(value, list):
        for one in value:
            set_images(one, images)
    elif isinstance(value, dict):
        for key, below in value.items():
            if key == "image" and isinstance(below, str):
                for image in images:
                    if re.split(r"[:@]", below)[0] == image["name"]:
                        value[key] = f"{image['newName']}:{image['newTag']}"
            set_images(below, images)


def patch(objects, target, operations):
    (chosen,) = (one for one in objects if (one["kind"], one["metadata"]["name"]) == (target["kind"], target["name"]))
    for operation in operations:
        *way, last = operation["path"].strip("/").split("/")
        assert (operation["op"], last) == ("add", "-"), "only additions to lists are known here"
        place = chosen
        for step in way:
            place = place[step]
        place.append(copy.deepcopy(operation["value"]))


def build(folder):
    """The objects of the folder, in no particular order; ConfigMaps without the hash in their name."""
    folder = pathlib.Path(folder).resolve()
    plan = yaml.safe_load((folder / "kustomization.yaml").read_text())
    assert set(plan) <= KNOWN, f"{folder}: {set(plan) - KNOWN} is not known here"
    objects = []
    for name in plan.get("resources", []):
        path = folder / name
        objects += build(path) if path.is_dir() else objects_of(path.read_text())
    for entry in plan.get("configMapGenerator", []):
        add_config_map(objects, folder, entry, plan.get("generatorOptions", {}))
    for entry in plan.get("patches", []):
        patch(objects, entry["target"], objects_of((folder / entry["path"]).read_text())[0])
    set_images(objects, plan.get("images", []))
    if "namespace" in plan:
        for one in objects:
            if one["kind"] not in CLUSTER_WIDE:
                one["metadata"]["namespace"] = plan["namespace"]
    return objects
