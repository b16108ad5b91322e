"""The house rules that a program can check: style, types, pins, addresses and what a phone loads."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
MADE = {"dist", "node_modules", "__pycache__", "build"}  # not ours, or made from what is


def committed_texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project as (path, content), without what is built or installed."""
    tops = ["pyproject.toml", "app", "realtime", "facilitation", "templates", "static", "tests", "deploy", "LICENSES"]
    tops += ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "publiccode.yml", "REUSE.toml", ".ci"]
    tops += [".gitignore", ".editorconfig", ".pre-commit-config.yaml"]
    for top in tops:
        start = ROOT / top
        for path in [start] if start.is_file() else start.rglob("*"):
            relative = path.relative_to(ROOT)
            if path.is_file() and not MADE.intersection(relative.parts) and b"\0" not in (content := path.read_bytes()):
                yield relative.as_posix(), content.decode()


def pins(name: str) -> dict[str, str]:
    """Versions by package, of those that stand there with a hash."""
    return dict(
        re.findall(
            r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+).*\\\n +--hash=sha256:",
            (ROOT / "deploy" / name).read_text(),
            re.MULTILINE,
        )
    )


@pytest.mark.parametrize("command", ["ruff check --quiet", "ruff format --check --quiet", "mypy --no-error-summary"])
def test_the_code_has_one_style_and_its_types_hold(command: str) -> None:
    program, *arguments = command.split()

    checked = subprocess.run(
        [sys.executable, "-m", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    if checked.returncode:
        pytest.fail(checked.stdout + checked.stderr, pytrace=False)


def test_what_the_project_asks_for_is_pinned_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-test.txt": project["project"]["dependencies"] + groups["test"],
        "requirements-build.txt": groups["build"] + project["build-system"]["requires"],
    }

    missing = [
        (name, str(requirement), version)
        for name, requirements in asked.items()
        for requirement in map(Requirement, requirements)
        if not (version := pins(name).get(canonicalize_name(requirement.name), ""))
        or version not in requirement.specifier
    ]

    assert missing == []


def test_what_asks_for_extras_of_another_package_finds_them_pinned() -> None:
    """Else pip with hashes takes the newest release for unpinned, and installs nothing on the day one comes out."""
    asked = {
        (canonicalize_name(needed.name), *sorted(needed.extras))
        for installed in distributions()
        for needed in map(Requirement, installed.requires or ())
        if needed.extras and (needed.marker is None or needed.marker.evaluate({"extra": ""}))
    }
    asked -= {("psycopg", "binary")}  # our own wish: ours is installed without asking for what it needs

    pinned = (ROOT / "deploy" / "requirements-test.txt").read_text()
    assert ("coverage", "toml") in asked
    assert [one for one in sorted(asked) if f"{one[0]}[{','.join(one[1:])}]==" not in pinned] == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()


def test_no_file_names_a_package_registry_or_a_place_of_one_machine() -> None:
    forbidden = re.compile(
        r"registry\.npm|npmjs|pypi\.|pythonhosted|find-links|index-url|/" + "work/|/" + "root/|/" + "opt/",
        re.IGNORECASE,
    )
    found = [
        (path, match.group())
        for path, content in committed_texts()
        if path != "tests/test_house.py"
        for match in forbidden.finditer(content)
    ]

    assert found == []


def test_the_lock_of_the_front_end_holds_hashes_and_no_addresses() -> None:
    locked = json.loads((ROOT / "static" / "package-lock.json").read_text())["packages"]
    packages = {path: package for path, package in locked.items() if path}

    assert [path for path, package in packages.items() if "integrity" not in package] == []
    assert [path for path, package in packages.items() if {"resolved", "funding"} & package.keys()] == []


def test_every_file_of_the_manifest_is_there_and_texts_are_compressed_beside_it() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text())
    served = [name for plain, name in manifest.items() if plain != "build"]
    compressed = [name + end for name in served if name.endswith((".css", ".js")) for end in (".br", ".gz")]

    assert [name for name in served + compressed if not (DIST / name).is_file()] == []


def test_every_kern_class_on_a_page_has_its_style() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text())
    styled = set(
        re.findall(r"\.(kern-[\w-]+)", "".join((DIST / manifest[f]).read_text() for f in manifest if f[-4:] == ".css"))
    )
    used = {
        (path, name)
        for path, content in committed_texts()
        if path.startswith("templates/")
        for name in re.findall(r"(?<![\w-])kern-(?:btn|error|fieldset|form|icon|label|sr)[\w-]*[\w](?![\w-])", content)
    }

    assert [(path, name) for path, name in sorted(used) if name not in styled] == []


def test_a_phone_loads_at_most_54_kb_of_code_and_styles_before_its_fonts() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text())

    weight = sum((DIST / f"{manifest[name]}.gz").stat().st_size for name in ("page.js", "kern.css", "base.css"))

    assert weight <= 54_000


def test_an_attribute_that_a_script_looks_for_is_its_own() -> None:
    """Two scripts that mean different things by one attribute would write into each other's elements."""
    users: dict[str, set[str]] = {}
    for path in (ROOT / "static" / "src").rglob("*.js"):
        for name in re.findall(r"\bdata-([a-z-]+)", path.read_text()):
            users.setdefault(name, set()).add(path.name)

    shared = {name for name, modules in users.items() if len(modules) > 1}
    assert shared == {"part", "local"}  # those of the frame: what is patched, and what the page itself put there
