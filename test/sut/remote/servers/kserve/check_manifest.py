"""Whether all keys of an InferenceService's manifest are those of KServe's types: `check_manifest.py FILE`."""

import sys

import kserve.models
import yaml


def unknown_keys(value, type_name, path):
    kind = getattr(kserve.models, type_name, None)
    # Types of Kubernetes are not KServe's.
    if kind is None or not isinstance(value, dict):
        return []
    attributes = {key: attribute for attribute, key in kind.attribute_map.items()}
    unknown = [f"{path}{key}" for key in value if key not in attributes]
    for key in value.keys() & attributes:
        unknown += unknown_keys(value[key], kind.openapi_types[attributes[key]], f"{path}{key}.")
    return unknown


with open(sys.argv[1], encoding="utf-8") as file:
    manifest = yaml.safe_load(file)
unknown = unknown_keys(manifest, "V1beta1InferenceService", "")
sys.exit(f"KServe knows no {', '.join(unknown)}" if unknown else 0)
