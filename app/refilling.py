"""What was typed, put back into its form on the page that says why it was refused.

It works on pages of our own macros: attributes stand in double quotes, forms do not nest.
"""

import re
from collections.abc import Sequence
from html import unescape

from markupsafe import escape

Fields = Sequence[tuple[str, str]]  # as the form sent them

_FORM = re.compile(r'<form\s[^>]*?action="([^"?]*)[^>]*>.*?</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_TEXTAREA = re.compile(r"(<textarea\s[^>]*>)[^<]*")
_INPUT = re.compile(r"<input\s[^>]*>")
_SELECT = re.compile(r"(<select\s[^>]*>)(.*?)(?=</select>)", re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]*)"[^>]*>')
_TICKED = re.compile(r'\stype="(?:radio|checkbox)"')
_ATTRIBUTE = r'\s{}="([^"]*)"'


def refilled(page: str, address: str, fields: Fields) -> str | None:
    """The page with the form at `address` as it was sent, and open; None if the form is not there any more."""
    for form in _FORM.finditer(page):
        if form[1] == address and all((unescape(n), unescape(v)) in fields for n, v in _HIDDEN.findall(form[0])):
            return _opened(page[: form.start()]) + _filled(form[0], fields) + page[form.end() :]
    return None


def _opened(before: str) -> str:
    """What stands before a form, with the details around it unfolded."""
    start = before.rfind("<details")
    if start < 0 or "</details>" in before[start:] or before.startswith("<details open", start):
        return before
    return f"{before[:start]}<details open{before[start + len('<details') :]}"


def _filled(form: str, fields: Fields) -> str:
    left: dict[str, list[str]] = {}
    for field, value in fields:
        left.setdefault(field, []).append(value)

    def said(name: str) -> str | None:
        """Fields of one name are filled in the order in which they were sent."""
        values = left.get(name)
        return values.pop(0) if values else None

    def textarea(match: re.Match[str]) -> str:
        return f"{match[1]}\n{escape(said(_named(match[1])) or '')}"  # the first line break is the parser's

    def control(match: re.Match[str]) -> str:
        tag, name = match[0], _named(match[0])
        if ' type="hidden"' in tag or not name:
            return tag
        if _TICKED.search(tag):
            bare = tag.replace(" checked", "")
            return f"{bare[:-1]} checked>" if (name, _attribute(tag, "value")) in fields else bare
        bare = re.sub(_ATTRIBUTE.format("value"), "", tag)
        return f'{bare[:-1]} value="{escape(said(name) or "")}">'

    def select(match: re.Match[str]) -> str:
        chosen = said(_named(match[1]))
        return match[1] + _OPTION.sub(lambda one: _option(one[1], unescape(one[1]) == chosen), match[2])

    return _SELECT.sub(select, _INPUT.sub(control, _TEXTAREA.sub(textarea, form)))


def _option(value: str, chosen: bool) -> str:  # noqa: FBT001  # read right where it is given
    return f'<option value="{value}"{" selected" if chosen else ""}>'


def _named(tag: str) -> str:
    return _attribute(tag, "name")


def _attribute(tag: str, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name), tag)
    return unescape(found[1]) if found else ""
