"""What a workshop came to, in the shape of the block `expected` of a script, computed from the record.

Things are named by their references.  An activity type that does not occur has no key.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from app.scripts.ways import ACCEPTED, SAID, SEALED, WAYS, outcome
from app.store import Refusal
from facilitation.groups import forming
from facilitation.participation import participation
from facilitation.record import Data, Entry
from facilitation.room import Room

BLOCKS = {  # kind -> key
    "poll": "polls",
    "wall": "walls",
    "questions": "qa",
    "stream": "blogs",
    "text": "texts",
    "measures": "measures",
    "speaking": "speak",
    "pulse": "pulses",
    "digest": "digests",
    "survey": "surveys",
    "groups": "breakouts",
}

FACTS = {  # the fact that says what a command was -> kind of action
    "roster.joined": "join",
    "roster.left": "leave",
    "roster.door_set": "door",
    "roster.admitted": "admit",
    "activity.opened": "open",
    "activity.closed": "close",
    "activity.extended": "extend",
    "activity.sealed": SEALED,
    "stage.shown": "show",
    "stage.blanked": "darken",
    "stage.themed": "theme",
    "stage.ticked": "ticker",
    "agenda.advanced": "advance",
    "workshop.ended": "end",
    "contribution.hidden": "hide",
    "contribution.restored": "restore",
    "record.redacted": "redact",
    "poll.voted": "vote",
    "poll.amended": "amend",
    "poll.said": SAID,
    "survey.said": SAID,
    "poll.proposed": "propose",
    "poll.accepted": "propose_accept",
    "poll.grown": "option_adopt",
    "poll.banned": "word_ban",
    "poll.permitted": "word_permit",
    "poll.revealed": "reveal",
    "poll.reset": "reset",
    "wall.written": "idea",
    "wall.edited": "idea_edit",
    "wall.withdrawn": "idea_withdraw",
    "wall.moved": "move",
    "wall.corrected": "idea_correct",
    "wall.labelled": "idea_tag",
    "wall.seeded": "seed",
    "wall.adopted": "adopt",
    "wall.flagged": "flag",
    "wall.cleared": "clear",
    "wall.phased": "phase",
    "wall.founded": "cluster",
    "wall.renamed": "cluster_rename",
    "wall.assigned": "cluster_assign",
    "wall.merged": "idea_merge",
    "wall.split": "idea_split",
    "wall.undone": "wall_undo",
    "wall.linked": "link",
    "wall.dots_opened": "dots_open",
    "wall.dots_closed": "dots_close",
    "wall.dotted": "dot",
    "wall.shortlisted": "idea_shortlist",
    "wall.rated": "rate",
    "wall.placed": "place",
    "wall.commented": "comment",
    "wall.reacted": "reaction",
    "questions.asked": "question",
    "questions.supported": "upvote",
    "questions.unsupported": "unvote",
    "questions.approved": "approve",
    "questions.withdrawn": "question_withdraw",
    "questions.opposed": "downvote",
    "questions.unopposed": "undownvote",
    "questions.rejected": "reject",
    "questions.mended": "mend",
    "questions.labelled": "question_tag",
    "questions.shortlisted": "question_shortlist",
    "questions.merged": "question_merge",
    "questions.split": "question_split",
    "questions.answered": "answer",
    "questions.settled": "settle",
    "questions.sorted": "sort",
    "questions.commented": "comment",
    "stream.posted": "blog",
    "stream.drafted": "draft",
    "stream.published": "publish",
    "stream.corrected": "post_correct",
    "stream.locked": "lock",
    "stream.unlocked": "unlock",
    "stream.approved": "post_approve",
    "stream.rejected": "post_reject",
    "stream.labelled": "post_tag",
    "stream.reported": "report",
    "stream.dismissed": "dismiss",
    "stream.commented": "comment",
    "stream.reacted": "reaction",
    "text.voted": "paragraph_vote",
    "text.suggested": "suggest",
    "text.supported": "support",
    "text.decided": "decide",
    "text.commented": "comment",
    "measures.agreed": "measure",
    "measures.amended": "measure_amend",
    "measures.updated": "measure_update",
    "measures.volunteered": "volunteer",
    "measures.commented": "comment",
    "speaking.requested": "speak_request",
    "speaking.retracted": "speak_retract",
    "speaking.risen": "speak_rise",
    "speaking.given": "speak_turn",
    "speaking.finished": "speak_finish",
    "speaking.seated": "speak_seat",
    "speaking.vacated": "speak_vacate",
    "speaking.preferred": "speak_prefer",
    "speaking.ordered": "speak_order",
    "speaking.reacted": "reaction",
    "speaking.argued": "argument",
    "speaking.revised": "argument_revise",
    "pulse.signalled": "signal",
    "pulse.reset": "reset",
    "survey.submitted": "survey_submit",
    "groups.assigned": "breakout_assign",
    "groups.started": "breakout_start",
    "groups.extended": "breakout_extend",
    "groups.ended": "breakout_end",
    "groups.moved": "breakout_move",
    "groups.entered": "breakout_enter",
    "groups.left": "breakout_leave",
    "groups.noted": "note",
    "groups.rewritten": "note_rewrite",
    "groups.handed_in": "result",
    "groups.called": "help",
    "groups.taken": "help_take",
    "groups.helped": "help_done",
    "groups.told": "group_tell",
    "groups.opened_late": "group_late",
    "groups.scribed": "group_scribe",
    "groups.finished": "group_ready",
    "groups.closing": "breakout_end",
    "groups.held": "group_hold",
    "groups.added": "group_add",
    "groups.equipped": "group_equip",
    "groups.accessible": "group_access",
    "groups.merged": "group_merge",
    "groups.paired": "group_pair",
    "groups.unpaired": "group_split",
    "groups.split": "group_split",
    "groups.settled": "group_settle",
    "groups.wished": "group_wish",
    "groups.queued": "breakout_enter",
    "groups.led": "group_lead",
    "groups.briefed": "group_brief",
    "groups.remarked": "group_aside",
    "groups.released": "group_release",
    "groups.furnished": "group_furnish",
    "groups.commented": "comment",
    "groups.supported": "result_support",
    "groups.unsupported": "result_unsupport",
    "groups.answered": "comment_answer",
    "groups.accepted": "comment_accept",
    "groups.exhibited": "gallery",
    "groups.arranged": "gallery_arrange",
    "digest.claimed": "original_claim",
    "digest.released": "original_release",
    "digest.tagged": "original_tag",
    "digest.declined": "original_decline",
    "digest.resumed": "original_resume",
    "digest.condensed": "sentence",
    "digest.rewritten": "sentence_rewrite",
    "digest.linked": "sentence_link",
    "digest.placed": "sentence_place",
    "digest.withdrawn": "sentence_recall",
}
# No action makes a proposal of groups, changes it or throws it away: nobody knows of it, and published it is an
# assignment.  So its facts stand above in no line, and what was refused of it is left out too.
LEFT_OUT = {("groups", name) for name in forming.COMMANDS}
LEADING = ("agenda.advanced", "workshop.ended")  # these name a command wherever they stand in it


class Done(NamedTuple):
    """A command on record: what it was as an action, and its entries."""

    kind: str
    entries: list[Entry]

    @property
    def fact(self) -> Entry:
        """The entry that says what it was."""
        return next(entry for entry in self.entries if FACTS.get(entry.type) == self.kind)


def done(entries: Iterable[Entry]) -> Iterator[Done]:
    """The commands of a record, in order, without what no action does."""
    for _, group in groupby(entries, key=lambda entry: entry.command):
        parts = list(group)
        facts = [part.type for part in parts if part.type in FACTS]
        if facts:
            yield Done(FACTS[next((fact for fact in facts if fact in LEADING), facts[0])], parts)


def told(refusals: Iterable[Refusal], room: Room) -> list[Refusal]:
    """What was refused, without what is left out."""
    kinds = {activity.id: activity.kind.name for activity in room.activities.values()}
    return [it for it in refusals if (kinds.get(it.activity, ""), it.name) not in LEFT_OUT]


def refused_kind(refusal: Refusal, room: Room) -> str:
    """The kind of action of a refused command."""
    activity = room.activities.get(refusal.activity)
    there = activity.kind.name if activity else ""
    kinds = [kind for kind, way in WAYS.items() if way.command == refusal.name]
    own = [kind for kind in kinds if WAYS[kind].kind == there]
    common = [kind for kind in kinds if not WAYS[kind].kind]
    return [*own, *common, *kinds, refusal.name][0]


def results(room: Room, entries: list[Entry], refusals: Iterable[Refusal]) -> Data:
    """The block `expected` for a workshop; `room` is folded from `entries`."""
    blocks: Data = {}
    for activity in room.activities.values():
        blocks.setdefault(BLOCKS[activity.kind.name], {})[activity.id] = activity.figures()
    return {
        "totals": _totals(room, entries, refusals),
        "participation": participation(room.roster, room.workshop.starts),
        **blocks,
        "hidden_other": _hidden_beside(room, entries),
    }


def _totals(room: Room, entries: Iterable[Entry], refusals: Iterable[Refusal]) -> Data:
    """Actions by outcome and kind.  What was taken over sealed says itself how many there were of each."""
    outcomes, submitted, accepted = Counter[str](), Counter[str](), Counter[str]()
    for command in done(entries):
        for kind, took in _taken(command).items():
            outcomes.update(took)
            submitted[kind] += sum(took.values())
            accepted[kind] += took.get(ACCEPTED, 0)
    for refusal in refusals:
        outcomes[outcome(refusal.code)] += 1
        submitted[refused_kind(refusal, room)] += 1
    return {
        "actions": outcomes.total(),
        "by_outcome": _sorted(outcomes),
        "submitted_by_kind": _sorted(submitted),
        "accepted_by_kind": _sorted(accepted),
    }


def _taken(command: Done) -> dict[str, dict[str, int]]:
    """How many actions of each kind and outcome a command stands for."""
    if command.kind == SAID:
        return {}
    if command.kind != SEALED:
        return {command.kind: {ACCEPTED: 1}}
    data = command.fact.data
    kinds: dict[str, dict[str, int]] = data.get("kinds") or {"vote": data.get("outcomes", {})}
    return kinds


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted((+counts).items()))


def _hidden_beside(room: Room, entries: Iterable[Entry]) -> list[str]:
    """The references of hidden comments and notes: of cards, questions and posts their activities count the hidden."""
    hidden = {ref for activity in room.activities.values() for ref in activity.hidden}
    said = (entry for entry in entries if entry.type.endswith((".commented", ".noted")))
    return [entry.data["ref"] for entry in said if entry.data["ref"] in hidden]
