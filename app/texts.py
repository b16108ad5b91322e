"""The sentences of the screen (Textkatalog), one file per language in templates/texts."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.assets import ROOT
from facilitation.record import Refused

TEXTS: Path = ROOT / "templates" / "texts"


@cache
def _catalogue(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def sentence(refusal: Refused, language: str = "de") -> str:
    """Why not, in one sentence: looked up by code and reason, then by code, then by outcome.

    Where one thing of several was refused, `within` is the code of that, and its own sentence is {because}.
    """
    refused, values = _catalogue(language)["refused"], refusal.values
    if within := values.get("within"):
        part = {name: value for name, value in values.items() if name != "within"}
        values = {"question": values["question"], "because": sentence(Refused(within, **part), language)}
    keys = (f"{refusal.code}.{values.get('why')}", refusal.code, refusal.outcome, "invalid")
    return next(refused[key] for key in keys if key in refused).format_map(values)


def words(key: str, language: str = "de") -> str:
    """What a setting is called, or a value of one; first as this kind or form calls it, then as all do."""
    called = _catalogue(language)["settings"]
    return next(called[name] for name in (key, key.partition(".")[2]) if name in called)


def flaw(what: str, values: Mapping[str, Any], language: str = "de") -> str:
    """What does not hold of settings, in one sentence."""
    known = _catalogue(language)["flaws"]
    return known.get(what, known["other"]).format_map(values)
