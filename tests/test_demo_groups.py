"""What a newcomer finds in the demo of groups: each way of standing, results with comments, and where one went."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.batch import folded
from app.demo import grouped, plan, seeding
from app.scripts.verifying import recorded, verify
from app.store import Store
from facilitation import pictures
from facilitation.groups.desk import Row
from facilitation.kinds import groups
from facilitation.room import Room
from facilitation.screen import Audience
from tests.scripts import exported, imported, other, script

__all__ = ["other"]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Room]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    seeding.seed(url)
    with closing(Store(url)) as store, store.reading() as on:
        yield store, folded(store, 1, on)[0]


def test_groups_beside_the_vote_stand_in_every_way(day: tuple[Store, Room]) -> None:
    room = day[1]
    there = room.activities[plan.WORKSHOP]
    seen = groups.view(there.state, pictures.look(room, there, Audience.DESK))
    rows: list[Row] = [seen[name] for name in seen["rows"]]
    assert [(row.calling, row.finished, row.result is not None, row.table.seated) for row in rows] == [
        (False, True, True, 6),
        (True, False, False, 6),
        (False, False, False, 8),
        (False, False, False, 6),
        (False, False, False, 0),
        (False, False, False, 0),
    ]
    assert [row.table.place for row in rows] == [0, 0, 0, 0, 0, 3]
    actives = [row.active for row in rows if row.active]
    assert (max(actives) - actives[3]).total_seconds() > 5 * 60
    assert there.is_open


def test_one_group_sits_with_another_and_its_note_stays_its_own(day: tuple[Store, Room]) -> None:
    room = day[1]
    there = room.activities[plan.WORKSHOP]
    seen = groups.view(there.state, pictures.look(room, there, Audience.GROUP)._replace(group=grouped.HOSTS))
    brought = [seen[name].note for name in seen[f"notes-{grouped.JOINED}"]]
    assert [(note.group, note.text) for note in brought] == [(grouped.JOINED, *grouped.TABLES[-1][1])]
    assert there.state.merged.retractable(grouped.JOINED)
    rows = groups.rows(there.state, pictures.look(room, there, Audience.DESK))
    titles = [group.title for group in there.config.groups]
    assert [row["group"] for row in rows if row["text"] in grouped.TABLES[-1][1]] == titles[-1:]


def test_a_round_is_over_and_its_results_were_talked_about(day: tuple[Store, Room]) -> None:
    there = day[1].activities[plan.GROUPS]
    harvest = there.state.harvest
    results = dict(sorted(there.state.results.items()))
    assert [(it.text, it.late) for it in results.values()] == [
        (it.result, it is grouped.ROUND[-1]) for it in grouped.ROUND
    ]
    assert [len(harvest.supporters[it.ref]) for it in results.values()] == [it.support for it in grouped.ROUND]
    said = [one for it in grouped.ROUND for one in it.said]
    assert (len(harvest.voices), harvest.open) == (len(said), False)
    assert sum(map(harvest.waits, harvest.voices)) == 2
    assert there.became[results["g2"].ref]


def test_its_own_export_verifies(day: tuple[Store, Room], other: Store, tmp_path: Path) -> None:
    out = exported(day[0], 1, tmp_path)
    again, _ = imported(other, out)
    assert verify(other, again, script(out)) == ([], {})
    first, second = (recorded(from_, id)[0].activities for from_, id in ((day[0], 1), (other, again)))
    for id in (plan.GROUPS, plan.WORKSHOP):
        assert first[id].figures() == second[id].figures()
