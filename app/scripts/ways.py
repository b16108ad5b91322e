"""The table of ways: which command of ours each kind of action of a script is.

A kind of action or activity that stands in no table is unsupported.
"""

from collections.abc import Mapping
from typing import NamedTuple

TYPES = {  # type in a script -> kind
    "poll": "poll",
    "wall": "wall",
    "qa": "questions",
    "blog": "stream",
    "text": "text",
    "measures": "measures",
    "speak": "speaking",
    "pulse": "pulse",
    "digest": "digest",
    "survey": "survey",
    "breakout": "groups",
}

ACCEPTED, DUPLICATE, UNSUPPORTED = "accepted", "duplicate", "unsupported"
SEALED = "sealed"  # the kind of action that carries a result instead of the ballots
SAID = "said"  # the kind of action that carries words of such a ballot; they are on record without their author


class Way(NamedTuple):
    """How an action becomes a command.

    `to` is an address, or in braces the field of the action that leads to one; `fields` says which field of the data
    becomes which of the command, None: all as they are.  Where the command's field is in `REFERENCES` or the address
    comes from an entity, the value is one too, or a list of them.  `kind` is the only kind of activity that it is for,
    where others have a command of the same name.
    """

    command: str
    fields: Mapping[str, str] | None = {}
    to: str = "{target}"
    kind: str = ""


def same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


REFERENCES = {  # fields of our commands that name a contribution
    *("card", "question", "post", "on", "ref", "item", "into", "suggestion"),
    *("measure", "sources", "argument", "sentence", "before", "cards", "other", "island", "note", "call", "aside"),
    *("result", "comment"),
}


def refers(way: Way, field: str) -> bool:
    """Whether a field of a command names a contribution; a group sits with a group, a ballot has words."""
    return way.fields is not None and field in REFERENCES and (way.kind, field) != ("groups", "into")


MEASURE = same("title", "description", "first_step", "owner_unit", "helper_unit", "due") | {"origin": "sources"}

IN_GROUP = {"room": "group"}

POST = same("prompt", "title", "body", "topics", "image", "alt", "consent")

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
    "ticker": Way("ticker", same("on")),
    "advance": Way("advance", same("step"), "agenda"),
    "end": Way("end", same("confirmed"), "agenda"),
    "vote": Way("vote", None, kind="poll"),
    "amend": Way("amend", same("option", "label"), kind="poll"),
    "propose": Way("propose", same("text"), kind="poll"),
    "propose_accept": Way("accept", {"entity": "option"}, kind="poll"),
    "option_adopt": Way("adopt", same("sources"), kind="poll"),
    "word_ban": Way("ban", same("word"), kind="poll"),
    "word_permit": Way("permit", same("word"), kind="poll"),
    "reveal": Way("reveal", kind="poll"),
    "reset": Way("reset"),
    "idea": Way("write", same("column", "text", "fields", "topics")),
    "idea_edit": Way("edit", {"entity": "card", "text": "text", "fields": "fields"}),
    "idea_withdraw": Way("withdraw", {"entity": "card"}, kind="wall"),
    "move": Way("move", {"entity": "card", "column": "column"}, kind="wall"),
    "idea_correct": Way("correct", {"entity": "card", "text": "text"}, kind="wall"),
    "idea_tag": Way("tag", {"entity": "ref", "labels": "labels"}, kind="wall"),
    "seed": Way("seed", same("column", "text")),
    "adopt": Way("adopt", same("column", "sources", "point")),
    "flag": Way("flag", {"entity": "card"}),
    "clear": Way("clear", {"entity": "card"}),
    "phase": Way("phase", same("phase", "text", "comments")),
    "cluster": Way("island", {"title": "title", "ideas": "cards"}),
    "cluster_rename": Way("rename", {"entity": "island", "title": "title"}),
    "cluster_assign": Way("assign", {"cluster": "island", "ideas": "cards"}, kind="wall"),
    "idea_merge": Way("merge", {"entity": "card", "ideas": "cards"}, kind="wall"),
    "idea_split": Way("split", {"entity": "card"}, kind="wall"),
    "wall_undo": Way("undo", kind="wall"),
    "link": Way("link", {"from": "card", "to": "other", "reason": "reason"}, kind="wall"),
    "dots_open": Way("dots_open"),
    "dots_close": Way("dots_close"),
    "dot": Way("dot", {"entity": "on", "dots": "dots"}),
    "idea_shortlist": Way("shortlist", {"ideas": "cards", "listed": "listed"}, kind="wall"),
    "rate": Way("rate", {"entity": "on", "values": "values"}),
    "place": Way("place", {"entity": "card", "x": "x", "y": "y"}, kind="wall"),
    "question": Way("ask", same("text", "anonymous", "to")),
    "question_withdraw": Way("withdraw", {"entity": "question"}, kind="questions"),
    "upvote": Way("support", {"entity": "question"}, kind="questions"),
    "unvote": Way("unsupport", {"entity": "question"}),
    "downvote": Way("oppose", {"entity": "question"}),
    "undownvote": Way("unoppose", {"entity": "question"}),
    "approve": Way("approve", {"entity": "question"}, kind="questions"),
    "reject": Way("reject", {"entity": "ref", "reason": "reason"}, "{entity}", kind="questions"),
    "mend": Way("mend", {"entity": "question", "text": "text"}),
    "question_tag": Way("tag", {"entity": "ref", "labels": "labels"}, "{entity}", kind="questions"),
    "question_shortlist": Way("shortlist", {"entity": "question", "chosen": "chosen"}, kind="questions"),
    "question_merge": Way("merge", {"entity": "question", "into": "into"}, kind="questions"),
    "question_split": Way("split", {"entity": "question"}, kind="questions"),
    "answer": Way("answer", {"entity": "question"} | same("text", "answerer")),
    "settle": Way("settle", {"entity": "question"} | same("end", "reason", "owner", "due")),
    "sort": Way("sort", same("order"), kind="questions"),
    "blog": Way("post", POST),
    "draft": Way("draft", POST | same("sources", "published")),
    "publish": Way("publish", {"entity": "post"}),
    "post_correct": Way("correct", {"entity": "post"} | same("title", "body", "reason"), kind="stream"),
    "lock": Way("lock", {"entity": "post"}),
    "unlock": Way("unlock", {"entity": "post"}),
    "post_approve": Way("approve", {"entity": "ref"}, "{entity}", kind="stream"),
    "post_reject": Way("reject", {"entity": "ref", "reason": "reason"}, "{entity}", kind="stream"),
    "post_tag": Way("tag", {"entity": "ref", "labels": "labels"}, "{entity}", kind="stream"),
    "report": Way("report", same("on", "reason"), "{on}", kind="stream"),
    "dismiss": Way("dismiss", same("on"), "{on}"),
    "paragraph_vote": Way("vote", same("paragraph", "value"), kind="text"),
    "suggest": Way("suggest", same("paragraph", "text", "reason", "base_revision")),
    "support": Way("support", {"entity": "suggestion"}, kind="text"),
    "decide": Way("decide", {"entity": "suggestion", "decision": "decision", "text": "wording", "reason": "reason"}),
    "measure": Way("agree", MEASURE),
    "measure_amend": Way("amend", {"entity": "measure"} | MEASURE, kind="measures"),
    "measure_update": Way("update", {"entity": "measure"} | same("status", "progress", "text", "due")),
    "volunteer": Way("volunteer", {"entity": "measure", "part": "part"}),
    "speak_request": Way("request"),
    "speak_retract": Way("retract"),
    "speak_rise": Way("rise"),
    "speak_turn": Way("turn", same("person", "seconds")),
    "speak_finish": Way("finish"),
    "speak_seat": Way("seat", same("person")),
    "speak_vacate": Way("vacate", same("person")),
    "speak_prefer": Way("prefer", same("person")),
    "speak_order": Way("order", same("rule"), kind="speaking"),
    "argument": Way("argue", same("list", "text")),
    "argument_revise": Way("revise", {"entity": "argument"} | same("list", "text"), kind="speaking"),
    "signal": Way("signal", same("signal")),
    "original_claim": Way("claim", same("sources"), kind="digest"),
    "original_release": Way("release", same("sources"), kind="digest"),
    "original_tag": Way("tag", same("sources", "topic"), kind="digest"),
    "original_decline": Way("decline", same("sources", "reason"), kind="digest"),
    "original_resume": Way("resume", same("sources"), kind="digest"),
    "sentence": Way("condense", same("text", "topic", "sources"), kind="digest"),
    "sentence_rewrite": Way("rewrite", {"entity": "sentence"} | same("text", "topic"), kind="digest"),
    "sentence_link": Way("link", {"entity": "sentence"} | same("sources"), kind="digest"),
    "sentence_place": Way("place", {"entity": "sentence"} | same("before"), kind="digest"),
    "sentence_recall": Way("recall", {"entity": "sentence"}, kind="digest"),
    "breakout_assign": Way("assign", {"rooms": "groups"}, kind="groups"),
    "breakout_start": Way("start", same("minutes")),
    "breakout_extend": Way("prolong", same("seconds") | IN_GROUP),
    "breakout_end": Way("finish", same("soft"), kind="groups"),
    "breakout_move": Way("move", same("person") | IN_GROUP, kind="groups"),
    "breakout_enter": Way("enter", IN_GROUP),
    "breakout_leave": Way("leave", IN_GROUP, kind="groups"),
    "note": Way("note", same("text") | IN_GROUP),
    "note_rewrite": Way("rewrite", {"entity": "note", "text": "text"} | IN_GROUP, kind="groups"),
    "result": Way("result", same("text", "points") | IN_GROUP),
    "help": Way("help", same("text") | IN_GROUP),
    "help_take": Way("take", {"entity": "call"}),
    "help_done": Way("helped", {"entity": "call"}),
    "group_tell": Way("tell", same("text") | IN_GROUP),
    "group_late": Way("late", IN_GROUP),
    "group_scribe": Way("scribe", IN_GROUP),
    "group_lead": Way("lead", same("leads") | IN_GROUP),
    "group_brief": Way("brief", same("text")),
    "group_aside": Way("aside", same("text", "released") | IN_GROUP),
    "group_release": Way("release", {"entity": "aside", "released": "released"} | IN_GROUP, kind="groups"),
    "group_furnish": Way("furnish", same("activity") | IN_GROUP),
    "group_ready": Way("ready", same("done") | IN_GROUP),
    "group_hold": Way("hold", IN_GROUP),
    "group_add": Way("add", same("title", "topic", "task", "place", "link", "capacity", "sources")),
    "group_equip": Way(
        "equip",
        same("title", "topic", "task", "material", "place", "link", "capacity", "facilitator", "host") | IN_GROUP,
    ),
    "group_access": Way("access", {"rooms": "groups"}),
    "group_merge": Way("merge", IN_GROUP | same("into"), kind="groups"),
    "group_pair": Way("pair"),
    "group_split": Way("split", IN_GROUP, kind="groups"),
    "group_settle": Way("settle", kind="groups"),
    "group_wish": Way("wish", same("first", "second", "none")),
    "result_support": Way("support", {"entity": "result"}, kind="groups"),
    "result_unsupport": Way("unsupport", {"entity": "result"}, kind="groups"),
    "comment_answer": Way("answer", same("comment", "text"), kind="groups"),
    "comment_accept": Way("accept", {"entity": "comment"}, kind="groups"),
    "gallery": Way("exhibit", same("open"), kind="groups"),
    "gallery_arrange": Way("arrange", IN_GROUP | same("ahead_of"), kind="groups"),
    "survey_submit": Way("submit", same("answers"), kind="survey"),
    "comment": Way("comment", same("on", "text", "aspect"), "{on}"),
    "reaction": Way("react", {"on": "on", "emoji": "word"}, "{on}"),
    "hide": Way("hide", {"entity": "ref", "reason": "reason"}, "{entity}"),
    "restore": Way("restore", {"entity": "ref"}, "{entity}"),
    "redact": Way("redact", {"entity": "ref", "reason": "reason"}, "{entity}"),
}


def outcome(code: str) -> str:
    """The word of the format for the code of a refusal.  It knows no difference between a repeat and a reused key."""
    word = code.rpartition(".")[2]
    return DUPLICATE if word == "reused" else word
