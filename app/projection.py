"""From a picture to HTML: each part is drawn once by the macro of its name, and kept."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import jinja2
import qrcode

from app import charts, coast, drawing, seating
from app.assets import ROOT, asset
from app.nesting import nested
from facilitation.difference import difference, excerpt
from facilitation.kinds import KINDS
from facilitation.pictures import Picture, Piece
from facilitation.screen import Marks, Slot

Parts = dict[str, Any]  # part -> HTML | names of a slot | marks


def _do(at: str, command: str) -> str:
    """Where a form of the frame `at` is sent to, relative to the pages of its workshop.

    `once` is replaced in each page that is sent, so that a plain form pressed twice is one command.
    """
    return f"{_activity(at)}.{command}?once=once"


def _activity(at: str) -> str:
    return at.split(".")[1]


def _reason(said: str) -> str:
    """Why something was hidden, for the middle of a text: the full stop after it is the template's."""
    return said.removesuffix(".")


@cache
def _qr(address: str) -> tuple[str, int]:
    """The dark modules of a QR code as strokes of width 1, and how many modules a side has."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}.5h{x - start}")
                start = None
    return "".join(runs), len(rows)


class Site:
    """Where this installation stands.  Drawn macros keep what they were given, so they are given this and ask it."""

    url = ""

    @property
    def address(self) -> str:
        """The address as people type it."""
        return urlsplit(self.url).netloc


site = Site()
environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,  # a file is asked once, not whether it changed for every page
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals |= {"difference": difference, "excerpt": excerpt}
environment.globals |= {"charts": charts, "coast": coast, "drawing": drawing}
environment.globals |= {"asset": asset, "do": _do, "activity": _activity, "qr": _qr, "seating": seating, "site": site}
environment.filters["reason"] = _reason
environment.filters["nested"] = nested


@cache
def macros(source: str) -> Mapping[str, Any]:
    """The macros of a kind, or of what belongs to no kind (`screen`, `desk`)."""
    folder = "" if source in ("screen", "desk") else "kinds/"
    return vars(environment.get_template(f"{folder}{source}.html").module)


def prepare() -> None:
    """Read all templates now: the first of a hall does not wait for it, and what it takes stands outside of garbage."""
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
    for source in ("screen", "desk", *KINDS):
        macros(source)


def macro_of(source: str, name: str) -> str:
    """`mine-ballot` is drawn by `mine_ballot` where there is one, `card-AT2-0417` by `card`."""
    words = name.split("-")
    double = "_".join(words[:2])
    return double if double in macros(source) else words[0]


@lru_cache(maxsize=20_000)
def _drawn(piece: Piece) -> str:
    macro = macros(piece.source)[macro_of(piece.source, piece.name)]
    return str(macro(piece.at, piece.name, piece.content))


class Painted(Parts):
    """A picture as it was drawn, with what it was drawn from."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture


def drawn(picture: Picture, before: Painted | None = None) -> Painted:
    """Every part of a picture as HTML; slots and marks as lists.

    What is as it was in the picture `before` is taken from there, at the price of a comparison.
    """
    painted = Painted(picture)
    known: Picture = before.picture if before is not None else {}
    for name, part in picture.items():
        if before is not None and known.get(name) == part:
            painted[name] = before[name]
        else:
            painted[name] = _plain(part)
    return painted


def _plain(part: Piece | Slot | Marks) -> str | list[Any]:
    return _drawn(part) if isinstance(part, Piece) else list(part)


def stand_at(url: str) -> None:
    """Say where this installation stands; what was drawn for another place is forgotten."""
    site.url = url
    forget()


def forget() -> None:
    """Drop every drawing: after a redaction nothing may be drawn from memory."""
    _drawn.cache_clear()
