"""What became of one's own, on "Von mir", where staff answers, decides or lets through."""

from typing import Any

from app.projection import drawn
from facilitation import pictures
from facilitation.fate import Fate
from facilitation.kinds import measures, poll, wall
from tests.kinds import streams, texts
from tests.kinds.questions import ask, opened
from tests.rooms import Kept, activity, room, submit


def told(hall: Kept, by: str) -> dict[str, Fate | None]:
    """What a person finds on "Von mir" of what became of their own."""
    part: Any = pictures.personal(hall, hall.person(by), "mine")["page.mine-trail"]
    return {it.ref: it.fate for it in part.content}


def trail(hall: Kept, by: str) -> str:
    return str(drawn(pictures.personal(hall, hall.person(by), "mine"))["page.mine-trail"])


def test_whoever_asked_reads_among_their_own_what_was_answered_and_by_whom() -> None:
    hall = opened()
    ref, aloud = ask(hall, "ada"), ask(hall, "ada", "Und wo?", anonymous=True)
    remark = submit(hall, "ada", "qa", "comment", on=ref, text="Eilig.")[-1].data["ref"]
    assert told(hall, "ada") == {remark: None, aloud: None, ref: None}

    submit(hall, "mo", "qa", "answer", question=ref, text="Am <1.> Oktober.", answerer="Leitung Amt 33")
    submit(hall, "mo", "qa", "answer", question=aloud)

    answered = Fate("answered", "Am <1.> Oktober.", "Leitung Amt 33")
    assert told(hall, "ada") == {remark: None, aloud: Fate("answered"), ref: answered}
    html = trail(hall, "ada")
    for words in ("Am &lt;1.&gt; Oktober.", "beantwortet, ", "Leitung Amt 33", "mündlich beantwortet"):
        assert words in html
    assert told(hall, "ben") == {}


def test_what_waits_or_was_not_let_through_or_was_taken_back_is_told_too() -> None:
    hall = opened(premoderated=True)
    waits, no, back = (ask(hall, "ada", text) for text in ("eins", "zwei", "drei"))
    submit(hall, "mo", "qa", "reject", ref=no, reason="Keine Frage.")
    submit(hall, "ada", "qa", "withdraw", question=back)

    assert told(hall, "ada") == {waits: Fate("waiting"), no: Fate("rejected", "Keine Frage."), back: Fate("withdrawn")}
    html = trail(hall, "ada")
    for words in ("wartet auf die Freigabe", "nicht freigegeben: ", "Keine Frage<", "von Ihnen zurückgezogen"):
        assert words in html


def test_a_question_that_was_merged_has_the_fate_of_the_one_that_stands_for_it() -> None:
    hall = opened()
    head, part = ask(hall, "ada", "eins"), ask(hall, "cem", "zwei")
    submit(hall, "mo", "qa", "merge", question=part, into=head)
    assert told(hall, "cem") == {part: Fate("merged", into=head)}
    assert f'zusammengefasst mit <b class="num">{head}</b>' in trail(hall, "cem")

    submit(hall, "mo", "qa", "settle", question=head, owner="Amt 11", due="2026-10-01")
    assert told(hall, "cem") == {part: Fate("open", "", "Amt 11", "2026-10-01", head)}
    assert "noch offen · " in trail(hall, "cem")

    submit(hall, "mo", "qa", "answer", question=head, text="Ja.")
    assert told(hall, "cem") == {part: Fate("answered", "Ja.", into=head)}


def test_whoever_suggested_a_wording_reads_among_their_own_what_was_decided_and_why() -> None:
    hall = texts.opened()
    taken, no, later, other = (texts.suggest(hall, "ada", text) for text in ("eins", "zwei", "drei", "vier"))
    remark = texts.comment(hall, "ada")
    texts.decide(hall, taken, reason="Klarer.")
    texts.decide(hall, no, "rejected", reason="Steht schon in 2.")
    texts.decide(hall, later, "deferred", reason="Erst nach der Haushaltsrunde.")
    assert told(hall, "ada") == {
        remark: None,
        other: None,
        later: Fate("deferred", "Erst nach der Haushaltsrunde."),
        no: Fate("declined", "Steht schon in 2."),
        taken: Fate("accepted", "Klarer."),
    }
    texts.decide(hall, other, wording="Vier und fünf.", reason="Mit Zahl.")

    assert told(hall, "ada")[other] == Fate("changed", "Mit Zahl.")
    html = trail(hall, "ada")
    for words in ("angenommen: ", "mit Änderung angenommen: ", "abgelehnt: ", "zurückgestellt: ", "Steht schon in 2<"):
        assert words in html


def test_whoever_wrote_into_the_blog_reads_whether_it_waits_or_was_not_let_through() -> None:
    hall = streams.opened(premoderated=True)
    waits, no, yes = (streams.post(hall, "ada", title) for title in ("eins", "zwei", "drei"))
    submit(hall, "mo", "blog", "reject", ref=no, reason="Werbung")
    submit(hall, "mo", "blog", "approve", ref=yes)

    assert told(hall, "ada") == {yes: None, no: Fate("rejected", "Werbung"), waits: Fate("waiting")}


def test_what_was_made_of_ones_own_is_told_in_its_words_to_whoever_may_read_them() -> None:
    hall = room(
        activity(wall, "wand"),
        activity(measures, "zusagen"),
        activity(poll, "abfrage", form="single", settings={"options": [["a", "A"], ["b", "B"]]}),
    )
    for name in ("wand", "zusagen"):
        submit(hall, "mo", name, "open")
    card = submit(hall, "ada", "wand", "write", column="cards", text="Mehr Mut")[-1].data["ref"]
    made = submit(hall, "mo", "zusagen", "agree", title="Mut <tut> gut", owner_unit="amt-10", sources=[card])
    submit(hall, "mo", "abfrage", "adopt", sources=[card])
    ref = made[-1].data["ref"]
    html = trail(hall, "ada")
    assert f'daraus wurde: Vereinbarung „<bdi dir="auto">Mut &lt;tut&gt; gut</bdi>“ <b class="num">{ref}</b>' in html
    assert 'daraus wurde: „<bdi dir="auto">abfrage</bdi>“' in html

    submit(hall, "mo", "zusagen", "hide", ref=ref, reason="zurückgestellt")

    assert f'daraus wurde: Vereinbarung <b class="num">{ref}</b>' in trail(hall, "ada")
