"""What people and staff may wish of a stream, and what becomes of it."""

from typing import Any

from facilitation import comments, images, labels, reports
from facilitation.activity import REVISES
from facilitation.approval import Approve, Reject
from facilitation.comments import Comment
from facilitation.images import Illustrated
from facilitation.labels import Tag
from facilitation.lineage import SOURCES, Carrying
from facilitation.posts import State, Written
from facilitation.reactions import React
from facilitation.record import Actor, Command, Data, Fact, Refused, StaffCommand
from facilitation.reports import Dismiss, Report
from facilitation.texts import Text

NAME = "stream"
TITLE, BODY, NOTE = 500, 20_000, 1_000  # code points


class Post(Illustrated):
    prompt: str = ""  # only where there are none
    title: Text
    body: Text
    topics: tuple[str, ...] = ()


class Draft(Carrying, Post, StaffCommand):
    """An editorial post, seen by staff until it is published; what was condensed elsewhere can be so at once."""

    body: Text = ""  # a headline is enough
    published: bool = False


class OfPost(StaffCommand):
    post: str


class Publish(OfPost):
    pass


class Correct(OfPost):
    """Put other words into an editorial post.  Once it is published, everybody reads that and why."""

    title: Text
    body: Text = ""
    reason: str = ""


class Lock(OfPost):
    """Close the comments on a post."""


class Unlock(OfPost):
    pass


COMMANDS: dict[str, type[Command]] = {
    "post": Post,
    "comment": Comment,
    "react": React,
    "report": Report,
    "dismiss": Dismiss,
    "draft": Draft,
    "publish": Publish,
    "correct": Correct,
    "lock": Lock,
    "unlock": Unlock,
    "approve": Approve,
    "reject": Reject,
    "tag": Tag,
}


def decide(state: State, command: Any, actor: Actor) -> list[Fact]:
    names = state.config.names
    match command:
        case Post():
            fact = _posting(state, command)
        case Comment(on=ref):
            _check_comments(_post(state, ref))
            fact = comments.granted(NAME, command, names)
        case React(on=ref):
            _post(state, ref)
            fact = state.reactions.granted(NAME, command, actor, names)
        case Report(on=ref):
            _check_said(state, ref)
            fact = reports.granted(NAME, command, state.reports, actor, names)
        case OfPost(post=ref):
            fact = _editing(command, _post(state, ref))
        case _:
            fact = _moderating(state, command)
    return [fact]


def _post(state: State, ref: str) -> Written:
    if ref not in state.posts:
        raise Refused("stream.invalid", why="unknown")
    return state.posts[ref]


def _check_said(state: State, ref: str) -> None:
    if ref not in state.posts and not any(ref == it.ref for those in state.remarks.values() for it in those):
        raise Refused("stream.invalid", why="unknown")


def _check_comments(post: Written) -> None:
    if post.locked:
        raise Refused("stream.locked")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("stream.too_long", most=most)


def _posting(state: State, post: Post) -> Fact:
    config = state.config
    if post.prompt not in {prompt.id for prompt in state.prompts}:
        raise Refused("stream.invalid", why="unknown_prompt")
    _check_length(post.title, TITLE)
    _check_length(post.body, BODY)
    labels.check(config.topics, post.topics)
    images.check(post)
    data: Data = {"prompt": post.prompt, "title": post.title, "body": post.body}
    data |= images.kept(post) | ({"topics": list(post.topics)} if post.topics else {})
    if isinstance(post, Draft):
        return Fact("stream.drafted", data | _condensed(post), contribution=True)
    if post.image and not config.pictures:
        raise Refused("stream.invalid", why="no_pictures")
    return Fact("stream.posted", data, veil={} if config.names == "anonymous" else None, contribution=True)


def _condensed(draft: Draft) -> Data:
    """What a draft was made of, which everybody may read then, and whether they read it now."""
    for source in draft.carried:
        if source.hidden or source.withdrawn:
            raise Refused("stream.invalid", why="hidden", ref=source.ref)
    sources: Data = {SOURCES: list(draft.sources)} if draft.sources else {}
    return sources | ({"published": True} if draft.published else {})


def _editing(command: OfPost, post: Written) -> Fact:
    match command:
        case Publish() if post.draft:
            return Fact("stream.published", {"post": post.ref})
        case Correct() if post.editorial:
            _check_length(command.title, TITLE)
            _check_length(command.body, BODY)
            _check_length(command.reason, NOTE)
            if not (post.draft or command.reason.strip()):
                raise Refused("stream.invalid", why="correction")
            return Fact("stream.corrected", {REVISES: post.ref} | command.model_dump(exclude={"post"}))
        case Lock():
            return Fact("stream.locked", {"post": post.ref})
        case Unlock():
            return Fact("stream.unlocked", {"post": post.ref})
    raise Refused("stream.invalid", why="not_editorial")


def _moderating(state: State, command: Any) -> Fact:
    """What staff does to a post or a comment."""
    ref = command.on if isinstance(command, Dismiss) else command.ref
    _check_said(state, ref)
    match command:
        case Tag():
            return labels.granted(NAME, command, state.config.topics)
        case Reject(reason=reason):
            return Fact("stream.rejected", {"on": ref, "reason": reason})
        case Approve():
            return Fact("stream.approved", {"on": ref})
    return Fact("stream.dismissed", {"on": ref})
