import re
from typing import Any

import pytest
from pydantic import ValidationError

from app.projection import drawn
from facilitation import staging
from facilitation.form import Pages
from facilitation.forms import open as open_text
from facilitation.forms.open import Paper, Result
from facilitation.screen import Audience
from tests.forms.papers import check, figures, paper, refusal, result
from tests.forms.words import said
from tests.kinds.polls import CROWD, MODES, close_and_show, content, html, opened, view, vote
from tests.kinds.polls import figures as figures_of
from tests.rooms import Kept, afresh, submit

SETTINGS = open_text.Settings(max_length=20)
THREE = open_text.Settings(several=3)


@pytest.mark.parametrize(
    "ballot",
    [{}, {"text": None}, {"text": "a", "texts": ["b"]}, {"text": " \u200b"}, {"text": "a\x00"}, {"texts": [1]}],
)
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        open_text.Ballot.model_validate(ballot)


def test_a_text_is_as_long_as_it_may_be_in_code_points() -> None:
    check(open_text, SETTINGS, {"text": "🌳" * 20})
    assert refusal(open_text, SETTINGS, {"text": "🌳" * 21}) == {"most": 20}


def test_there_are_as_many_answers_as_are_asked_for() -> None:
    check(open_text, THREE, {"texts": ["a", "b", "c"]})
    assert refusal(open_text, THREE, {"texts": []}) == {"why": "number_of_answers", "most": 3}
    assert refusal(open_text, SETTINGS, {"texts": ["a", "b"]}) == {"why": "number_of_answers", "most": 1}


def test_answers_are_counted_and_drawn_the_latest_first() -> None:
    assert figures(open_text, SETTINGS, said=said("eins", "zwei")) == {"answers": 2}
    assert result(open_text, SETTINGS, said=said("eins", "zwei")) == Result(
        (("AT2-0002", "zwei"), ("AT2-0001", "eins"))
    )
    assert list(open_text.rows(SETTINGS, (), {"answers": 2})) == []


def test_the_paper_has_a_field_for_each_answer() -> None:
    assert paper(open_text, THREE) == Paper(("", "", ""), open_text.ENDLESS)
    assert paper(open_text, THREE, {}, said("eins")) == Paper(("eins", "", ""), open_text.ENDLESS)


@pytest.mark.parametrize("names", MODES)
def test_every_answer_is_a_contribution_that_can_be_changed_hidden_and_redacted(names: str) -> None:
    made = opened({"form": "open", "settings": {}}, names=names)
    vote(made, "ada", text="Mehr Mut")
    vote(made, "ben", text="Weniger Papier")
    vote(made, "ada", text="Viel mehr Mut")
    (adas, bens) = made.activities["abfrage"].contributions
    assert (figures_of(made)["ballots"], figures_of(made)["replaced"], figures_of(made)["answers"]) == (2, 1, 2)
    submit(made, "mo", "abfrage", "hide", ref=bens, reason="Ein Name")
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    if names == "named":
        assert content(made).answers == ((adas, "Viel mehr Mut"),)
    submit(made, "mo", "abfrage", "redact", ref=adas, reason="Ein Name")
    assert all("Mut" not in str(entry.full) for entry in afresh(made).record)


def test_sealing_forgets_whose_an_answer_was_and_keeps_the_answer() -> None:
    made = opened({"form": "open", "settings": {}}, names="anonymous")
    vote(made, "ada", text="Mehr Mut")
    close_and_show(made)
    said_here = made.activities["abfrage"].contributions.values()
    assert [(it.text, it.by) for it in said_here] == [("Mehr Mut", None)]
    assert figures_of(made)["answers"] == 1


# ── the stage turns over the pages ──


def answered(several: int, names: str = "anonymous") -> Kept:
    """Shown answers of five people, as many of each."""
    made = opened({"form": "open", "settings": {"several": several}}, people=CROWD, names=names)
    for person in CROWD[:5]:
        vote(made, person.id, texts=[f"{person.id} sagt {n}" for n in range(several)])
    close_and_show(made)
    return made


def turn(made: Kept, ref: str, way: str = "result") -> str:
    """What the stage shows once the desk has turned to this answer."""
    submit(made, "mo", "abfrage", "show", view=way, item=ref)
    return "".join(str(part) for part in drawn(staging.stage(made)).values())


def pages(made: Kept) -> Pages | None:
    found: Pages | None = view(made, Audience.DESK)["desk-turnout"].pages
    return found


def test_every_answer_comes_onto_the_stage_page_by_page_and_back() -> None:
    made = answered(several=4)
    shown, refs = [turn(made, "")], [""]
    while (place := pages(made)) and place.after:
        refs.append(place.after)
        shown.append(turn(made, place.after))
    found = [re.findall(r"p\d\d sagt \d", picture) for picture in shown]
    assert [len(page) for page in found] == [8, 8, 4]
    assert len({text for page in found for text in page}) == 20
    assert "1 bis 8 von 20 Antworten" in shown[0]
    assert "9 bis 16 von 20 Antworten" in shown[1]
    assert place == Pages(17, 20, 20, refs[1], "")
    assert turn(made, refs[1]) == shown[1]


def test_the_desk_has_keys_to_turn_only_where_one_picture_does_not_hold_all() -> None:
    many, few = answered(several=2), answered(several=1)
    assert ["Nächste Antworten" in html(made, Audience.DESK) for made in (many, few)] == [True, False]
    assert "Vorige Antworten" not in html(many, Audience.DESK)
    assert "von 5 Antworten" not in turn(few, "")
    assert pages(opened({"form": "open", "settings": {}})) is None


def test_the_stage_begins_anew_where_the_answer_it_stood_at_is_hidden() -> None:
    made = answered(several=2)
    place = pages(made)
    assert place
    turn(made, place.after)
    submit(made, "mo", "abfrage", "hide", ref=place.after, reason="Ein Name")
    now = pages(made)
    assert now
    assert (now.first, now.last, now.of, now.before) == (1, 8, 9, "")
    assert "1 bis 8 von 9 Antworten" in turn(made, place.after)


# ── list, cards or cloud ──


def written(*texts: str, names: str = "anonymous") -> Kept:
    """Shown answers, each of somebody else."""
    made = opened({"form": "open", "settings": {}}, people=CROWD, names=names)
    for person, text in zip(CROWD, texts, strict=False):
        vote(made, person.id, text=text)
    close_and_show(made)
    return made


def cloud(made: Kept) -> list[tuple[str, int]]:
    """The words that the stage shows as a cloud, and in how many answers they are found."""
    shown = view(made, Audience.STAGE, "cloud")["stage-result"].content
    return [(word.text, word.times) for word in shown.cloud]


def test_as_cards_fewer_answers_stand_in_a_picture_and_the_desk_turns_within_the_cards() -> None:
    made = answered(several=2)
    first = turn(made, "", way="cards")
    place = pages(made)
    assert place
    second = turn(made, place.after, way="cards")
    found = [re.findall(r"p\d\d sagt \d", picture) for picture in (first, second)]
    assert ([len(page) for page in found], len({*found[0], *found[1]})) == ([6, 4], 10)
    assert first.count("said--cards") == 1
    assert [html(made, Audience.DESK).count(f'name="view" value="{way}"') for way in ("cards", "result")] == [2, 1]


def test_a_cloud_has_the_words_that_say_something_by_the_number_of_answers() -> None:
    made = written(
        "Mehr Mut und Zeit!", "Mut, Mut, MUT", "Zeit für die Lehre", "<b>Mut</b>", "Bürger-Büro", names="named"
    )
    assert cloud(made) == [("Mut", 3), ("Zeit", 2), ("Bürger-Büro", 1), ("Lehre", 1)]
    shown = turn(made, "", way="cloud")
    assert "cloud__word--5" in shown
    assert "<b>" not in shown.partition('<ul class="cloud">')[2].partition("</ul>")[0]
    assert pages(made) is None


def test_a_cloud_of_words_that_say_nothing_says_so() -> None:
    assert "Keine Wörter." in turn(written("ja", "ja", "so ist es", "und?", "!"), "", way="cloud")


def test_what_is_hidden_or_banned_is_in_no_list_on_no_card_and_in_no_cloud() -> None:
    made = written("Herr Muster fehlt", "muster-haft", "Mut", "Mut", "MUSTER!", "Ruhe")
    first, *_, last = made.activities["abfrage"].contributions
    assert "Ein Wort sperren" in html(made, Audience.DESK)
    submit(made, "mo", "abfrage", "ban", word="Muster")
    submit(made, "mo", "abfrage", "hide", ref=last, reason="Ein Name")
    assert cloud(made) == [("Mut", 2)]
    assert [text for _, text in content(made).answers] == ["Mut", "Mut"]
    assert all("uster" not in turn(made, "", way=way) for way in ("result", "cards", "cloud"))
    submit(made, "mo", "abfrage", "permit", word="muster")
    submit(made, "mo", "abfrage", "redact", ref=first, reason="Ein Name")
    assert cloud(afresh(made)) == [("Mut", 2), ("MUSTER", 1), ("muster-haft", 1)]


@pytest.mark.parametrize("names", ["moderators", "anonymous"])
def test_too_few_answers_are_shown_in_no_way(names: str) -> None:
    made = written("Mut", "Zeit", "Ruhe", "Geld", names=names)
    assert all("Unter fünf wird keine Auszählung gezeigt." in turn(made, "", way=way) for way in ("cards", "cloud"))
    assert "Wortwolke" not in html(made, Audience.DESK)


def test_before_the_result_is_shown_there_is_neither_card_nor_cloud() -> None:
    made = opened({"form": "open", "settings": {}}, people=CROWD)
    for person in CROWD[:6]:
        vote(made, person.id, text="Mut")
    assert [list(view(made, Audience.STAGE, way)) for way in ("cards", "cloud")] == [["", "stage-question"]] * 2
    assert "Wortwolke" not in html(made, Audience.DESK)


def test_the_desk_knows_in_which_way_the_stage_shows_the_answers() -> None:
    made = written("Mut", "Zeit", "Ruhe", "Geld", "Raum")

    def pressed() -> list[str]:
        return re.findall(r'aria-pressed="true"><span>(\w+)<', html(made, Audience.DESK))

    said_so = [pressed()]
    for way in ("cards", "cloud", "result"):
        turn(made, "", way=way)
        said_so.append(pressed())
    assert said_so == [["Liste"], ["Karten"], ["Wortwolke"], ["Liste"]]
