"""The posts of a stream: what they answer, who may read them, what is said below them, and what of it counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

from facilitation import comments, reports
from facilitation.activity import REVISES
from facilitation.approval import Gate
from facilitation.comments import Remark, Remarks
from facilitation.fate import Fate
from facilitation.images import Image
from facilitation.labels import Labels
from facilitation.lineage import SOURCES
from facilitation.reactions import USUAL, Reactions, Words
from facilitation.record import Data, Entry
from facilitation.reports import Reports


class Prompt(NamedTuple):
    id: str
    title: str


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompts: tuple[Prompt, ...] = ()
    open_until: AwareDatetime | None = None
    premoderated: bool = False  # posts and comments are for everybody only after approval
    pictures: bool = True  # whether people may add one to their post
    topics: Labels = ()
    reactions: Words = USUAL
    names: Literal["named", "moderators", "anonymous"] = "named"


class Correction(NamedTuple):
    """That an editorial post was corrected after it was published, and what."""

    reason: str  # "" once the post is redacted
    made: datetime


class Written(NamedTuple):
    """A post on record.  Sealing takes author and time of a participant's away: together they would lead back."""

    at: int
    ref: str
    prompt: str
    title: str  # "" once it is redacted, and so is the body
    body: str
    author: str | None
    made: datetime | None
    image: Image = Image()
    editorial: bool = False
    draft: bool = False
    locked: bool = False  # nobody may comment on it any more
    corrections: tuple[Correction, ...] = ()
    sources: tuple[str, ...] = ()  # references of what it was made of


@dataclass(slots=True)
class State:
    config: Config
    gate: Gate
    posts: dict[str, Written] = field(default_factory=dict)  # by reference, in the order of writing
    remarks: Remarks = field(default_factory=dict)
    reactions: Reactions = field(default_factory=Reactions)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of posts and comments
    reports: Reports = field(default_factory=dict)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """There is always one to write to."""
        return self.config.prompts or (Prompt("", ""),)

    def passes(self, post: Written) -> bool:
        """Whether a post is meant for everybody: editorial ones when they are published, others when they may."""
        return not post.draft and (self.gate.passes(post.ref) or post.editorial)

    def visible(self, hidden: Mapping[str, str]) -> list[Written]:
        """The posts that everybody may see, newest first."""
        return [post for post in reversed(self.posts.values()) if post.ref not in hidden and self.passes(post)]

    def said_below(self, on: str) -> dict[str, list[Remark]]:
        """The comments on a post that everybody may see, unless they are hidden."""
        return {on: [it for it in self.remarks.get(on, ()) if self.gate.passes(it.ref)]}

    def status(self, ref: str, hidden: Mapping[str, str]) -> str:
        """Where a post or a comment stands, in one word."""
        if ref in hidden:
            return "hidden"
        if ref in self.posts and self.posts[ref].editorial:
            return "draft" if self.posts[ref].draft else "visible"
        if ref in self.gate.rejected:
            return "rejected"
        return "waiting" if self.gate.waits(ref) else "visible"

    def fate(self, ref: str) -> Fate | None:
        """What became of a post or a comment that is not for everybody."""
        status = self.status(ref, {})
        return Fate(status, self.gate.rejected.get(ref, "")) if status in ("waiting", "rejected") else None

    def take(self, entry: Entry) -> None:
        data = entry.data
        match entry.type.removeprefix("stream."):
            case "posted" | "drafted" as what:
                self._write(entry, staff=what == "drafted")
            case "commented":
                comments.note(self.remarks, entry)
            case "reacted":
                self.reactions.take(entry)
            case "reported":
                reports.note(self.reports, entry)
            case "approved" | "rejected" | "labelled" | "dismissed" as what:
                self._moderate(what, entry)
            case "activity.sealed":
                self._seal(data["figures"])
            case "published" | "corrected" | "locked" | "unlocked" as what:
                ref = data.get(REVISES) or data["post"]
                self.posts[ref] = _revised(what, self.posts[ref], entry)

    def _write(self, entry: Entry, *, staff: bool) -> None:
        data = entry.data
        words = data["prompt"], data["title"], data["body"]
        image = Image(data.get("image", ""), data.get("alt", ""))
        ref = data["ref"]
        draft, sources = staff and not data.get("published"), tuple(data.get(SOURCES, ()))
        written = Written(entry.at, ref, *words, entry.by, entry.made, image, editorial=staff, draft=draft)
        self.posts[ref] = written._replace(sources=sources)
        if data.get("topics"):
            self.topics[ref] = tuple(data["topics"])

    def _moderate(self, what: str, entry: Entry) -> None:
        """What staff did to a post or a comment."""
        ref = entry.data["on"]
        match what:
            case "approved":
                self.gate.approve(ref)
            case "rejected":
                self.gate.reject(entry)
            case "labelled":
                self.topics[ref] = tuple(entry.data["labels"])
            case _:  # dismissed
                self.reports.pop(ref, None)

    def _seal(self, figures: Data) -> None:
        self.reactions.seal(figures["reactions"])
        self.posts = {
            ref: post if post.editorial else post._replace(author=None, made=None) for ref, post in self.posts.items()
        }
        self.remarks = comments.nameless(self.remarks)
        self.reports = reports.nameless(self.reports)

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The block of the script format; drafts are no posts yet."""
        posts = [post for post in self.posts.values() if not post.draft]
        prompts, remarks = Counter(post.prompt for post in posts), comments.counts(self.remarks)
        return {
            "posts": len(posts),
            "visible": len(self.visible(hidden)),
            "posts_by_prompt": {prompt.id: prompts[prompt.id] for prompt in self.config.prompts},
            "comments": sum(remarks.values()),
            "comments_by_post": remarks,
            "reactions": self.reactions.counts,
        }


def _revised(what: str, post: Written, entry: Entry) -> Written:
    """A post after staff did something to it.  It is dated when it was published."""
    match what:
        case "published":
            return post._replace(draft=False, made=entry.made)
        case "corrected":
            noted = () if post.draft else (Correction(entry.data["reason"], entry.made),)
            words = {"title": entry.data["title"], "body": entry.data["body"]}
            return post._replace(**words, corrections=post.corrections + noted)
    return post._replace(locked=what == "locked")


def begun(config: Config) -> State:
    return State(config, Gate(config.premoderated))
