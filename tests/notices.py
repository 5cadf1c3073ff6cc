"""Prints the licences of all that is in the program for a target: what cargo says, and the files that the packages have."""

import json
import pathlib
import subprocess
import sys

NAMES = ("licen", "copying", "copyright", "notice", "unlicense")


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def shipped(data):
    """The packages that the program is linked with: neither those of tests nor those that only build others."""
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        for dep in nodes[waiting.pop()]["deps"]:
            is_linked = any(kind["kind"] is None for kind in dep["dep_kinds"])
            if is_linked and dep["pkg"] not in found:
                found.add(dep["pkg"])
                waiting.append(dep["pkg"])
    packages = [package for package in data["packages"] if package["id"] in found]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The texts of its licences, also of the C sources that it brings."""
    folder = pathlib.Path(package["manifest_path"]).parent
    places = [folder, *(place for place in folder.iterdir() if place.is_dir())]
    files = [file for place in places for file in sorted(place.iterdir()) if file.is_file()]
    files = [file for file in files if file.name.lower().startswith(NAMES) and file.suffix != ".rs"]
    return [file.read_text(errors="replace").strip() for file in files]


def main():
    held = {}
    print("# What others wrote\n\nThe program is linked with these packages. Rust's standard library (MIT or Apache-2.0), musl (MIT)")
    print("and SQLite (public domain) are in it too.\n")
    for package in shipped(metadata(sys.argv[1])):
        name = f"{package['name']} {package['version']}"
        licence = package["license"] or package["license_file"]
        if not licence:
            sys.exit(f"{name} names no licence")
        print(f"- {name}: {licence}. {package['repository'] or ''}".rstrip())
        for text in texts(package):
            held.setdefault(text, []).append(name)
    for text, names in held.items():
        print(f"\n## {', '.join(dict.fromkeys(names))}\n\n```text\n{text}\n```")


main()
