"""The stage (Leinwand): what the big screen shows.

Showing and blanking are acts of their own; opening and closing change no stage by themselves.
"""

from dataclasses import dataclass
from datetime import datetime

from facilitation.record import Entry

RESULT = "result"
BLANK = "blank"
TICKER = "ticker"


@dataclass(slots=True)
class Stage:
    target: str = ""  # an activity, or a free word
    view: str = "join_qr"
    item: str = ""  # the reference of one question or card in large type
    dark: bool = False  # the theme, chosen at the desk and not by the hall's computer
    blank: bool = False
    ticker: str = ""  # an activity whose headlines run below the picture
    since: datetime | None = None


def fold(stage: Stage, entry: Entry) -> None:
    match entry.type:
        case "stage.shown":
            stage.target, stage.view = entry.data["target"], entry.data["view"]
            stage.item = entry.data.get("item", "")
            stage.blank, stage.since = stage.view == BLANK, entry.made
        case "stage.blanked":
            stage.blank, stage.since = entry.data["blank"], entry.made
        case "stage.ticked":
            stage.ticker = entry.data["ticker"]
        case "stage.themed":
            stage.dark = entry.data["dark"]
