"""The table of ways: which command of ours each kind of action of a script is.

A kind of action or activity that stands in no table is unsupported.
"""

from collections.abc import Mapping
from typing import NamedTuple

TYPES = {"poll": "poll", "wall": "wall", "qa": "questions", "blog": "stream"}  # type in a script -> kind

ACCEPTED, DUPLICATE, UNSUPPORTED = "accepted", "duplicate", "unsupported"
SEALED = "sealed"  # the kind of action that carries a result instead of the ballots


class Way(NamedTuple):
    """How an action becomes a command.

    `to` is an address, or in braces the field of the action that leads to one; `fields` says which field of the data
    becomes which of the command, None: all as they are.  Where the command's field is in `REFERENCES` or the address
    comes from an entity, the value is one too.
    """

    command: str
    fields: Mapping[str, str] | None = {}
    to: str = "{target}"


def same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


REFERENCES = {"card", "question", "post", "on", "ref", "item"}  # fields of our commands that name a contribution

WAYS: dict[str, Way] = {
    "join": Way("join", same("client", "via", "represents", "headcount", "notice"), "roster"),
    "leave": Way("leave", same("reason"), "roster"),
    "door": Way("door", same("door"), "roster"),
    "admit": Way("admit", {}, "roster"),
    "open": Way("open", same("seconds")),
    "close": Way("close"),
    "extend": Way("extend", same("seconds")),
    "show": Way("show", same("view", "item")),
    "darken": Way("darken", same("blank"), "stage"),
    "theme": Way("theme", same("dark"), "stage"),
    "advance": Way("advance", same("step"), "agenda"),
    "end": Way("end", same("confirmed"), "agenda"),
    "vote": Way("vote", None),
    "amend": Way("amend", same("option", "label")),
    "reset": Way("reset"),
    "idea": Way("write", same("column", "text")),
    "idea_edit": Way("edit", {"entity": "card", "text": "text"}),
    "idea_withdraw": Way("withdraw", {"entity": "card"}),
    "move": Way("move", {"entity": "card", "column": "column"}),
    "question": Way("ask", same("text", "anonymous")),
    "upvote": Way("support", {"entity": "question"}),
    "unvote": Way("unsupport", {"entity": "question"}),
    "approve": Way("approve", {"entity": "question"}),
    "answer": Way("answer", {"entity": "question", "text": "text"}),
    "blog": Way("post", same("prompt", "title", "body")),
    "comment": Way("comment", same("on", "text"), "{on}"),
    "reaction": Way("react", {"on": "on", "emoji": "word"}, "{on}"),
    "hide": Way("hide", {"entity": "ref", "reason": "reason"}, "{entity}"),
    "restore": Way("restore", {"entity": "ref"}, "{entity}"),
    "redact": Way("redact", {"entity": "ref", "reason": "reason"}, "{entity}"),
}


def outcome(code: str) -> str:
    """The word of the format for the code of a refusal.  It knows no difference between a repeat and a reused key."""
    word = code.rpartition(".")[2]
    return DUPLICATE if word == "reused" else word
