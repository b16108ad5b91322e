"""Stream (Blog): posts on the prompts (Leitfragen) of the day, with comments and reactions in words.

When it is to end (`open_until`) is a hint for readers: it closes by command like everything else.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from facilitation import comments, posts, reactions
from facilitation.comments import Comment, Said
from facilitation.kind import Look
from facilitation.posts import Prompt, State, Written
from facilitation.reactions import React
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "stream"
page = "stream"

ON_STAGE = 6  # posts in one picture
TITLE, BODY = 500, 20_000  # code points

Config = posts.Config


class Post(Command):
    prompt: str = ""  # only where there are none
    title: Text
    body: Text


commands: dict[str, type[Command]] = {"post": Post, "comment": Comment, "react": React}


def begin(config: Config) -> State:
    return State(config)


def decide(state: State, command: Post | Comment | React, actor: Actor) -> list[Fact]:
    names = state.config.names
    match command:
        case Post():
            if command.prompt not in {prompt.id for prompt in state.prompts}:
                raise Refused("stream.invalid", why="unknown_prompt")
            _check_length(command.title, TITLE)
            _check_length(command.body, BODY)
            veil: Data | None = {} if names == "anonymous" else None
            return [Fact("stream.posted", command.model_dump(), veil=veil, contribution=True)]
        case Comment(on=ref):
            _check_post(state, ref)
            return [comments.granted(name, command, names)]
        case _:
            _check_post(state, command.on)
            return [state.reactions.granted(name, command, actor, names)]


def _check_post(state: State, ref: str) -> None:
    if ref not in state.posts:
        raise Refused("stream.invalid", why="unknown")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("stream.too_long", most=most)


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


class OnStage(NamedTuple):
    title: str
    posts: tuple[Shown, ...]


class Counts(NamedTuple):
    title: str
    posts: int
    comments: int
    hidden: int


class Item(NamedTuple):
    """A post or a comment on one (`on`) as its author and staff see it; `reason` is why nobody else does."""

    said: Said
    title: str
    on: str
    reason: str


class MyPost(NamedTuple):
    """The form to write; `author` is the name that will stand below the title."""

    prompts: tuple[Prompt, ...]
    most: int  # code points of the text
    names: str
    author: str
    open: bool


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    """A section for each prompt.  What changes often, words and comments, are parts below a post that never changes."""
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
        parts |= comments.below(post.ref, state.remarks, look)
    return parts


def _stage(state: State, look: Look) -> View:
    """One quoted post if one that everybody may see is asked for, else the newest."""
    visible = state.visible(look.hidden)
    quoted = [post for post in visible if post.ref == look.item]
    part = "stage-quote" if quoted else "stage-newest"
    chosen = tuple(_shown(state, post, look) for post in quoted or visible[:ON_STAGE])
    return {"": Slot((part,)), part: OnStage(look.title, chosen)}


def _desk(state: State, look: Look) -> View:
    items = _items(state, look)[::-1]
    parts = {f"item-{item.said.ref}": item for item in items}
    counts = Counts(
        title=look.title,
        posts=len(state.posts),
        comments=len(items) - len(state.posts),
        hidden=sum(bool(item.reason) for item in items),
    )
    tops: View = {"": Slot(("desk-stream", "inbox")), "desk-stream": counts, "inbox": counts}
    return tops | {"items": Slot(parts)} | parts


def mine(state: State, actor: Actor, look: Look) -> View:
    items = _items(state, look, actor.id)
    shown = {post.ref for post in state.visible(look.hidden)}
    own_shown = [item for item in items if not item.reason and (item.on or item.said.ref) in shown]
    marks = [(f"{'comment' if item.on else 'post'}-{item.said.ref}", "own") for item in own_shown]
    marks += reactions.marks(actor.id, state.reactions, state.config.reactions, shown)
    return {
        "mine-post": MyPost(state.prompts, BODY, look.names, look.author(actor.id), look.open),
        "mine-written": tuple(reversed(items)),
        "marks": Marks(marks),
    }


def _said(post: Written, look: Look) -> Said:
    return Said(post.ref, post.body, look.author(post.author), look.names == "anonymous", post.made)


def _shown(state: State, post: Written, look: Look) -> Shown:
    titles = {prompt.id: prompt.title for prompt in state.prompts}
    return Shown(_said(post, look), post.title, titles[post.prompt])


def _items(state: State, look: Look, own: str | None = None) -> list[Item]:
    """Everything that was written here, hidden too, in the order of writing; or what `own` wrote."""
    items = [
        (post.at, Item(_said(post, look), post.title, "", look.hidden.get(post.ref, "")))
        for post in state.posts.values()
        if own is None or post.author == own
    ]
    items += [
        (remark.at, Item(comments.said(remark, look), "", remark.on, look.hidden.get(remark.ref, "")))
        for remark in chain.from_iterable(state.remarks.values())
        if own is None or remark.author == own
    ]
    return [item for _, item in sorted(items, key=itemgetter(0))]


def rows(state: State, look: Look) -> Iterator[Data]:
    """Posts and comments in the order of writing; what is hidden, with the reason, only for staff."""
    shown, counts = {post.ref for post in state.visible(look.hidden)}, state.reactions.counts
    for item in _items(state, look):
        if look.is_staff or (not item.reason and (item.on or item.said.ref) in shown):
            post = state.posts[item.on or item.said.ref]
            yield {
                "ref": item.said.ref,
                "on": item.on,
                "prompt": post.prompt,
                "title": item.title,
                "text": item.said.text,
                "author": item.said.author,
                "reactions": counts.get(item.said.ref, {}),
                "hidden": item.reason,
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
