"""The fields of a script: words that can be stored, ids that can be addressed, moments that can be put in order."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("contains a null character")
    return text


def _moment(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("is not a date with a time")  # noqa: TRY004  # pydantic wants it so
    return value


def _of_our_time(moment: datetime) -> datetime:
    if not 1900 < moment.year < 2200:
        raise ValueError("is outside the years that can be stored, 1901 to 2199")
    return moment


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError) as error:
        raise ValueError("is not a known time zone") from error
    return name


Words = Annotated[str, Field(max_length=10_000), AfterValidator(_storable)]
Title = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_storable)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]  # stands in addresses and names of parts
Mark = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]  # an id that never leaves a script
Moment = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_of_our_time)]
Zone = Annotated[str, AfterValidator(_zone)]
