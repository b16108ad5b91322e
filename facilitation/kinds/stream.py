"""Stream (Blog): posts on the prompts (Leitfragen) of the day, with comments and reactions in words.

People write and staff does: an editorial post is a draft until it is published, and says when it was corrected.
When it is to end (`open_until`) is a hint for readers: it closes by command, and is read-only from then on.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from facilitation import comments, posts, publishing, reactions, reports
from facilitation.comments import Said
from facilitation.fate import Fate
from facilitation.images import Image
from facilitation.kind import Look
from facilitation.labels import Label, chosen
from facilitation.originals import Origin, beginnings
from facilitation.posts import Correction, Prompt, State, Written
from facilitation.publishing import BODY
from facilitation.record import Actor, Command, Data, Entry, Fact
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.stage import TICKER

name = "stream"
page = "stream"

ON_STAGE, ON_TICKER = 6, 3  # posts in one picture, headlines below another one

Config = posts.Config
commands = publishing.COMMANDS


def begin(config: Config) -> State:
    return posts.begun(config)


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    return publishing.decide(state, command, actor)


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Head(NamedTuple):
    title: str
    until: datetime | None  # when it is to end
    open: bool


class Tab(NamedTuple):
    id: str
    title: str
    posts: int


class Shown(NamedTuple):
    """A post as others see it: `said` carries its body.  `prompt` is what it answers."""

    said: Said
    title: str
    prompt: str
    image: Image = Image()
    topics: tuple[str, ...] = ()
    editorial: bool = False
    locked: bool = False
    corrections: tuple[Correction, ...] = ()
    origins: tuple[Origin, ...] | None = None  # of what editors condensed: what was said at the beginning


class OnStage(NamedTuple):
    title: str
    posts: tuple[Shown, ...]


class Counts(NamedTuple):
    title: str
    posts: int
    comments: int
    waiting: int
    hidden: int
    reported: int
    ticking: bool  # the newest headlines run below the stage


class Item(NamedTuple):
    """A post or a comment on one (`on`) as its author and staff see it; `reason` is why nobody else does."""

    said: Said
    title: str
    on: str
    status: str
    reason: str
    image: Image = Image()
    topics: tuple[str, ...] = ()  # ids
    editorial: bool = False
    locked: bool = False
    reports: tuple[str, ...] = ()  # the reasons that readers gave


class DeskItem(NamedTuple):
    item: Item
    topics: tuple[Label, ...]


class MyPost(NamedTuple):
    """The form to write; `author` is the name that will stand below the title."""

    prompts: tuple[Prompt, ...]
    topics: tuple[Label, ...]
    most: int  # code points of the text
    pictures: bool
    names: str
    author: str
    premoderated: bool
    open: bool


class Draft(NamedTuple):
    """The form for an editorial post."""

    prompts: tuple[Prompt, ...]
    topics: tuple[Label, ...]
    most: int


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    """A section for each prompt.  What changes often, words and comments, are parts below a post."""
    visible, counts = state.visible(look.hidden), state.reactions.counts
    sections = [(prompt, [post for post in visible if post.prompt == prompt.id]) for prompt in state.prompts]
    parts: View = {
        "": Slot(("head", "tabs", *(f"prompt-{n}" for n, _ in enumerate(sections)), "mine-post", "mine-written")),
        "head": Head(look.title, state.config.open_until, look.open),
        "tabs": tuple(Tab(*prompt, len(answers)) for prompt, answers in sections),
    }
    for n, (prompt, answers) in enumerate(sections):
        parts |= {f"prompt-{n}": prompt.title, f"posts-{n}": Slot(f"post-{post.ref}" for post in answers)}
        if not answers:
            parts |= {f"empty-{n}": look.open, f"posts-{n}": Slot((f"empty-{n}",))}
    for post in visible:
        parts[f"post-{post.ref}"] = _shown(state, post, look)
        parts |= reactions.below(post.ref, counts, state.config.reactions, look)
        there = look._replace(open=look.open and not post.locked)
        parts |= comments.below(post.ref, state.said_below(post.ref), there)
    return parts


def _stage(state: State, look: Look) -> View:
    """One quoted post if one that everybody may see is asked for, else the newest; or only their headlines."""
    visible = state.visible(look.hidden)
    quoted = [post for post in visible if post.ref == look.item]
    if look.view == TICKER:
        part, shown = "stage-ticker", visible[:ON_TICKER]
    elif quoted:
        part, shown = "stage-quote", quoted
    else:
        part, shown = "stage-newest", visible[:ON_STAGE]
    return {"": Slot((part,)), part: OnStage(look.title, tuple(_shown(state, post, look) for post in shown))}


def _desk(state: State, look: Look) -> View:
    """What waits or was reported comes first, then the latest."""
    config = state.config
    items = _items(state, look)[::-1]
    items.sort(key=lambda item: not (item.status == "waiting" or item.reports))
    parts = {f"item-{item.said.ref}": DeskItem(item, config.topics) for item in items}
    counts = Counts(
        title=look.title,
        posts=len(state.posts),
        comments=len(items) - len(state.posts),
        waiting=sum(item.status == "waiting" for item in items),
        hidden=sum(item.status == "hidden" for item in items),
        reported=sum(bool(item.reports) for item in items),
        ticking=look.ticking,
    )
    draft = Draft(state.prompts, config.topics, BODY)
    tops: View = {"": Slot(("desk-stream", "desk-draft", "inbox")), "desk-stream": counts, "desk-draft": draft}
    return tops | {"inbox": counts, "items": Slot(parts)} | parts


def mine(state: State, actor: Actor, look: Look) -> View:
    config, items = state.config, _items(state, look, actor.id)
    form = MyPost(
        prompts=state.prompts,
        topics=config.topics,
        most=BODY,
        pictures=config.pictures,
        names=look.names,
        author=look.author(actor.id),
        premoderated=config.premoderated,
        open=look.open,
    )
    marks = Marks(_marks(state, actor, look, items))
    return {"mine-post": form, "mine-written": tuple(reversed(items)), "marks": marks}


def _marks(state: State, actor: Actor, look: Look, items: list[Item]) -> Iterator[tuple[str, str]]:
    """What a person wrote or reported, of what is shown, and the words that they gave."""
    posts = [post.ref for post in state.visible(look.hidden)]
    below = [it.ref for on in posts for it in state.said_below(on)[on] if it.ref not in look.hidden]
    own, reported = {item.said.ref for item in items}, set(reports.of(actor.id, state.reports))
    for part, refs in (("post", posts), ("comment", below)):
        for ref in refs:
            words = [*(["own"] if ref in own else []), *(["reported"] if ref in reported else [])]
            if words:
                yield f"{part}-{ref}", " ".join(words)
    yield from reactions.marks(actor.id, state.reactions, state.config.reactions, posts)


def _said(post: Written, look: Look) -> Said:
    anonymous = look.names == "anonymous" and not post.editorial
    return Said(post.ref, post.body, look.author(post.author), anonymous, post.made)


def _shown(state: State, post: Written, look: Look) -> Shown:
    titles = {prompt.id: prompt.title for prompt in state.prompts}
    topics = chosen(state.config.topics, state.topics.get(post.ref, ()))
    kept = post.image, topics, post.editorial, post.locked, post.corrections
    origins = beginnings(post.sources, look) if post.sources else None
    return Shown(_said(post, look), post.title, titles[post.prompt], *kept, origins)


def _items(state: State, look: Look, own: str | None = None) -> list[Item]:
    """Everything that was written here, hidden too, in the order of writing; or what `own` wrote."""
    items = [
        (post.at, _item(state, _said(post, look), look)._replace(title=post.title, **_of(post)))
        for post in state.posts.values()
        if own is None or post.author == own
    ]
    items += [
        (remark.at, _item(state, comments.said(remark, look), look)._replace(on=remark.on))
        for remark in chain.from_iterable(state.remarks.values())
        if own is None or remark.author == own
    ]
    return [item for _, item in sorted(items, key=itemgetter(0))]


def _of(post: Written) -> Data:
    return {"image": post.image, "editorial": post.editorial, "locked": post.locked}


def _item(state: State, said: Said, look: Look) -> Item:
    ref, status = said.ref, state.status(said.ref, look.hidden)
    reason = look.hidden.get(ref) or state.gate.rejected.get(ref, "")
    told = tuple(it.reason for it in state.reports.get(ref, ())) if look.is_staff else ()
    return Item(said, "", "", status, reason, topics=state.topics.get(ref, ()), reports=told)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Posts and comments in the order of writing; what is not for everybody, with the reason, only for staff."""
    shown, counts = {post.ref for post in state.visible(look.hidden)}, state.reactions.counts
    for item in _items(state, look):
        if look.is_staff or (item.status == "visible" and (item.on or item.said.ref) in shown):
            post = state.posts[item.on or item.said.ref]
            yield {
                "ref": item.said.ref,
                "on": item.on,
                "prompt": post.prompt,
                "title": item.title,
                "text": item.said.text,
                "author": item.said.author,
                "labels": ", ".join(chosen(state.config.topics, item.topics)),
                "image": item.image.id,
                "alt": item.image.alt,
                "reactions": counts.get(item.said.ref, {}),
                "status": item.status,
                "hidden": item.reason,
            }


def prompts(state: State) -> tuple[Prompt, ...]:
    """Under what editors of a digest can publish a sentence here."""
    return state.prompts


def withheld(state: State, ref: str) -> bool:
    """Whether nobody but staff and its author may read a post or a comment: a draft, or not approved."""
    return not (state.passes(state.posts[ref]) if ref in state.posts else state.gate.passes(ref))


def fate(state: State, ref: str) -> Fate | None:
    return state.fate(ref)


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
