"""What people and staff may wish of a round of questions, and what becomes of it."""

from typing import Any, Literal

from facilitation import comments, labels
from facilitation.activity import REVISES
from facilitation.approval import Reject
from facilitation.comments import Comment
from facilitation.dates import Day
from facilitation.labels import Tag
from facilitation.qa import Order, Question, State, open_of
from facilitation.record import Actor, Command, Data, Fact, Refused, StaffCommand
from facilitation.texts import Text

NAME = "questions"
ANSWER, NAMED = 10_000, 200  # code points: of an answer, of who gives it or sees to it


class Ask(Command):
    text: Text
    anonymous: bool = False
    to: str = ""  # an addressee; "": whoever is on the podium


class Withdraw(Command):
    """Take one's own question back.  After sealing nobody is known to have asked it."""

    question: str

    def forbidden(self, state: Any, actor: Actor) -> bool:
        known = state.questions.get(self.question)
        return known is not None and known.author not in (actor.id, actor.alias)


class Vote(Command):
    question: str


class Support(Vote):
    """To ask this too (mitfragen)."""


class Unsupport(Vote):
    pass


class Oppose(Vote):
    """To speak against it, where the settings allow that."""


class Unoppose(Vote):
    pass


class Approve(StaffCommand):
    question: str


class Mend(StaffCommand):
    """Mend the spelling; the words as they came stay on record and with their author."""

    question: str
    text: Text


class Shortlist(StaffCommand):
    question: str
    chosen: bool = True


class Merge(StaffCommand):
    """Make a question part of another one that asks the same."""

    question: str
    into: str


class Split(StaffCommand):
    """Take a question out of the one it was merged into."""

    question: str


class Answer(StaffCommand):
    """What was answered, and by whom; without words: it was answered aloud."""

    question: str
    text: Text | None = None
    answerer: str = ""


class Settle(StaffCommand):
    """What is to become of a question that is not answered; takes an answer back."""

    question: str
    end: Literal["", "in_writing", "dropped"] = ""
    reason: str = ""
    owner: str = ""
    due: Day = ""


class Sort(StaffCommand):
    """In which order everybody sees the questions who has not chosen another."""

    order: Order


VOTES = {
    Support: "questions.supported",
    Unsupport: "questions.unsupported",
    Oppose: "questions.opposed",
    Unoppose: "questions.unopposed",
}
COMMANDS: dict[str, type[Command]] = {
    "ask": Ask,
    "withdraw": Withdraw,
    "support": Support,
    "unsupport": Unsupport,
    "oppose": Oppose,
    "unoppose": Unoppose,
    "comment": Comment,
    "approve": Approve,
    "reject": Reject,
    "mend": Mend,
    "tag": Tag,
    "shortlist": Shortlist,
    "merge": Merge,
    "split": Split,
    "answer": Answer,
    "settle": Settle,
    "sort": Sort,
}


def decide(state: State, command: Any, actor: Actor) -> list[Fact]:
    match command:
        case Ask():
            facts = [_asking(state, command, actor)]
        case Comment():
            _known(state, command.on)
            facts = [comments.granted(NAME, command, state.config.names)]
        case Withdraw(question=ref):
            facts = _withdrawing(_known(state, ref))
        case Vote(question=ref):
            facts = [_voting(state, command, state.head(_known(state, ref)), actor)]
        case Reject(ref=ref, reason=reason):
            _known(state, ref)
            facts = [Fact("questions.rejected", {"on": ref, "reason": reason})]
        case Tag(ref=ref):
            _known(state, ref)
            facts = [labels.granted(NAME, command, state.config.labels)]
        case Sort(order=order):
            facts = [Fact("questions.sorted", {"order": order})]
        case _:
            facts = [_revising(state, command, _known(state, command.question))]
    return facts


def _known(state: State, ref: str) -> Question:
    if ref not in state.questions:
        raise Refused("questions.invalid", why="unknown")
    return state.questions[ref]


def _asking(state: State, ask: Ask, actor: Actor) -> Fact:
    config, veiled = state.config, state.config.names == "anonymous"
    if ask.anonymous and not (veiled or config.anonymous_allowed):
        raise Refused("questions.invalid", why="named_only")  # rather than to publish a name against a wish
    if ask.to and ask.to not in {addressee.id for addressee in config.addressees}:
        raise Refused("questions.invalid", why="unknown_addressee")
    _check_length(ask.text, config.max_length)
    mine = {actor.id, actor.alias}
    if config.most_open and not actor.role.is_staff and open_of(state.questions.values(), mine) >= config.most_open:
        raise Refused("questions.over_limit", most=config.most_open)
    veil: Data | None = {} if veiled or ask.anonymous else None
    return Fact("questions.asked", ask.model_dump(exclude_defaults=True), veil=veil, contribution=True)


def _withdrawing(question: Question) -> list[Fact]:
    """Those that were merged into it stand for themselves again."""
    if question.withdrawn:
        raise Refused("questions.invalid", why="unknown")
    veil: Data | None = {} if question.anonymous else None
    parts = [Fact("questions.split", {"question": ref}, veil=veil) for ref in question.parts]
    return [Fact("questions.withdrawn", {REVISES: question.ref}, veil=veil), *parts]


def _voting(state: State, vote: Vote, question: Question, actor: Actor) -> Fact:
    """What is taken back though it was never given is accepted and changes nothing."""
    config = state.config
    if isinstance(vote, Oppose) and not config.opposable:
        raise Refused("questions.invalid", why="not_opposable")
    if isinstance(vote, Support | Oppose):
        if not config.own_support and {actor.id, actor.alias} & state.authors(question):
            raise Refused("questions.own")
        voted = state.supporters(question) if isinstance(vote, Support) else state.opponents(question)
        if actor.id in voted:
            raise Refused("questions.already_voted")
    type, data = VOTES[vote.__class__], {"question": question.ref}  # noqa: A001  # the record says type
    return Fact(type, veil=data) if config.names == "anonymous" else Fact(type, data)


def _revising(state: State, command: Any, question: Question) -> Fact:
    """What staff does to one question."""
    ref = question.ref
    match command:
        case Approve():
            fact = Fact("questions.approved", {"question": ref})
        case Mend(text=text):
            _check_length(text, state.config.max_length)
            fact = Fact("questions.mended", {REVISES: ref, "text": text})
        case Shortlist(chosen=chosen):
            fact = Fact("questions.shortlisted", {"question": ref, "chosen": chosen})
        case Merge() | Split():
            fact = _merging(state, command, question)
        case Answer():
            fact = _answering(command)
        case _:
            fact = _settling(command)
    return fact


def _answering(answer: Answer) -> Fact:
    _check_length(answer.text or "", ANSWER)
    _check_length(answer.answerer, NAMED)
    said = {"answer": answer.text or ""} | ({"answerer": answer.answerer} if answer.answerer else {})
    return Fact("questions.answered", {REVISES: answer.question} | said)


def _merging(state: State, command: Merge | Split, question: Question) -> Fact:
    if question.counted:
        raise Refused("questions.sealed")  # it is forgotten who supported both
    if isinstance(command, Split):
        if not question.into:
            raise Refused("questions.invalid", why="not_merged")
        return Fact("questions.split", {"question": question.ref})
    head = _known(state, command.into)
    if question.into or head.into or head is question:
        raise Refused("questions.invalid", why="merged")
    return Fact("questions.merged", {"question": question.ref, "into": head.ref})


def _settling(settle: Settle) -> Fact:
    if settle.end == "dropped" and not settle.reason.strip():
        raise Refused("questions.invalid", why="reason")
    _check_length(settle.reason, ANSWER)
    _check_length(settle.owner, NAMED)
    return Fact("questions.settled", {REVISES: settle.question} | settle.model_dump(exclude={"question"}))


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("questions.too_long", most=most)
