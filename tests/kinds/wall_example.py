"""How a wall is played."""

from facilitation.record import Data
from facilitation.walls.phases import Phase
from tests.play import SLUG, Example, Play, Wishes

MODES = ("named", "moderators", "anonymous")
COLUMNS = [{"id": "mitnehmen", "title": "Mitnehmen"}, {"id": "besser", "title": "Besser machen"}]
CRITERIA = [{"id": "nutzen", "title": "Nutzen", "weight": 2}, {"id": "aufwand", "title": "Aufwand"}]
HEADINGS = [{"id": "problem", "title": "Problem"}, {"id": "idee", "title": "Idee", "text": "In einem Satz."}]
TOPICS = [{"id": "personal", "title": "Personal & <Geld>"}, {"id": "it", "title": "IT"}]
DOTS = {"budget": 3, "max_per_target": 2, "on": "both"}


def of_wall(play: Play) -> Wishes:
    rng, wand = play.rng, play.table.activities[SLUG]
    column = lambda: rng.choice(["mitnehmen", "besser", "keine"])  # noqa: E731  # one word less
    refs = lambda: [play.ref() for _ in range(rng.randint(0, 3))]  # noqa: E731
    listed = lambda: rng.sample(list(wand.state.cards), min(2, len(wand.state.cards)))  # noqa: E731
    island = lambda: rng.choice([*wand.state.islands, ""])  # noqa: E731
    values = lambda: dict.fromkeys(rng.sample(["nutzen", "aufwand"], 2), rng.randint(0, 5))  # noqa: E731

    def words() -> Data:
        """A text, or where the wall has a template the words under its headings."""
        if wand.config.fields and rng.random() < 0.7:
            return {"fields": {"problem": play.words(), "idee": rng.choice(["", play.words()])}}
        return {"text": play.words()}

    def topics() -> Data:
        return {"topics": [rng.choice(["personal", "it"])]} if about and rng.random() < 0.3 else {}

    about = bool(wand.config.topics)
    sorts, weighs = (1, 9) if wand.config.criteria else (4, 2)  # how often, by the setting that is played
    return [
        (14, lambda: ("write", {"column": column()} | words() | topics())),
        (3, lambda: ("edit", {"card": play.ref()} | words())),
        (2, lambda: ("withdraw", {"card": play.ref()})),
        (sorts, lambda: ("move", {"card": play.ref(), "column": column()})),
        (3 * about, lambda: ("tag", {"ref": play.ref(), "labels": rng.sample(["personal", "it"], rng.randint(0, 2))})),
        (2, lambda: ("correct", {"card": play.ref(), "text": play.words()})),
        (4, lambda: ("comment", {"on": play.ref(), "text": play.words()})),
        (4, lambda: ("react", {"on": play.ref(), "word": rng.choice(["Danke", "Unfug", "x" * 33])})),
        (1, lambda: ("flag", {"card": play.ref()})),
        (0.4, lambda: ("clear", {"card": play.ref()})),
        (0.6, lambda: ("undo", {})),
        (8, lambda: ("phase", {"phase": rng.choice([*Phase, *[Phase.WEIGH, Phase.DECIDE] * weighs]).value})),
        (sorts - 1, lambda: ("island", {"title": play.words(), "cards": refs()})),
        (1, lambda: ("rename", {"island": island(), "title": play.words()})),
        (sorts, lambda: ("assign", {"island": island(), "cards": refs()})),
        (sorts, lambda: ("merge", {"card": play.ref(), "cards": refs()})),
        (sorts, lambda: ("split", {"card": rng.choice([*sum(wand.state.beneath.values(), ()), play.ref()])})),
        (sorts, lambda: ("link", {"card": play.ref(), "other": play.ref(), "reason": play.words()})),
        (2, lambda: ("dots_open", {})),
        (5, lambda: ("dots_close", {})),
        (16, lambda: ("dot", {"on": play.ref(), "dots": rng.choice([1, 1, 2, 3, -1, 0])})),
        (weighs, lambda: ("shortlist", {"cards": listed(), "listed": rng.random() < 0.9})),
        (
            2 * weighs,
            lambda: ("rate", {"on": rng.choice([*wand.state.ratings.listed, play.ref()]), "values": values()}),
        ),
        (1, lambda: ("place", {"card": play.ref()} | rng.choice([{"x": 20, "y": 80}, {"x": 120, "y": 1}, {}]))),
        (2, lambda: ("seed", {"column": column(), "text": play.words()})),
        (1, lambda: ("adopt", {"column": column(), "sources": refs()})),
    ]


EXAMPLE = Example(
    [
        *(
            {"columns": COLUMNS, "names": names, "criteria": CRITERIA, "fields": HEADINGS, "tagged_by": by}
            for names, by in zip(MODES, ("unit", "group", "division"), strict=True)
        ),
        *({"columns": COLUMNS, "names": names, "dots": DOTS} for names in MODES),
        *({"columns": COLUMNS, "names": names, "topics": TOPICS, "fades": True, "dots": None} for names in MODES),
    ],
    of_wall,
    ("write", {"column": "besser", "text": "Geheimnis"}),
    views=("wall", "dots", "matrix", "rating"),
    author="mo",  # whoever sorts and weighs is staff; everybody else writes between
)
