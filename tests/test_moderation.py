from typing import Any

import pytest

from facilitation import pictures
from facilitation.kinds import stream, wall
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.rooms import Kept, activity, afresh, room, submit

REASON = "Ein Name steht darin"


def hall(**config: Any) -> Kept:
    made = room(activity(wall, "wand", **{"names": "named"} | config))
    submit(made, "mo", "wand", "open")
    return made


def card(made: Kept, text: str = "Mut", by: str = "ada") -> str:
    ref: str = submit(made, by, "wand", "write", column="cards", text=text)[-1].data["ref"]
    return ref


def seen(made: Kept, audience: Audience) -> list[str]:
    """The numbers of the cards that somebody sees."""
    wand = made.activities["wand"]
    parts = wall.view(wand.state, pictures.look(made, wand, audience))
    return [name.partition("-")[2] for name in parts if name.startswith(("card-", "item-"))]


def figures(made: Kept) -> tuple[int, int]:
    block = made.activities["wand"].figures()
    return block["ideas"], block["visible"]


def test_what_is_hidden_stays_on_record_and_on_the_desk() -> None:
    made = hall()
    ref = card(made)
    (hidden,) = submit(made, "mo", "wand", "hide", ref=ref, reason=REASON)

    assert (hidden.type, hidden.data) == ("contribution.hidden", {"ref": ref, "reason": REASON})
    assert (seen(made, Audience.PLENARY), seen(made, Audience.DESK), figures(made)) == ([], [ref], (1, 0))


def test_what_is_restored_is_seen_again() -> None:
    made = hall()
    ref = card(made)
    submit(made, "mo", "wand", "hide", ref=ref, reason=REASON)
    submit(made, "mo", "wand", "restore", ref=ref)

    assert (seen(made, Audience.PLENARY), figures(made)) == ([ref], (1, 1))


def test_the_author_reads_why() -> None:
    made = hall()
    ref = card(made)
    submit(made, "mo", "wand", "hide", ref=ref, reason=REASON)

    (trail,) = pictures.personal(made, made.person("ada"), "mine")["page.mine-trail"].content  # type: ignore[union-attr]
    assert (trail.ref, trail.text, trail.hidden) == (ref, "Mut", REASON)


@pytest.mark.parametrize("command", ["hide", "redact"])
@pytest.mark.parametrize("reason", [{}, {"reason": ""}, {"reason": "\u200b"}])
def test_nothing_is_taken_away_without_a_reason(command: str, reason: dict[str, str]) -> None:
    made = hall()
    with pytest.raises(Refused, match=r"^command.invalid$"):
        submit(made, "mo", "wand", command, ref=card(made), **reason)


@pytest.mark.parametrize(
    "command, data", [("hide", {"reason": REASON}), ("restore", {}), ("redact", {"reason": REASON})]
)
def test_a_number_that_nobody_has_cannot_be_moderated(command: str, data: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"^contribution.invalid$"):
        submit(hall(), "mo", "wand", command, ref="AT2-0001", **data)


@pytest.mark.parametrize(
    "command, data", [("hide", {"reason": REASON}), ("restore", {}), ("redact", {"reason": REASON})]
)
def test_nobody_moderates_but_staff(command: str, data: dict[str, str]) -> None:
    made = hall()
    with pytest.raises(Refused, match=r"^command.forbidden$"):
        submit(made, "ada", "wand", command, ref=card(made), **data)


def test_redaction_blanks_every_entry_that_carries_the_words_and_no_other() -> None:
    made = hall()
    ref, other = card(made), card(made, "Zeit")
    (edited,) = submit(made, "ada", "wand", "edit", card=ref, text="Mehr Mut")
    (redacted,) = submit(made, "mo", "wand", "redact", ref=ref, reason=REASON)

    assert redacted.blank == (edited.at - 2, edited.at)
    assert (redacted.type, redacted.data) == ("record.redacted", {"ref": ref, "why": REASON})
    texts = {card.ref: card.text for card in afresh(made).activities["wand"].state.cards.values()}
    assert texts == {ref: "", other: "Zeit"}


def test_the_words_are_gone_from_memory_at_once() -> None:
    made = hall()
    ref = card(made)
    submit(made, "mo", "wand", "redact", ref=ref, reason=REASON)
    assert made.activities["wand"].contributions[ref].text == ""


def test_what_is_redacted_keeps_its_place_and_its_number() -> None:
    made = hall()
    ref = card(made)
    submit(made, "mo", "wand", "redact", ref=ref, reason=REASON)
    assert (seen(afresh(made), Audience.PLENARY), figures(afresh(made))) == ([ref], (1, 1))


def test_title_and_body_of_a_post_are_redacted_together() -> None:
    made = room(activity(stream, "blog"))
    submit(made, "mo", "blog", "open")
    ref = submit(made, "ada", "blog", "post", title="Ein Titel", body="Ein Text")[-1].data["ref"]
    assert made.activities["blog"].contributions[ref].text == "Ein Titel\nEin Text"

    submit(made, "mo", "blog", "redact", ref=ref, reason=REASON)
    assert afresh(made).activities["blog"].contributions[ref].text == ""


def test_an_anonymous_card_can_be_hidden_and_redacted_after_it_is_sealed() -> None:
    made = hall(names="anonymous")
    ref = card(made)
    submit(made, "mo", "wand", "close")
    submit(made, "mo", "wand", "show", view="result")
    submit(made, "mo", "wand", "hide", ref=ref, reason=REASON)
    submit(made, "mo", "wand", "redact", ref=ref, reason=REASON)

    assert (seen(afresh(made), Audience.PLENARY), figures(afresh(made))) == ([], (1, 0))
    assert afresh(made).activities["wand"].state.cards[ref].text == ""
