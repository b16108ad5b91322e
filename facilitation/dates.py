"""Days without a time of day, as forms and settings write them: when something is due."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator


def _day(text: str) -> str:
    return text and date.fromisoformat(text).isoformat()


Day = Annotated[str, AfterValidator(_day)]  # 2026-11-30, or "" for no day
