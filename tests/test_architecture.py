"""The house rules about who knows whom, how long a module is, and what things are called."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

from facilitation.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("facilitation", "realtime", "app")
MADE = {"dist", "node_modules", "__pycache__", "build"}  # not ours, or made from what is

TOP = {
    *("pyproject.toml", "app", "realtime", "facilitation", "templates", "static", "tests", "deploy", "README.md"),
    *("LICENSE", "LICENSES", "CHANGELOG.md", "SECURITY.md", "publiccode.yml", "REUSE.toml"),
    *(".gitignore", ".editorconfig", ".pre-commit-config.yaml", ".ci"),
}

# What a package may import besides the standard library; app, which puts everything together, may import all.
MAY = {"facilitation": {"facilitation", "pydantic", "pydantic_core"}, "realtime": {"facilitation", "realtime"}}
MAY["realtime"] |= {"socketio", "engineio", "redis"}

# What is not pure: clocks, chance, threads, files and wires.
IMPURE_MODULES = {
    *("asyncio", "threading", "multiprocessing", "concurrent", "subprocess", "signal", "time", "random", "secrets"),
    *("uuid", "os", "io", "pathlib", "shutil", "tempfile", "socket", "ssl", "select", "urllib", "http", "sqlite3"),
    *("logging", "sys", "importlib"),
}
IMPURE_CALLS = {"open", "print", "input", "now", "today", "utcnow", "eval", "exec"}


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module as (path, tree)."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not MADE.intersection(path.parts):
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def scripts() -> list[Path]:
    return sorted((ROOT / "static" / "src").rglob("*.js"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The full names of what is imported; relative imports lead with their dots."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=module, names=aliases, level=level):
                yield from ("." * level + (f"{module}." if module else "") + alias.name for alias in aliases)


def tops(tree: ast.Module) -> set[str]:
    return {name.partition(".")[0] for name in imports(tree)}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                yield name, node


# ── who knows whom ──


@pytest.mark.parametrize("package", MAY)
def test_a_package_imports_only_what_it_may(package: str) -> None:
    permitted = MAY[package] | sys.stdlib_module_names
    assert {path: others for path, tree in modules(package) if (others := tops(tree) - permitted)} == {}


def test_the_domain_knows_no_clock_no_chance_and_no_wire() -> None:
    imported = {path: found for path, tree in modules("facilitation") if (found := tops(tree) & IMPURE_MODULES)}
    called = {path: name for path, tree in modules("facilitation") for name, _ in calls(tree) if name in IMPURE_CALLS}
    assert (imported, called) == ({}, {})


def test_nothing_that_runs_knows_its_tests() -> None:
    assert [path for path, tree in modules(*PACKAGES, "deploy") if "tests" in tops(tree)] == []


@pytest.mark.parametrize("family", ["kinds", "forms"])
def test_kinds_do_not_know_each_other_and_forms_neither(family: str) -> None:
    knowing = {
        path: others
        for path, tree in modules(f"facilitation/{family}")
        if not path.endswith("/__init__.py")
        and (others := [name for name in imports(tree) if name.startswith((f"facilitation.{family}", "."))])
    }
    assert knowing == {}


# ── what there is, and how much of it ──


def test_the_root_holds_what_every_repository_has_and_nothing_else() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if line[0] != "#"]
    found = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, made) for made in [*ignored, ".git"])}
    assert found == TOP


def test_no_module_has_more_than_400_lines() -> None:
    paths = [ROOT / path for path, _ in modules(*PACKAGES, "deploy", "tests")] + scripts()
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {path: many for path, many in lines.items() if many > 400} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in modules(*PACKAGES, "deploy") if tree.body and not ast.get_docstring(tree)]
    wordless = [path.name for path in scripts() if not path.read_text(encoding="utf-8").startswith(("/*", "//"))]
    assert (silent, wordless) == ([], [])


# ── what must not be said to everybody, and not be markup ──


def test_nothing_is_emitted_without_saying_to_whom() -> None:
    unaddressed = [
        (path, call.lineno)
        for path, tree in modules("realtime")
        for name, call in calls(tree)
        if name == "emit" and not {keyword.arg for keyword in call.keywords} & {"to", "room"}
    ]
    assert unaddressed == []


def test_one_place_in_the_browser_turns_text_into_markup() -> None:
    writers = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(")
    places = [(path.name, word) for path in scripts() for word in writers.findall(path.read_text(encoding="utf-8"))]
    assert places == [("parts.js", "innerHTML")]


def test_three_modules_of_the_server_take_our_own_drawing_for_markup() -> None:
    assert [path for path, tree in modules(*PACKAGES) if any(name.endswith(".Markup") for name in imports(tree))] == [
        "app/composition.py",
        "app/nesting.py",
        "app/pages.py",
    ]


def test_templates_trust_nothing_but_their_own_words() -> None:
    trusting = re.compile(r"""(?:[^'"\s]\s*\|\s*safe\b)|autoescape\s+false|Markup\(""")
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.html"))}
    assert [(path.name, found) for path, text in texts.items() for found in trusting.findall(text)] == []


# ── what things are called ──

NOT_OURS = re.compile(r"(?i:helpers?|utils?|utilities|managers?|services?|users?|beamer|liken)")


def words(name: str) -> list[str]:
    """The words of a name, in whatever case it is written."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)


def names(path: str, tree: ast.Module) -> Iterator[str]:
    yield from Path(path).with_suffix("").parts
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def test_nothing_has_a_name_that_could_mean_anything() -> None:
    vague = [
        (path, name)
        for path, tree in modules(*PACKAGES, "deploy")
        for name in names(path, tree)
        if any(map(NOT_OURS.fullmatch, words(name))) or re.match(r"_*(get|handle)_", name)
    ]
    declared = re.compile(r"(?:function|class|const|let)\s+(\w+)")
    vague += [
        (path.name, name)
        for path in scripts()
        for name in [path.stem, *declared.findall(path.read_text(encoding="utf-8"))]
        if any(map(NOT_OURS.fullmatch, words(name))) or re.match(r"(get|handle)[A-Z]", name)
    ]
    assert vague == []


# ── what the screen says ──

WORDING = {
    "a special sign": r"\w[*:_]innen",
    "an exclamation mark": r"(?<!<)!(?![=\[-])",
    "praise": r"(?i:erfolgreich)",
    "a word for men only": r"\b(?:Teilnehmer|Moderator|Nutzer|Mitarbeiter)\b",
    "a familiar address": r"(?i:\b(?:du|deine?[nrms]?|euch|eure[nrms]?)\b)",
}


@pytest.mark.parametrize("pattern", WORDING.values(), ids=WORDING)
def test_the_screen_says_sie_in_neutral_words_and_does_not_shout(pattern: str) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.*"))}
    assert [(path.name, found) for path, text in texts.items() for found in re.findall(pattern, text)] == []


class No(NamedTuple):
    """A refusal as it is written down: its code, its reason, and the values that a sentence may use."""

    place: str
    code: str
    why: str
    values: frozenset[str]


def refusals() -> Iterator[No]:
    for path, tree in modules(*PACKAGES):
        constants = dict(_constants(tree))
        for name, call in calls(tree):
            if name == "Refused" and call.args:
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                why = given.get("why")
                reason = str(why.value) if isinstance(why, ast.Constant) else ""
                for code in _codes(call.args[0], constants):
                    yield No(f"{path}:{call.lineno}", code, reason, frozenset(filter(None, given)))


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The words that a module gives a name to."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                yield name, value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                for target, value in zip(targets, values, strict=True):
                    if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                        yield target.id, str(value.value)


def _codes(node: ast.expr, constants: dict[str, str]) -> list[str]:
    """What a code can be; where it begins with the name of a kind, it is one for each."""
    match node:
        case ast.Constant(value=str(code)):
            return [code]
        case ast.Name(id=name) if name in constants:
            return [constants[name]]
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(rest))]):
            return [f"{kind}{rest}" for kind in KINDS]
    return []  # handed on from another refusal


def sentence_of(no: No) -> str | None:
    """The sentence for a refusal; a reason has one of its own."""
    said = tomllib.loads((ROOT / "templates" / "texts" / "de.toml").read_text(encoding="utf-8"))["refused"]
    keys = [f"{no.code}.{no.why}"] if no.why else [no.code, no.code.rpartition(".")[2]]
    return next((said[key] for key in keys if key in said), None)


def test_the_refusals_are_found() -> None:
    found = {(no.code, no.why) for no in refusals()}
    assert {("poll.already_voted", ""), ("wall.not_open", ""), ("poll.invalid", "unknown_option")} <= found


def test_every_refusal_has_its_sentence() -> None:
    assert {f"{no.code}.{no.why}".rstrip("."): no.place for no in refusals() if sentence_of(no) is None} == {}


def test_a_sentence_uses_only_what_its_refusal_says() -> None:
    lacking = {
        no.place: missing
        for no in refusals()
        if (missing := set(re.findall(r"\{(\w+)", sentence_of(no) or "")) - no.values)
    }
    assert lacking == {}
