"""Moments by the clock that nobody changes.

A moment on record carries the zone of its workshop, and Python adds to and compares two moments of one zone by what the
clocks on the wall say: in the night in which they are changed that is an hour wrong.  So lengths of time are added,
measured and compared here.
"""

from datetime import UTC, datetime, timedelta


def after(moment: datetime, by: timedelta) -> datetime:
    """So much later, in the same zone."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def between(begin: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - begin.astimezone(UTC)


def later(one: datetime, other: datetime) -> datetime:
    return max(one, other, key=datetime.timestamp)


def earlier(one: datetime, other: datetime) -> datetime:
    return min(one, other, key=datetime.timestamp)
