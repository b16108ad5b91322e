"""What counts as text (Text): stored as it came, refused only when nobody could see it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

INVISIBLE = "invisible"
SHORTEST = 3  # letters of a word that says something
EVERYWHERE = """
aber alle allem allen aller alles als also am an auch auf aus bei beim bis da dabei dafür damit dann daran das dass
dem den denn der des die dies diese dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas für
gar gegen haben hat hier ich ihr ihre ihren im immer in ins ist ja jede jeder jedes jetzt kann kein keine können man
mehr mit muss müssen nach nicht noch nur ob oder ohne schon sehr sein sich sie sind so soll sollen sollte sollten
sondern sowie um und uns unser unsere unter viel viele vielen vom von vor war was weil weiter weniger wenn wer werden
wie wieder wir wird wo worden wurde wurden zu zum zur zwar zwischen über
"""
STOP = frozenset(EVERYWHERE.split())
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
