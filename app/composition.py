"""From parts to a page: slots are filled, personal parts put into their places, marks laid over.

Text of people never reaches this as markup: it is escaped where it is drawn.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup

from app.projection import Parts

_SLOT = re.compile(r'data-slot="([^"]+)">')


def composed(parts: Parts, name: str) -> str:
    """The HTML of a part or slot with everything in it.

    A name without a part becomes a placeholder: the personal part that belongs there is put in by `laid_over`.
    """
    part = parts.get(name)
    if isinstance(part, list):
        return "".join(composed(parts, child) for child in part)
    if part is None:
        return placeholder(name)
    return _SLOT.sub(lambda slot: slot[0] + (composed(parts, slot[1]) if slot[1] in parts else ""), str(part))


def placeholder(name: str) -> str:
    return f'<div data-part="{name}"></div>'


def laid_over(page: str, personal: Parts) -> str:
    """The page of everybody with what is only this person's."""
    for name, part in personal.items():
        if name != "marks":
            page = page.replace(placeholder(name), part, 1)
    marks: Iterable[tuple[str, str]] = personal.get("marks", ())
    for name, word in marks:
        page = page.replace(f'data-part="{name}"', f'data-part="{name}" data-mark="{word}"', 1)
    return page


def plain(parts: Parts, prefix: str) -> dict[str, Markup]:
    """Every part on top of a frame under its plain name, composed."""
    return {name.removeprefix(prefix): Markup(composed(parts, name)) for name in parts if name.startswith(prefix)}  # noqa: S704  # drawn by our own macros
