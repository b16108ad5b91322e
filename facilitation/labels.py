"""Labels (Schlagworte): a few words of the settings that contributions are sorted by, such as topics or addressees."""

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from facilitation.record import Fact, Refused, StaffCommand

MOST = 20


class Label(NamedTuple):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]  # stands in addresses
    title: Annotated[str, Field(min_length=1, max_length=200)]


class Tag(StaffCommand):
    """Put a contribution under these labels, and no others."""

    ref: str
    labels: tuple[str, ...] = ()


def _can_be_told_apart(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    if len({label.id for label in labels}) < len(labels):
        raise ValueError("two labels have the same id")
    return labels


Labels = Annotated[tuple[Label, ...], Field(max_length=MOST), AfterValidator(_can_be_told_apart)]


def chosen(labels: tuple[Label, ...], ids: Iterable[str]) -> tuple[str, ...]:
    """The titles of those that were chosen, in the order of the settings."""
    wanted = set(ids)
    return tuple(label.title for label in labels if label.id in wanted)


def check(labels: tuple[Label, ...], ids: Iterable[str]) -> None:
    """Refused if one of them is not among the labels."""
    if set(ids) - {label.id for label in labels}:
        raise Refused("label.invalid", why="unknown")


def granted(kind: str, tag: Tag, labels: tuple[Label, ...]) -> Fact:
    check(labels, tag.labels)
    return Fact(f"{kind}.labelled", {"on": tag.ref, "labels": list(tag.labels)})
