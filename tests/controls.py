"""Pages as a browser without scripts reads them: forms, what can be filled in, and what is sent."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

FIRST = "AT2-0001"  # a reference that is known in the day of the tests


class Control(NamedTuple):
    """A field, with everything that may be chosen in it."""

    kind: str  # hidden, text, textarea, number, url, radio, checkbox, select
    name: str
    values: tuple[str, ...]
    chosen: tuple[str, ...]


class Form(NamedTuple):
    action: str
    controls: tuple[Control, ...]
    submit: tuple[str, str] | None  # name and value of its first button that is not disabled
    usable: bool

    def filled(self, **said: str) -> dict[str, list[str]]:
        """What a browser sends after somebody filled in what is asked for; `said` by the plain names of fields."""
        fields: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind == "file":
                continue  # it goes beside the fields
            plain = re.split(r"[\[:]", control.name)[0]
            if plain in said:
                values: Iterable[str] = [said[plain]]
            elif control.kind in ("radio", "checkbox", "select"):
                values = control.chosen or [value for value in control.values if value][:1]
            elif control.name.endswith(":refs"):
                values = [FIRST]
            elif control.kind == "url":
                values = ["https://gespraech.test/3"]
            elif control.kind == "date":
                values = [control.chosen[0] or "2026-11-30"]
            elif control.kind in ("text", "textarea"):
                values = [control.chosen[0] or "Ein Wort dazu"]
            else:
                values = [value or "1" for value in control.chosen]
            fields[control.name] = list(values)
        if self.submit and self.submit[0]:
            fields[self.submit[0]] = [self.submit[1]]
        return fields

    def control(self, name: str) -> Control:
        return next(control for control in self.controls if control.name == name)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._action: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("role") == "search":
            assert said["method"] == "get"  # looking for something does nothing, and is no form of these
        elif tag == "form":
            self._action, self._submit, self._usable = said.get("action", ""), None, False
            self._fields: dict[str, tuple[str, list[str], list[str]]] = {}
            assert said["method"] == "post"
        elif self._action is None:
            return
        elif tag == "input" and "name" in said:
            self._input(said)
        elif tag in ("textarea", "select"):
            self._open = self._fields.setdefault(said["name"], (tag, [], []))
            self._words = ""
        elif tag == "option":
            self._open[1].append(said["value"])
            self._open[2].extend([said["value"]] if "selected" in said else [])
        elif tag == "button" and said["type"] == "submit" and "disabled" not in said:
            self._usable = True
            self._submit = self._submit or (said.get("name", ""), said.get("value", ""))

    def _input(self, said: dict[str, str]) -> None:
        kind, value = said.get("type", "text"), said.get("value", "")
        _, values, chosen = self._fields.setdefault(said["name"], (kind, [], []))
        values.append(value)
        if kind not in ("radio", "checkbox") or "checked" in said:
            chosen.append(value)

    def handle_data(self, data: str) -> None:
        if self._action is not None:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._action is not None:
            self._open[2].append(self._words.removeprefix("\n"))
        elif tag == "form" and self._action is not None:
            controls = (
                Control(kind, name, tuple(values), tuple(chosen))
                for name, (kind, values, chosen) in self._fields.items()
            )
            self.forms.append(Form(self._action, tuple(controls), self._submit, self._usable))
            self._action = None


def forms(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form(page: str, address: str, **hidden: str) -> Form:
    """The form of a page that is sent to this address, of several the one with these hidden values."""
    for one in forms(page):
        said = {control.name: control.chosen[0] for control in one.controls if control.kind == "hidden"}
        if one.action.partition("?")[0] == address and hidden.items() <= said.items():
            return one
    raise AssertionError(f"no form to {address}: {[one.action for one in forms(page)]}")
