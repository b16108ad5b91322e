"""Ratschlag itself, drawing every part of every page anew: no channel and no drawing is kept."""

import sys
from functools import lru_cache

import app.projection
from app.serving import serve
from realtime.channel import Channel
from realtime.live import Live
from realtime.seat import Watch


async def drawn_anew(live: Live, watch: Watch) -> Channel:
    live._house._painted.clear()  # type: ignore[attr-defined]  # noqa: SLF001
    return Channel(*await live._house.paint(watch))  # noqa: SLF001  # the reference looks inside


if __name__ == "__main__":
    app.projection._drawn = lru_cache(maxsize=0)(app.projection._drawn.__wrapped__)  # noqa: SLF001
    Live.channel = drawn_anew  # type: ignore[assignment,method-assign]
    serve("127.0.0.1", int(sys.argv[1]), 1)
