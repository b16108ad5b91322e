"""Stream (Blog): posts on the prompts (Leitfragen) of the day, with comments and reactions in words.

When it is to end (`open_until`) is a hint for readers: it closes by command like everything else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from facilitation import comments
from facilitation.comments import Comment, Remark, Said
from facilitation.kind import Look
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "stream"
page = "stream"

ON_STAGE = 6  # posts in one picture
TITLE, BODY, WORD = 500, 20_000, 32  # code points


class Prompt(NamedTuple):
    id: str
    title: str


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompts: tuple[Prompt, ...] = ()
    open_until: AwareDatetime | None = None
    reactions: Annotated[tuple[Annotated[Text, Field(max_length=WORD)], ...], Field(max_length=12)] = (
        "Danke",
        "Das greifen wir auf",
        "Das sehe ich anders",
    )
    names: Literal["named", "moderators", "anonymous"] = "named"


class Post(Command):
    prompt: str = ""  # only where there are none
    title: Text
    body: Text


class React(Command):
    """One word for a post.  Any is counted; screens show those of the settings, for a word cannot be hidden."""

    on: str
    word: Text


commands: dict[str, type[Command]] = {"post": Post, "comment": Comment, "react": React}


class Written(NamedTuple):
    """A post on record.  Sealing takes author and time away: together they would lead back to a person."""

    at: int
    ref: str
    prompt: str
    title: str  # "" once it is redacted, and so is the body
    body: str
    author: str | None
    made: datetime | None


@dataclass(slots=True)
class State:
    config: Config
    posts: dict[str, Written] = field(default_factory=dict)  # by reference, in the order of writing
    remarks: dict[str, list[Remark]] = field(default_factory=dict)  # by post
    reactors: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (post, word) -> who
    counted: dict[str, dict[str, int]] | None = None  # post -> word -> number, once it is forgotten who

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """There is always one to write to."""
        return self.config.prompts or (Prompt("", ""),)

    @property
    def reactions(self) -> dict[str, dict[str, int]]:
        """Post -> word -> how many; without those that nobody chose."""
        if self.counted is not None:
            return self.counted
        counts: dict[str, dict[str, int]] = {}
        for (post, word), people in self.reactors.items():
            counts.setdefault(post, {})[word] = len(people)
        return counts

    def visible(self, hidden: Mapping[str, str]) -> list[Written]:
        """The posts that everybody may see, newest first."""
        return [post for post in reversed(self.posts.values()) if post.ref not in hidden]


def begin(config: Config) -> State:
    return State(config)


def decide(state: State, command: Post | Comment | React, actor: Actor) -> list[Fact]:
    veiled = state.config.names == "anonymous"
    match command:
        case Post():
            if command.prompt not in {prompt.id for prompt in state.prompts}:
                raise Refused("stream.invalid", why="unknown_prompt")
            _check_length(command.title, TITLE)
            _check_length(command.body, BODY)
            return [Fact("stream.posted", command.model_dump(), veil={} if veiled else None, contribution=True)]
        case Comment(on=on):
            _check_post(state, on)
            return [comments.granted(name, command, state.config.names)]
        case _:
            _check_post(state, command.on)
            _check_length(command.word, WORD)
            if actor.id in state.reactors.get((command.on, command.word), ()):
                raise Refused("stream.already_voted")
            data = command.model_dump()
            return [Fact("stream.reacted", veil=data) if veiled else Fact("stream.reacted", data)]


def _check_post(state: State, ref: str) -> None:
    if ref not in state.posts:
        raise Refused("stream.invalid", why="unknown")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("stream.too_long", most=most)


def fold(state: State, entry: Entry) -> None:
    data = entry.full
    match entry.type:
        case "stream.posted":
            post = Written(entry.at, data["ref"], data["prompt"], data["title"], data["body"], entry.by, entry.made)
            state.posts[post.ref] = post
        case "stream.commented":
            remark = comments.remark(entry)
            state.remarks.setdefault(remark.on, []).append(remark)
        case "stream.reacted" if entry.by:  # without a veil there is nobody: the seal counts
            state.reactors.setdefault((data["on"], data["word"]), set()).add(entry.by)
        case "activity.sealed":
            state.counted, state.reactors = data["figures"]["reactions"], {}
            state.posts = {ref: post._replace(author=None, made=None) for ref, post in state.posts.items()}
            state.remarks = {on: comments.nameless(remarks) for on, remarks in state.remarks.items()}


class Head(NamedTuple):
    title: str
    until: datetime | None  # when it is to end
    open: bool


class Tab(NamedTuple):
    title: str
    posts: int


class Shown(NamedTuple):
    """A post as others see it: `said` carries its body.  `prompt` is what it answers."""

    said: Said
    title: str
    prompt: str


class Reaction(NamedTuple):
    on: str
    word: str
    times: int
    open: bool


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
    visible, reactions = state.visible(look.hidden), state.reactions
    sections = [(prompt.title, [post for post in visible if post.prompt == prompt.id]) for prompt in state.prompts]
    parts: View = {
        "": Slot(("head", "tabs", *(f"prompt-{n}" for n, _ in enumerate(sections)), "mine-post", "mine-written")),
        "head": Head(look.title, state.config.open_until, look.open),
        "tabs": tuple(Tab(title, len(posts)) for title, posts in sections),
    }
    for n, (title, posts) in enumerate(sections):
        parts |= {f"prompt-{n}": title, f"posts-{n}": Slot(f"post-{post.ref}" for post in posts)}
        if not posts:
            parts |= {f"empty-{n}": look.open, f"posts-{n}": Slot((f"empty-{n}",))}
    for post in visible:
        parts[f"post-{post.ref}"] = _shown(state, post, look)
        parts |= _words(state, post.ref, reactions.get(post.ref, {}), look)
        parts |= comments.below(post.ref, state.remarks.get(post.ref, []), look)
    return parts


def _words(state: State, ref: str, counts: Mapping[str, int], look: Look) -> View:
    """The words to react with; afterwards those that somebody chose."""
    words = {
        f"word-{n}-{ref}": Reaction(ref, word, counts.get(word, 0), look.open)
        for n, word in enumerate(state.config.reactions)
        if look.open or word in counts
    }
    return {f"words-{ref}": Slot(words)} | words


def _stage(state: State, look: Look) -> View:
    """One quoted post if one that everybody may see is asked for, else the newest."""
    visible = state.visible(look.hidden)
    quoted = [post for post in visible if post.ref == look.item]
    part = "stage-quote" if quoted else "stage-newest"
    posts = tuple(_shown(state, post, look) for post in quoted or visible[:ON_STAGE])
    return {"": Slot((part,)), part: OnStage(look.title, posts)}


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
    marks += [
        (f"word-{state.config.reactions.index(word)}-{post}", "own")
        for (post, word), people in state.reactors.items()
        if actor.id in people and post in shown and word in state.config.reactions
    ]
    return {
        "mine-post": MyPost(state.prompts, look.names, look.author(actor.id), look.open),
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
    shown = {post.ref for post in state.visible(look.hidden)}
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
                "reactions": {} if item.on else state.reactions.get(post.ref, {}),
                "hidden": item.reason,
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    """The block of the script format."""
    prompts = Counter(post.prompt for post in state.posts.values())
    return {
        "posts": len(state.posts),
        "visible": len(state.visible(hidden)),
        "posts_by_prompt": {prompt.id: prompts[prompt.id] for prompt in state.config.prompts},
        "comments": sum(map(len, state.remarks.values())),
        "comments_by_post": {on: len(remarks) for on, remarks in state.remarks.items()},
        "reactions": state.reactions,
    }
