"""What counts as text (Text): stored as it came, refused only when nobody could see it."""

from typing import Annotated

from pydantic import AfterValidator

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def _visible(text: str) -> str:
    if "\x00" in text or not any(not char.isspace() and char not in INVISIBLE for char in text):
        raise ValueError("invisible")
    return text


Text = Annotated[str, AfterValidator(_visible)]
