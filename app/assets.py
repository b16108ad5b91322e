"""Where templates and built static files lie: in the repository, or bundled in the wheel."""

import json
from functools import cache
from pathlib import Path

_BUNDLED = Path(__file__).parent / "_bundled"
ROOT = _BUNDLED if _BUNDLED.exists() else Path(__file__).parent.parent
DIST = ROOT / "static" / "dist"


@cache
def _manifest() -> dict[str, str]:
    return dict(json.loads((DIST / "manifest.json").read_text(encoding="utf-8")))


def build() -> str:
    """Which build of the browser's files this is; a page of another one is asked to load anew."""
    return _manifest()["build"]


def asset(name: str) -> str:
    """The address of a static file by its plain name; the name in the address changes with its content."""
    return f"/static/{_manifest()[name]}"
