"""What each screen shows of the gallery, and how the desk turns through it."""

import pytest
from markupsafe import escape

from facilitation.groups.carousel import Turning
from facilitation.groups.gallery import Counted, Speaker
from facilitation.groups.tour import Tour
from facilitation.screen import Audience, Marks
from tests.kinds.tables import GROUPS, begun, did, handed_in, html, mine, planned, space, state, view
from tests.kinds.test_groups_harvest import commented, shown
from tests.kinds.test_groups_screens import text
from tests.kinds.walls import HOSTILE, changed
from tests.rooms import Kept, afresh, submit


def several(many: int = 12) -> Kept:
    """The results of many groups, ada at the first table."""
    table = planned(groups=[{"id": f"g{n}", "title": f"Gruppe {n}"} for n in range(1, many + 1)])
    did(table, "mo", "assign", groups={"g1": ["ada"], "g2": ["ben"]})
    did(table, "mo", "start")
    for n in range(1, many + 1):
        handed_in(table, "mo", f"Satz {n}", group=f"g{n}")
    did(table, "mo", "finish")
    submit(table, "mo", "kg", "show", view="result")
    return table


# ── the phone ──


def test_every_group_has_its_place_in_the_gallery_with_a_result_or_without() -> None:
    table, _ = shown()
    seen = view(table)
    assert list(seen["outcomes"]) == ["outcome-eins", "outcome-zwei", "outcome-drei"]
    page = text(html(table, seen))
    assert ("Mehr Mut" in page, page.count("liegt kein Ergebnis vor"), "Im Kleinen" in page) == (True, 2, True)


def test_nobody_sees_support_before_the_gallery_is_closed() -> None:
    table, ref = shown()
    before = view(table), view(table, Audience.STAGE, "result")
    did(table, "dan", "support", result=ref)
    assert [changed(*both) for both in zip(before, (view(table), view(table, Audience.STAGE, "result")), strict=True)]
    assert "trägt mit" not in html(table, view(table)) + html(table, view(table, Audience.STAGE, "result"))
    commented(table, ref)
    did(table, "mo", "exhibit", open=False)
    counted = Counted(1, 0, 1, 0)
    assert view(table, Audience.STAGE, "result")["stage-gallery"].outcomes[0].counted == counted
    assert "1 trägt mit · 1 Frage" in text(html(table, view(table)))
    assert "1 trägt mit · 1 Frage" in text(html(table, view(table, Audience.STAGE, "result", item=ref)))


def test_support_changes_no_shared_screen_while_the_gallery_is_open() -> None:
    table, ref = shown()
    before = view(table)
    did(table, "dan", "support", result=ref)
    assert changed(before, view(table)) == set()


def test_a_comment_is_one_part_below_its_result() -> None:
    table, ref = shown()
    before = view(table)
    asked = commented(table, ref)
    assert changed(before, view(table)) == {f"below-{ref}", f"voice-{asked}", "outcome-eins"}
    assert "Frage · offen Wer fängt an?" in text(html(table, view(table)))
    did(table, "ada", "answer", comment=asked, text="Amt 10")
    did(table, "ada", "accept", comment=asked)
    page = text(html(table, view(table)))
    assert "Frage · übernommen Wer fängt an?" in page
    assert "Antwort der Gruppe" in page


def test_forms_are_gone_when_the_gallery_is_closed() -> None:
    table, ref = shown()
    commented(table, ref)

    def forms() -> set[str]:
        page = html(table, view(table))
        return {word for word in ("support", "comment", "answer", "accept") if f'data-command="{word}"' in page}

    assert forms() == {"support", "comment", "answer", "accept"}
    did(table, "mo", "exhibit", open=False)
    assert (forms(), "Die Galerie ist geschlossen." in html(table, view(table))) == (set(), True)


def test_names_of_who_comments_are_for_the_desk_where_they_are_not_for_all() -> None:
    table, ref = shown(names="moderators")
    commented(table, ref)
    assert "Leitung Amt 50" not in html(table, view(table))
    assert "Leitung Amt 50" in html(table, view(table, Audience.DESK))


def test_hidden_comments_and_answers_leave_the_phones_and_the_figures_of_the_stage() -> None:
    table, ref = shown()
    asked, gone = commented(table, ref), commented(table, ref, text="Ein Name")
    answer = did(table, "ada", "answer", comment=asked, text="Noch ein Name")
    for hidden in (gone, answer):
        did(table, "mo", "hide", ref=hidden, reason="ein Name")
    page = html(table, view(table))
    assert ("Ein Name" in page, "Noch ein Name" in page) == (False, False)
    assert html(table, view(table, Audience.DESK)).count("ausgeblendet: ") == 2
    did(table, "mo", "exhibit", open=False)
    assert view(table)["outcome-eins"].outcome.counted == Counted(0, 0, 1, 0)


def test_a_hidden_result_leaves_an_empty_place() -> None:
    table, ref = shown()
    other = handed_in_late(table)
    did(table, "mo", "hide", ref=ref, reason="ein Name")
    assert view(table)["outcome-eins"].outcome is None
    did(table, "mo", "hide", ref=other, reason="ein Name")
    assert "harvest" not in view(table)


def handed_in_late(table: Kept) -> str:
    did(table, "mo", "late", group="zwei")
    return handed_in(table, "dan", "Nachgereicht", group="zwei")


def test_whoever_still_may_hand_in_sees_the_gallery_below_their_own_space() -> None:
    table, ref = shown()
    did(table, "mo", "late", group="zwei")
    seen = space(table, "zwei")
    assert [name for name in seen[""] if name in ("handing", "harvest", "mine-tour")] == [
        "handing",
        "mine-tour",
        "harvest",
    ]
    assert ("Mehr Mut" in html(table, seen), f"reply-{ref}" in seen) == (True, True)
    did(table, "mo", "exhibit", open=False)
    assert f"reply-{ref}" not in space(table, "zwei")


# ── one's own way ──


def test_everybody_begins_with_another_group_and_never_with_their_own() -> None:
    table = several()
    tours = {person: mine(table, person)["mine-tour"] for person in ("ada", "ben", "cem", "dan")}
    assert len({tour.stops[0] for tour in tours.values()}) > 1
    assert [tour.others for tour in tours.values()] == [11, 11, 12, 12]
    assert "g1" not in {id for id, *_ in tours["ada"].stops}


def test_where_somebody_has_been_is_marked_and_the_way_goes_on() -> None:
    table = several(3)
    third = state(table).results["g3"].ref
    did(table, "ada", "support", result=third)
    said = commented(table, state(table).results["g1"].ref, "ben")
    assert mine(table, "ada")["mine-tour"] == Tour((("g2", 2, "Gruppe 2"),), 1, 2)
    assert mine(table, "ada")["marks"][1:] == Marks([("outcome-g1", "ours"), ("outcome-g3", "been supported")])
    assert (f"voice-{said}", "own") in mine(table, "ben")["marks"]
    commented(table, state(table).results["g2"].ref, "ada")
    assert "Sie waren bei allen anderen Gruppen." in html(table, mine(table, "ada"))
    did(table, "mo", "exhibit", open=False)
    assert mine(table, "ada")["mine-tour"] is None


# ── the stage ──


@pytest.mark.parametrize(
    "names, who, part",
    [("named", "Leitung Amt 20", "Protokollführung"), ("moderators", "", "Protokollführung")],
)
def test_who_speaks_is_named_by_function_and_by_name_only_where_names_are_given(
    names: str, who: str, part: str
) -> None:
    table = begun(names=names, scribe=True)
    did(table, "ben", "scribe", group="eins")
    ref = handed_in(table, "ada")
    submit(table, "mo", "kg", "show", view="result", item=ref)
    one = view(table, Audience.STAGE, "result", item=ref)
    assert one["stage-one"].speaker == Speaker("scribe", who)
    assert f"Es spricht: {f'{who}, ' if who else ''}{part}" in text(html(table, one)).replace(" ,", ",")


def test_a_host_speaks_before_the_scribe() -> None:
    table = begun(groups=[GROUPS[0] | {"host": "cem", "facilitator": "mo"}, *GROUPS[1:]])
    handed_in(table, "ada")
    submit(table, "mo", "kg", "show", view="result")
    assert view(table)["outcome-eins"].outcome.speaker == Speaker("host", "Leitung Amt 30")


# ── the desk ──


def turning(table: Kept, on_stage: str = "") -> Turning:
    it: Turning = view(table, Audience.DESK, on_stage=on_stage)["desk-harvest"]
    return it


def test_the_desk_turns_from_result_to_result_in_the_order_of_the_gallery() -> None:
    table = several(3)
    refs = [state(table).results[f"g{n}"].ref for n in (1, 2, 3)]
    found = [(it.at, it.before, it.after) for it in (turning(table, ref) for ref in ("", *refs))]
    assert found == [(0, "", refs[0]), (1, "", refs[1]), (2, refs[0], refs[2]), (3, refs[1], "")]
    did(table, "mo", "arrange", group="g3", ahead_of="g1")
    assert turning(table).after == refs[2]
    assert [one.number for one in view(table, Audience.STAGE, "result")["stage-gallery"].outcomes] == [3, 1, 2]


def test_the_desk_says_how_many_questions_are_open() -> None:
    table, ref = shown()
    asked = commented(table, ref)
    commented(table, ref, aspect="link", text="Zu Gruppe 2")
    assert (turning(table).voices, turning(table).waiting) == (2, 1)
    did(table, "ada", "accept", comment=asked)
    assert turning(table).waiting == 0


def test_without_a_result_there_is_nothing_to_turn() -> None:
    assert "Zurück ins Plenum" not in html(begun(), view(begun(), Audience.DESK))


# ── words of people ──


@pytest.mark.parametrize("words", HOSTILE)
def test_no_comment_becomes_markup_and_each_is_isolated(words: str) -> None:
    table, ref = shown()
    asked = commented(table, ref, text=words)
    did(table, "ada", "answer", comment=asked, text=words)
    pages = [html(table, seen) for seen in (view(table), view(table, Audience.DESK))]
    assert [page.count(f'<bdi dir="auto">{escape(words)}</bdi>') for page in pages] == [2, 2]
    assert [page.count("<script>") for page in pages] == [0, 0]


def test_what_is_redacted_says_so() -> None:
    table, ref = shown()
    asked = commented(table, ref, text="Ein Name")
    answer = did(table, "ada", "answer", comment=asked, text="Ein Name")
    for gone in (asked, answer):
        did(table, "mo", "redact", ref=gone, reason="Name")
    pages = [html(afresh(table), view(afresh(table), audience)) for audience in (Audience.PLENARY, Audience.DESK)]
    assert ["Ein Name" in page for page in pages] == [False, False]
    assert [page.count("geschwärzt") for page in pages] == [2, 2]
