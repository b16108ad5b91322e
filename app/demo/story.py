"""What has happened in the two hours so far: the chapters of the day, each in a function of its own."""

from collections.abc import Iterator
from datetime import date

from app.demo.cast import Act, Cast
from app.demo.chapters import agreeing, collecting, morning, talking

MINUTES = 122  # since the day began


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
        agreeing.principles(cast),
        agreeing.consent(cast),
        agreeing.agreements(cast, today),
        agreeing.digest(),
        agreeing.now(cast),
    )
    yield from sorted((act for chapter in chapters for act in chapter), key=lambda act: act.minute)
