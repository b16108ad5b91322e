from facilitation.cloud import ENOUGH, MOST, Word, cloud, on_stage, spelt, telling


def words(*times: int, letters: int = 6) -> list[Word]:
    """Words of so many letters, said so often."""
    return [Word(f"{n:0{letters}d}", count) for n, count in enumerate(times)]


def sizes(*times: int, letters: int = 6) -> list[int]:
    return [word.size for word in on_stage(words(*times, letters=letters))]


def test_words_stand_by_how_often_they_were_said_each_as_most_people_spell_it() -> None:
    spellings = spelt(["mut", "Mut", "Mut", "Zeit", "Ruhe"])
    times = {key: counts.total() for key, counts in spellings.items()}
    assert cloud(times | {"nur gezählt": 2}, spellings) == (
        Word("Mut", 3),
        Word("nur gezählt", 2),
        Word("Ruhe", 1),
        Word("Zeit", 1),
    )


def test_of_a_text_those_words_count_that_say_something_each_once() -> None:
    said = "Wir brauchen Zeit, ZEIT und Open-Space: die Lehrer’s Pause, ja, im Amt 33!"
    assert list(telling(said)) == ["brauchen", "ZEIT", "Open-Space", "Lehrer’s", "Pause", "Amt"]


def test_few_words_are_large_and_what_is_said_more_often_is_larger() -> None:
    assert sizes(4, 2, 1) == [5, 3, 2]
    assert sizes(1, 1, 1) == [5, 5, 5]


def test_many_words_are_smaller_so_that_all_or_enough_of_them_fit() -> None:
    assert sizes(*[1] * 20) == [3] * 20
    assert sizes(*[1] * 30, letters=12) == [2] * 28
    assert len(sizes(9, 8, *[1] * 60)) >= ENOUGH


def test_where_even_small_words_do_not_fit_there_are_fewer() -> None:
    assert len(sizes(*[1] * 30, letters=100)) == 3
    assert sizes(1, letters=1000) == []


def test_there_are_never_more_than_one_can_read() -> None:
    assert sizes(100, *[1] * 99, letters=3) == [5, *[1] * (MOST - 1)]
    assert on_stage([]) == ()
