#!/usr/bin/env python3
"""Turns rendered manifests into typed TypeScript literals: YAML on stdin, TypeScript on stdout.

The compiler then finds unknown fields and wrong types, which no tool of Debian's finds without a cluster.
"""
import json
import sys

import yaml


def module_of(api_version: str) -> str:
    """The module of kubernetes-types that holds a version: `networking.k8s.io/v1` is in `networking/v1`."""
    group, _, version = api_version.rpartition("/")
    return f"kubernetes-types/{group.split('.')[0] or 'core'}/{version}"


def main() -> None:
    for number, document in enumerate(document for document in yaml.safe_load_all(sys.stdin) if document):
        kind, module = document["kind"], module_of(document["apiVersion"])
        print(f'// {kind} {document["metadata"]["name"]}')
        print(f'import type {{ {kind} as Kind{number} }} from "{module}";')
        print(f"export const document{number}: Kind{number} = {json.dumps(document, indent=1)};\n")


if __name__ == "__main__":
    main()
