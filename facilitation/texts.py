"""What counts as text (Text): stored as it came, refused only when nobody could see it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

INVISIBLE = "invisible"
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def _visible(text: str) -> str:
    if "\x00" in text or all(char.isspace() or char in _UNSEEN for char in text):
        raise PydanticCustomError(INVISIBLE, "nobody can see this text")
    return text


Text = Annotated[str, AfterValidator(_visible)]


def word_key(text: str) -> str:
    """What tells one word from another, whatever its spelling (FORMAT rule 12)."""
    seen = "".join(char for char in unicodedata.normalize("NFC", text) if char not in _UNSEEN)
    return " ".join(seen.split()).casefold()


def within(key: str, text: str) -> bool:
    """Whether the word with this key stands in a text, whatever its spelling there; within longer words it does not."""
    return re.search(rf"(?<!\w){re.escape(key)}(?!\w)", word_key(text)) is not None
