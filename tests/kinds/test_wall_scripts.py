"""A wall in a script: what its actions come to by the rules of the format, and the way out and in again."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from app.scripts.results import results
from app.scripts.structure import activities
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.days import Stream, day
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]

HEADINGS = [{"id": "problem", "title": "Problem"}, {"id": "idee", "title": "Idee"}]
CRITERIA = [{"id": "nutzen", "title": "Nutzen"}, {"id": "aufwand", "title": "Aufwand"}]
WAND = {
    "id": "wand",
    "type": "wall",
    "title": "Ideen",
    "columns": [{"id": "neu", "title": "Neu"}, {"id": "alt", "title": "Alt"}],
    "dots": {"budget": 3, "max_per_target": 2, "on": "idea"},
    "fields": HEADINGS,
    "criteria": CRITERIA,
    "topics": [{"id": "it", "title": "IT"}, {"id": "personal", "title": "Personal"}],
}


def sorted_and_weighed(s: Stream) -> None:
    """What only a wall knows, with what must be refused."""
    people = ("p01", "p02", "p03")
    for who in people:
        s.add(who, "join", client="laptop", via="link")
    s.add("s01", "open", "wand")
    for n, who in enumerate((*people, "p01"), 1):
        s.add(who, "idea", "wand", entity=f"i-{n}", column="neu", text=f"Gedanke {n}")
    s.add("p02", "idea", "wand", entity="i-5", column="alt", fields={"problem": "Zäh", "idee": "Flott"}, topics=["it"])
    s.add("s01", "cluster", "wand", entity="c-1", title="Mut")
    s.add("s02", "cluster_assign", "wand", cluster="c-1", ideas=["i-1", "i-2"])
    s.add("s01", "cluster", "wand", entity="c-2", title="Zeit", ideas=["i-2"])
    s.no("forbidden", "p01", "cluster_assign", "wand", cluster="c-1", ideas=["i-3"])
    s.no("invalid", "s01", "cluster_assign", "wand", cluster="c-1", ideas=["i-3", "i-99"])
    s.no("invalid", "s01", "cluster_rename", "wand", entity="c-99", title="Nirgends")
    s.add("s01", "cluster_rename", "wand", entity="c-2", title="Mehr Zeit")
    s.add("s01", "link", "wand", **{"from": "i-1", "to": "c-2", "reason": "braucht beides"})
    s.add("s01", "link", "wand", **{"from": "c-2", "to": "i-1", "reason": "dasselbe"})
    s.no("invalid", "s01", "link", "wand", **{"from": "i-1", "to": "i-1", "reason": "x"})
    s.no("not_open", "p01", "dot", "wand", entity="i-1", dots=1)
    s.no("forbidden", "p01", "dots_open", "wand")
    s.add("s02", "cluster", "wand", entity="c-3", title="Doch nicht", ideas=["i-3"])
    s.add("s02", "wall_undo", "wand")
    s.add("s01", "close", "wand")
    s.add("s01", "dots_open", "wand")
    s.add("p01", "dot", "wand", entity="i-1", dots=2)
    s.no("over_limit", "p01", "dot", "wand", entity="i-1", dots=2)
    s.add("p01", "dot", "wand", entity="c-2", dots=1)
    s.no("over_budget", "p01", "dot", "wand", entity="i-2", dots=1)
    s.no("invalid", "p01", "dot", "wand", entity="i-2", dots=-1)
    s.no("invalid", "p01", "dot", "wand", entity="i-99", dots=1)
    s.no("invalid", "p01", "dot", "wand", entity="i-1", dots="zwei")
    s.add("p01", "dot", "wand", entity="i-1", dots=-1)
    s.add("p02", "dot", "wand", entity="i-1", dots=1)
    s.add("p02", "dot", "wand", entity="i-1", dots=-1)
    s.add("s01", "dots_close", "wand")
    s.no("not_open", "p03", "dot", "wand", entity="i-1", dots="zu spät")


def beyond_the_format(s: Stream) -> None:
    """Our own actions."""
    s.add("s01", "seed", "wand", entity="i-6", column="alt", text="Eine Vorlage")
    s.add("s01", "adopt", "wand", entity="i-7", column="alt", sources=["i-1"])
    s.add("s01", "idea_tag", "wand", entity="i-3", labels=["it", "personal"])
    s.no("invalid", "s01", "idea_tag", "wand", entity="i-3", labels=["luft"])
    s.add("s01", "idea_correct", "wand", entity="i-3", text="Gedanke drei")
    s.add("s01", "idea_merge", "wand", entity="i-3", ideas=["i-4"])
    s.add("s01", "idea_split", "wand", entity="i-4")
    s.add("s01", "wall_undo", "wand")
    s.add("s01", "wall_undo", "wand")
    s.add("p03", "flag", "wand", entity="i-1")
    s.add("s01", "clear", "wand", entity="i-1")
    s.add("s01", "open", "wand")
    s.add("s01", "idea_shortlist", "wand", ideas=["i-1", "i-2"], listed=True)
    s.add("s01", "phase", "wand", phase="weigh", text="Bitte bewerten", comments=False)
    s.add("p03", "rate", "wand", entity="i-1", values={"nutzen": 4})
    s.no("invalid", "p03", "rate", "wand", entity="i-5", values={"nutzen": 4})
    s.add("s01", "place", "wand", entity="i-2", x=10, y=90)
    s.no("not_open", "p03", "idea", "wand", entity="i-8", column="neu", text="In dieser Phase nicht")


def script_of(*parts: Any, **settings: Any) -> dict[str, Any]:
    stream = Stream()
    for part in parts:
        part(stream)
    whole = deepcopy(day()) | {"activities": [WAND | settings], "agenda": [], "stream": stream.actions}
    return whole | {"expected": {"not_accepted": stream.refused, "walls": {"wand": EXPECTED}}}


EXPECTED = {
    "ideas": 5,
    "clusters": {"c-1": {"title": "Mut", "ideas": 1}, "c-2": {"title": "Mehr Zeit", "ideas": 1}},
    "unclustered": 3,
    "dots": {"i-1": 1, "c-2": 1},
    "dots_total": 2,
    "dot_voters": 1,
    "links": 1,
    "authors": 3,
}


def test_a_wall_is_sorted_and_weighed_by_the_rules_of_the_format(store: Store) -> None:
    whole = script_of(sorted_and_weighed, anonymous=False)
    workshop, _ = imported(store, whole)
    compared = verify(store, workshop, script(whole))
    assert [it for it in compared.differences if not it.path.startswith(("totals", "participation"))] == []
    assert compared.unsupported == {}


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_wall_comes_out_and_goes_in_again(store: Store, other: Store, tmp_path: Path, anonymous: bool) -> None:  # noqa: FBT001
    whole = script_of(sorted_and_weighed, beyond_the_format, anonymous=anonymous)
    workshop, _ = imported(store, whole)
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)
    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]


@pytest.mark.parametrize(
    "given,made",
    [
        (None, {"budget": 10_000, "max_per_target": 10_000, "on": "both"}),
        ({"budget": 5}, {"budget": 5, "max_per_target": 5, "on": "both"}),
        ({"budget": 3, "max_per_target": 1, "on": "cluster"}, {"budget": 3, "max_per_target": 1, "on": "cluster"}),
        ({"budget": 3, "on": "Wand"}, {"budget": 3, "max_per_target": 3, "on": "both"}),
    ],
)
def test_where_a_script_sets_no_limit_to_dots_there_is_none(given: Any, made: dict[str, Any]) -> None:
    whole = script_of(sorted_and_weighed, dots=given)
    ((_, _, config),) = activities(script(whole))
    assert config["dots"] == made
