"""Words on ballots, for the tests of forms that ask for some."""

from facilitation.form import Answer


def said(*texts: str, field: str = "text", on: str = "") -> list[Answer]:
    """Answers of somebody, in the order of writing."""
    return [Answer(f"AT2-{n:04d}", field, on, text, "ada") for n, text in enumerate(texts, 1)]
