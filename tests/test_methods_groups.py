"""Methods in which people work in groups: one group for each line, galleries that follow, a file that does not hold."""

from pathlib import Path

import pytest

from app.methods.adopting import Wish, planned
from app.methods.library import MethodError, library, read
from facilitation.activity import Phase
from tests.rooms import NINE, submit
from tests.test_methods import made

METHODS = library()
IN_GROUPS = {name: it for name, it in METHODS.items() if any(a.kind == "groups" for a in it.activities.values())}
FILE = """
title = "Eigene"
moment = "Vertiefen und klären"
purpose = "Wozu."
size = "alle"
asks = "Gruppen"
options = ["Ziele", "Wege"]
[activities.runde]
kind = "groups"
title = "Runde"
settings = { groups = [{ id = "g{number}", title = "Gruppe {number}", topic = "{option}" }] }
[[steps]]
title = "{title}"
minutes = 5
instruction = "Gehen."
activities = ["runde"]
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "eigene.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_there_is_a_group_for_each_line_that_somebody_writes(tmp_path: Path) -> None:
    plan = planned(read(file(tmp_path, FILE)), Wish(options=("Mut", "Zeit {title}", "Geld")), (), NINE)
    assert plan.activities[0].config == {
        "groups": [
            {"id": "g1", "title": "Gruppe 1", "topic": "Mut"},
            {"id": "g2", "title": "Gruppe 2", "topic": "Zeit {title}"},
            {"id": "g3", "title": "Gruppe 3", "topic": "Geld"},
        ]
    }


def test_a_number_needs_a_line_that_it_counts(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match="'number' is not known where it stands"):
        read(file(tmp_path, FILE.replace("{option}", "Thema")))


@pytest.mark.parametrize("name", IN_GROUPS)
def test_each_round_has_a_group_for_each_line_and_follows_the_one_before(name: str) -> None:
    plan = planned(METHODS[name], Wish(), (), NINE)
    rounds = [it.config for it in plan.activities if it.kind == "groups"]
    assert {len(it["groups"]) for it in rounds} == {len(METHODS[name].options)}
    known = {it.id for it in plan.activities}
    assert {it["follows"] for it in rounds if "follows" in it} <= known


@pytest.mark.parametrize("name", IN_GROUPS)
def test_the_way_to_the_groups_is_in_the_time_of_the_step(name: str) -> None:
    """Three minutes each way; where one round follows another at once there is one way between them."""
    method = METHODS[name]
    for step in method.steps:
        if step.type == "kleingruppen":
            settings = method.activities[step.activities[0]].settings
            assert step.minutes >= settings["minutes"] + (1 if settings.get("mode") == "merge_previous" else 3)


@pytest.mark.parametrize("name", [name for name, it in IN_GROUPS.items() if any(s.type == "galerie" for s in it.steps)])
def test_a_gallery_is_shown_in_its_step_and_closes_with_the_next(name: str) -> None:
    day, method = made(METHODS[name]), METHODS[name]
    for number, step in enumerate(method.steps, 1):
        submit(day, "mo", "agenda", "advance")
        if step.type != "galerie":
            continue
        there = day.activities[f"{name}-{step.activities[0]}"]
        group = there.config.groups[0].id
        submit(day, "mo", there.id, "result", group=group, text="Ein Satz")
        submit(day, "mo", there.id, "finish")
        submit(day, "mo", there.id, "show", view="result")
        assert (there.phase, there.state.harvest.open) == (Phase.CLOSED, True), number
    submit(day, "mo", "agenda", "end", confirmed=True)
    assert [it.state.harvest.open for it in day.activities.values() if it.kind.name == "groups" and it.shown] == [
        False for step in method.steps if step.type == "galerie"
    ]
