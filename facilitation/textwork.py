"""What stage and desk see of a text (Textwerkstatt): where the work is, what was suggested, what became of it."""

from typing import NamedTuple

from facilitation import comments
from facilitation.comments import Remark, Said
from facilitation.kind import Look
from facilitation.paragraphs import OPEN, Paragraph, State, Suggestion
from facilitation.screen import Slot, View
from facilitation.stage import RESULT

GALLERY = 5  # suggestions in one picture
ROWS = 9  # paragraphs in one picture
UNDECIDED = (OPEN, "deferred")


class Proposed(NamedTuple):
    """A suggestion beside the wording it would replace, or did.  `said` carries its own words.

    `older`: it was written against an earlier revision than the present one.
    """

    said: Said
    number: str
    title: str
    old: str
    reason: str
    support: int
    state: str
    why: str
    changed: bool
    older: bool
    open: bool


class Change(NamedTuple):
    """How a paragraph came to its present wording: old, new, why; `ref` is the suggestion."""

    number: str
    title: str
    old: str
    new: str
    reason: str
    why: str
    ref: str


class Row(NamedTuple):
    """A paragraph in numbers.  `votes` is empty where it may not be known how they fall."""

    id: str
    number: str
    title: str
    revision: int
    voted: int
    votes: tuple[tuple[str, int], ...]
    comments: int
    suggestions: int
    undecided: int

    @property
    def disputed(self) -> int:
        """How much there is to do: votes that do not carry it, comments, suggestions without a decision."""
        return sum(count for _, count in self.votes[1:]) + self.comments + self.undecided


class Table(NamedTuple):
    title: str
    values: tuple[str, ...]
    rows: tuple[Row, ...]
    of: int
    voters: int


class Gallery(NamedTuple):
    title: str
    suggestions: tuple[Proposed, ...]
    of: int


class Large(NamedTuple):
    """One paragraph: as it reads, or with one change of it."""

    number: str
    title: str
    text: str
    revision: int
    change: Proposed | Change | None


class Counts(NamedTuple):
    title: str
    suggestions: int
    undecided: int
    comments: int


class Item(NamedTuple):
    """A suggestion, or a comment on a paragraph, as its author and staff see it; `hidden` is why nobody else does."""

    said: Said
    number: str
    is_comment: bool
    hidden: str
    state: str = ""
    why: str = ""
    changed: bool = False
    support: int = 0


def proposed(state: State, it: Suggestion, number: str, title: str, look: Look) -> Proposed:
    """A suggestion as this look sees it, whose place is known."""
    brought = [revision.number for revision in state.revisions[it.paragraph] if revision.ref == it.ref]
    old = state.reading(it.paragraph, look.hidden, before=brought[-1] if brought else 0)
    return Proposed(
        said=said(it, look),
        number=number,
        title=title,
        old=old.text,
        reason=it.reason,
        support=state.support(it.ref),
        state=it.state,
        why=it.why,
        changed=it.changed,
        older=it.state in UNDECIDED and it.base < len(state.revisions[it.paragraph]),
        open=look.open,
    )


def said(it: Suggestion, look: Look) -> Said:
    return Said(it.ref, it.text, look.author(it.author), look.names == "anonymous", it.made)


def change(state: State, number: str, paragraph: Paragraph, look: Look) -> Change | None:
    """What led to the present wording; None where it is the first."""
    now = state.reading(paragraph.id, look.hidden)
    if not now.ref:
        return None
    before = state.reading(paragraph.id, look.hidden, before=now.number)
    reason = state.suggestions[now.ref].reason
    return Change(number, paragraph.title, before.text, now.text, reason, now.why, now.ref)


def row(state: State, number: str, paragraph: Paragraph, look: Look) -> Row:
    tally, suggested = state.tally(paragraph.id), state.suggested(paragraph.id, look.hidden)
    voted = sum(tally.values())
    return Row(
        id=paragraph.id,
        number=number,
        title=paragraph.title,
        revision=state.reading(paragraph.id, look.hidden).number,
        voted=voted,
        votes=tuple(tally.items()) if _is_known(voted, look) else (),
        comments=sum(it.ref not in look.hidden for it in state.remarks.get(paragraph.id, ())),
        suggestions=len(suggested),
        undecided=sum(it.state in UNDECIDED for it in suggested),
    )


def _is_known(voted: int, look: Look) -> bool:
    """Whether it may be known how the votes fall: of names at the desk, else once it is shown, and enough voted."""
    if look.is_staff and look.names == "named":
        return True
    return (look.shown or (look.is_staff and not look.open)) and (look.names == "named" or voted >= look.k)


def staged(state: State, look: Look) -> View:
    match look.view:
        case "paragraph" if state.revisions:
            return _picture("stage-paragraph", _large(state, look))
        case "gallery":
            return _picture("stage-gallery", _gallery(state, look))
        case _ if look.item in state.revisions or look.item in state.suggestions:
            return _picture("stage-paragraph", _large(state, look))
        case view if view == RESULT and look.shown:
            rows = sorted(_rows(state, look), key=lambda it: -it.disputed)[:ROWS]
            return _picture("stage-result", _table(state, look, rows))
    return _picture("stage-question", _table(state, look, _rows(state, look)))


def _picture(name: str, content: NamedTuple) -> View:
    return {"": Slot((name,)), name: content}


def _rows(state: State, look: Look) -> list[Row]:
    return [row(state, number, paragraph, look) for number, paragraph in state.numbered]


def _table(state: State, look: Look, rows: list[Row]) -> Table:
    return Table(look.title, state.config.vote_values, tuple(rows), len(state.revisions), state.voters)


def _gallery(state: State, look: Look) -> Gallery:
    """What nobody has decided yet, or all where everything is decided; the most supported first."""
    places = {paragraph.id: (number, paragraph.title) for number, paragraph in state.numbered}
    shown = [it for it in state.suggestions.values() if it.ref not in look.hidden]
    chosen = [it for it in shown if it.state in UNDECIDED] or shown
    chosen.sort(key=lambda it: -state.support(it.ref))
    first = tuple(proposed(state, it, *places[it.paragraph], look) for it in chosen[:GALLERY])
    return Gallery(look.title, first, len(chosen))


def _large(state: State, look: Look) -> Large:
    """The suggestion or the paragraph that is asked for, else what changed last, else the first paragraph."""
    places = {paragraph.id: (number, paragraph) for number, paragraph in state.numbered}
    suggestion = state.suggestions.get(look.item)
    if suggestion and suggestion.ref not in look.hidden:
        number, paragraph = places[suggestion.paragraph]
        shown: Proposed | Change | None = proposed(state, suggestion, number, paragraph.title, look)
    else:
        readings = {id: state.reading(id, look.hidden) for id in places}
        latest = max(places, key=lambda id: readings[id].at)
        number, paragraph = places.get(look.item, places[latest])
        shown = change(state, number, paragraph, look)
    now = state.reading(paragraph.id, look.hidden)
    return Large(number, paragraph.title, now.text, now.number, shown)


def desk(state: State, look: Look) -> View:
    """Where the work is, what waits for a decision, and at the side everything that came in."""
    rows = _rows(state, look)
    items = {f"item-{it.said.ref}": it for it in reversed(list(written(state, look)))}
    waiting: View = {}
    for number, paragraph in state.numbered:
        for it in state.suggested(paragraph.id, look.hidden):
            if it.state in UNDECIDED:
                waiting[f"pending-{it.ref}"] = proposed(state, it, number, paragraph.title, look)
    remarks = sum(it.is_comment for it in items.values())
    counts = Counts(look.title, len(items) - remarks, len(waiting), remarks)
    return {
        "": Slot(("heat", "decisions", "inbox")),
        "heat": _table(state, look, rows),
        "decisions": counts,
        "waiting": Slot(waiting),
        "inbox": counts,
        "items": Slot(items),
        **waiting,
        **items,
    }


def written(state: State, look: Look, own: str | None = None) -> list[Item]:
    """Everything that was written here, hidden too, in the order of writing; or what `own` wrote."""
    found: list[tuple[int, Item]] = []
    for number, paragraph in state.numbered:
        for it in state.remarks.get(paragraph.id, ()):
            found += [(it.at, _comment(it, number, look))] if own in (None, it.author) else []
    places = {paragraph.id: number for number, paragraph in state.numbered}
    for suggestion in state.suggestions.values():
        if own in (None, suggestion.author):
            found.append((suggestion.at, _suggestion(state, suggestion, places[suggestion.paragraph], look)))
    return [item for _, item in sorted(found)]


def _comment(it: Remark, number: str, look: Look) -> Item:
    return Item(comments.said(it, look), number, is_comment=True, hidden=look.hidden.get(it.ref, ""))


def _suggestion(state: State, it: Suggestion, number: str, look: Look) -> Item:
    hidden, support = look.hidden.get(it.ref, ""), state.support(it.ref)
    return Item(said(it, look), number, is_comment=False, hidden=hidden, state=it.state, why=it.why,
                changed=it.changed, support=support)  # fmt: skip
