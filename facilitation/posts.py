"""The posts of a stream: what they answer, what is said below them, and what of it counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

from facilitation import comments
from facilitation.comments import Remarks
from facilitation.reactions import USUAL, Reactions, Words
from facilitation.record import Data, Entry


class Prompt(NamedTuple):
    id: str
    title: str


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompts: tuple[Prompt, ...] = ()
    open_until: AwareDatetime | None = None
    reactions: Words = USUAL
    names: Literal["named", "moderators", "anonymous"] = "named"


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
    remarks: Remarks = field(default_factory=dict)
    reactions: Reactions = field(default_factory=Reactions)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """There is always one to write to."""
        return self.config.prompts or (Prompt("", ""),)

    def visible(self, hidden: Mapping[str, str]) -> list[Written]:
        """The posts that everybody may see, newest first."""
        return [post for post in reversed(self.posts.values()) if post.ref not in hidden]

    def take(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "stream.posted":
                ref = data["ref"]
                words = data["prompt"], data["title"], data["body"]
                self.posts[ref] = Written(entry.at, ref, *words, entry.by, entry.made)
            case "stream.commented":
                comments.note(self.remarks, entry)
            case "stream.reacted":
                self.reactions.take(entry)
            case "activity.sealed":
                self.reactions.seal(data["figures"]["reactions"])
                self.posts = {ref: post._replace(author=None, made=None) for ref, post in self.posts.items()}
                self.remarks = comments.nameless(self.remarks)

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The block of the script format."""
        prompts, remarks = Counter(post.prompt for post in self.posts.values()), comments.counts(self.remarks)
        return {
            "posts": len(self.posts),
            "visible": len(self.visible(hidden)),
            "posts_by_prompt": {prompt.id: prompts[prompt.id] for prompt in self.config.prompts},
            "comments": sum(remarks.values()),
            "comments_by_post": remarks,
            "reactions": self.reactions.counts,
        }
