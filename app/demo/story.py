"""What has happened in more than two hours so far: the chapters of the day, each in a function of its own."""

from collections.abc import Iterator
from datetime import date

from app.demo.cast import Act, Cast
from app.demo.chapters import agreeing, collecting, grouping, morning, talking

MINUTES = 142  # since the day began
IN_GROUPS = 20  # minutes of them


def story(today: date) -> Iterator[Act]:
    """The day so far, in the order in which it happened."""
    cast = Cast()
    chapters = (
        morning.coming(cast),
        morning.testing(cast),
        morning.arrival(cast),
        morning.mood(cast),
        morning.word(cast),
        talking.questions(cast),
        talking.circle(cast),
        talking.stream(cast),
        collecting.start(cast),
        collecting.cards(cast),
        collecting.islands(cast),
        grouping.work(cast),
        grouping.gallery(cast),
        _after(agreeing.principles(cast)),
        _after(agreeing.consent(cast)),
        _after(agreeing.agreements(cast, today)),
        _after(agreeing.digest()),
        grouping.workshop(cast),
        _after(agreeing.now(cast)),
    )
    yield from sorted((act for chapter in chapters for act in chapter), key=lambda act: act.minute)


def _after(chapter: Iterator[Act]) -> Iterator[Act]:
    """A chapter that comes after the groups."""
    return (act._replace(minute=act.minute + IN_GROUPS) for act in chapter)
