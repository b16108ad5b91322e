"""A day on the phone: vote, write, ask, support, comment; everything with its receipt."""

from playwright.sync_api import Browser, expect

from tests.chromium.day import CARRIED, CROWD, FIRST, MOOD, QUESTIONS, STREAM, WALL, Day
from tests.chromium.hands import choose, own, press, unfold, vote, write


def test_one_answer_is_given_and_thought_over(day: Day, browser: Browser) -> None:
    day.opens(CARRIED)
    page = day.phone(browser)
    vote(page, "Humor")
    expect(page.locator("p.t-title")).to_have_text("Humor")
    expect(page.get_by_text("1 von 1 hat abgestimmt")).to_be_visible()

    unfold(page, "Antwort ändern")
    expect(page.get_by_label("Humor")).to_be_checked()
    choose(page, "Klare Entscheidungen")
    press(page, "Geänderte Antwort senden")

    expect(page.locator("p.t-title")).to_have_text("Klare Entscheidungen")
    expect(page.get_by_role("button", name="Geänderte Antwort senden")).to_be_hidden()
    assert day.said("poll.voted", "choice") == ["humor", "klar"]


def test_several_answers_are_given(day: Day, browser: Browser) -> None:
    day.opens(FIRST)
    page = day.phone(browser)
    vote(page, "Technische Ausstattung", "Humor")

    expect(page.locator("p.t-title")).to_have_text(["Technische Ausstattung", "Humor"])
    assert day.entries("poll.voted") == [("ada", {"choices": ["technik", "humor"]})]


def test_a_place_on_the_scale_is_chosen(day: Day, browser: Browser) -> None:
    day.opens(MOOD)
    page = day.phone(browser)
    page.locator(".scale__step").filter(has_text="7").click()
    press(page, "Antwort senden")

    expect(page.locator("p.t-title")).to_have_text("7")
    assert day.said("poll.voted", "value") == [7]


def test_a_result_comes_when_it_is_shown_and_not_before(day: Day, browser: Browser) -> None:
    day.joined(*CROWD)
    day.opens(CARRIED)
    day.did("mo", CARRIED, "show", view="question")
    page = day.phone(browser)
    vote(page, "Humor")
    for person in CROWD:
        day.did(person, CARRIED, "vote", choice="humor")
    expect(page.get_by_text("11 von 11 haben abgestimmt")).to_be_visible()
    day.did("mo", CARRIED, "close")
    expect(page.get_by_text("Diese Antwort gilt.")).to_be_visible()
    expect(page.get_by_text("Das Ergebnis erscheint, wenn die Moderation es zeigt.")).to_be_visible()
    expect(page.locator(".bars__row")).to_have_count(0)

    day.did("mo", CARRIED, "show", view="result")

    expect(page.locator(".bars__row").first).to_have_text("Humor11100 %")


def test_a_card_is_written_mended_and_taken_back(day: Day, browser: Browser) -> None:
    day.opens(WALL)
    page = day.phone(browser)
    write(page, "Mut zur Lücke")
    own(page, "Mut zur Lücke")
    expect(page.get_by_role("heading", name="Von Ihnen, 1 Karte")).to_be_visible()

    mine = page.locator(".card--own")
    unfold(mine, "Ändern")
    mine.get_by_label("Neuer Wortlaut").fill("Mut zu großen Lücken")
    press(mine, "Änderung senden")
    own(page, "Mut zu großen Lücken")
    expect(mine.get_by_label("Neuer Wortlaut")).to_be_hidden()

    press(mine, "Zurückziehen")
    expect(mine).to_have_count(0)
    assert [len(day.entries(f"wall.{done}")) for done in ("written", "edited", "withdrawn")] == [1, 1, 1]


def test_a_question_is_asked_with_a_name_and_waits_until_it_is_approved(day: Day, browser: Browser) -> None:
    day.opens(QUESTIONS)
    page = day.phone(browser, "ada", "questions")
    page.get_by_label("Ihre Frage").fill("Wer entscheidet das?")
    press(page, "Frage senden")
    asked = page.locator(".trail > li")
    expect(asked).to_contain_text("eingereicht, wartet auf die Freigabe")
    expect(page.get_by_role("heading", name="0 Fragen")).to_be_visible()
    desk = day.desk(browser, QUESTIONS)
    expect(desk.locator(".inbox__item")).to_contain_text("Amt 33, Bürgerdienste")

    press(desk, "Freigeben")

    expect(asked).to_contain_text("freigegeben")
    expect(page.locator(".q")).to_contain_text("Amt 33, Bürgerdienste")


def test_a_question_without_a_name_shows_none_not_even_to_the_desk(day: Day, browser: Browser) -> None:
    day.opens(QUESTIONS)
    page = day.phone(browser, "ada", "questions")
    page.get_by_label("Ihre Frage").fill("Darf man das fragen?")
    choose(page, "anonym")
    expect(page.locator(".seen:visible b")).to_have_text("Anonym.")
    press(page, "Frage senden")
    expect(page.locator(".trail > li")).to_contain_text("Darf man das fragen?")

    item = day.desk(browser, QUESTIONS).locator(".inbox__item")
    expect(item).to_contain_text("Frage · anonym")
    expect(item).not_to_contain_text("Amt 33")


def test_who_wants_to_know_that_too_says_so_and_may_take_it_back(day: Day, browser: Browser) -> None:
    day.joined("ben")
    day.opens(QUESTIONS)
    question = day.did("ben", QUESTIONS, "ask", text="Wann geht es weiter?")
    day.did("mo", QUESTIONS, "approve", question=question)
    page = day.phone(browser, "ada", "questions")
    theirs = page.locator(".q")
    press(theirs, "mitfragen")
    expect(theirs.locator("b:visible")).to_have_text("1")
    page.reload()
    press(theirs, "nicht mehr mitfragen")

    expect(theirs.locator("b:visible")).to_have_text("0")
    assert [len(day.entries(f"questions.{done}")) for done in ("supported", "unsupported")] == [1, 1]


def test_a_post_is_written_commented_and_given_a_word(day: Day, browser: Browser) -> None:
    day.opens(STREAM)
    ben, ada = day.phone(browser, "ben", "stream"), day.phone(browser, "ada", "stream")
    ben.get_by_label("Überschrift").fill("Zwei Tage statt zwei Jahre")
    ben.get_by_label("Text", exact=True).fill("Am 16. März beschlossen,\nam 18. März lief es.")
    press(ben, "Beitrag senden")
    expect(ben.locator(".receipt b")).to_have_text("gespeichert")

    post = ada.locator(".post")
    expect(post.locator(".post__body")).to_have_text("Am 16. März beschlossen,\nam 18. März lief es.")
    press(post, "Danke")
    unfold(post, "Kommentieren")
    post.get_by_label("Ihr Kommentar").fill("Genau so war es bei uns auch.")
    press(post, "Kommentar senden")

    expect(ben.locator(".comments")).to_contain_text("Genau so war es bei uns auch.")
    expect(ben.locator(".react")).to_contain_text("Danke 1")
    expect(post.locator(".react__given:visible")).to_have_text("Danke 1")
    assert day.entries("stream.reacted")[0][0] == "ada"


def test_von_mir_lists_what_one_said_with_its_number(day: Day, browser: Browser) -> None:
    day.joined("ada")
    day.opens(WALL, QUESTIONS)
    card = day.did("ada", WALL, "write", column="mit", text="Personal hat ausgeholfen.")
    page = day.phone(browser, "ada", "mine")
    question = day.did("ada", QUESTIONS, "ask", text="Wird das so bleiben?")

    expect(page.locator(".trail .num")).to_have_text([question, card])
    expect(page.locator(".trail .verbatim")).to_have_text(["Wird das so bleiben?", "Personal hat ausgeholfen."])


def test_a_second_device_of_the_same_person_follows(day: Day, browser: Browser) -> None:
    day.opens(CARRIED)
    phone, laptop = day.phone(browser), day.phone(browser)
    vote(phone, "Humor")

    expect(laptop.locator("p.t-title")).to_have_text("Humor")
    expect(laptop.get_by_text("1 von 1 hat abgestimmt")).to_be_visible()


def test_who_leaves_is_counted_no_more_and_may_come_back(day: Day, browser: Browser) -> None:
    day.joined("ben")
    page, desk = day.phone(browser, "ada", "mine"), day.desk(browser)
    expect(desk.get_by_text("2 von 24 da")).to_be_visible()
    unfold(page, "Veranstaltung verlassen")
    press(page, "Jetzt verlassen")

    expect(page.get_by_text("Sie haben die Veranstaltung verlassen.")).to_be_visible()
    expect(page.get_by_role("button", name="Wieder teilnehmen")).to_be_focused()
    expect(desk.get_by_text("1 von 24 da")).to_be_visible()
    press(page, "Wieder teilnehmen")
    expect(desk.get_by_text("2 von 24 da")).to_be_visible()


def test_a_device_that_signs_off_shows_nothing_of_whoever_sat_there(day: Day, browser: Browser) -> None:
    page = day.phone(browser, "ada", "mine")
    unfold(page, "Dieses Gerät abmelden")
    press(page, "Gerät abmelden")
    expect(page.get_by_role("heading")).to_have_text("Dieses Gerät ist abgemeldet")

    page.goto(day.address("mine"))
    expect(page.get_by_role("heading")).to_have_text("Teilnehmen")
