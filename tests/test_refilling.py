"""What was typed goes back into its own form, and into no other."""

import pytest

from app.refilling import refilled
from tests.controls import form

BALLOT = """<p>once</p><details class="stack"><summary>x</summary>
<form class="a" method="post" action="p.vote?once=1" data-command="vote">
<input type="hidden" name="card" value="A &amp; B">
<input class="k" type="checkbox" name="choices[]" id="o1" value="rot" checked>
<input type="checkbox" name="choices[]" value="blau">
<input type="number" min="0" name="counts[team]:int" value="3"><input name="reason" value="alt" required>
<select class="s" name="column"><option value="neu" selected>Neu</option><option value="x&gt;y">Y</option></select>
<textarea name="text" rows="3">
alt</textarea></form></details>"""


def test_every_control_takes_back_what_was_said() -> None:
    said = [("card", "A & B"), ("choices[]", "blau"), ("counts[team]:int", "12"), ("reason", '"neu"')]
    again = refilled(BALLOT, "p.vote", [*said, ("column", "x>y"), ("text", "\n</textarea>")])

    assert again is not None
    controls = {control.name: control.chosen for control in form(again, "p.vote").controls}
    assert controls == {
        "card": ("A & B",),
        "choices[]": ("blau",),
        "counts[team]:int": ("12",),
        "reason": ('"neu"',),
        "column": ("x>y",),
        "text": ("\n</textarea>",),
    }
    assert '<details open class="stack">' in again


@pytest.mark.parametrize("address, card", [("p.vote", "C"), ("p.close", "A & B")])
def test_a_form_that_is_another_one_is_not_filled(address: str, card: str) -> None:
    assert refilled(BALLOT, address, [("card", card), ("text", "neu")]) is None


def test_controls_of_one_name_are_filled_in_the_order_in_which_they_were_sent() -> None:
    places = "".join(
        f'<select name="order[]:opt"><option value="">-</option>{options}</select>'
        for options in 3 * ['<option value="rot">Rot</option><option value="blau">Blau</option>']
    )
    said = [("order[]:opt", "blau"), ("order[]:opt", ""), ("order[]:opt", "rot")]
    again = refilled(f'<form method="post" action="p.vote">{places}</form>', "p.vote", said)
    assert again is not None
    assert [control.chosen for control in form(again, "p.vote").controls] == [("blau", "", "rot")]
