from realtime.channel import Channel, Patch


def test_a_step_says_what_changed_and_what_is_gone() -> None:
    channel = Channel(3, {"": ["ask", "bye"], "ask": "<p>1</p>", "bye": "<p/>"})

    patch = channel.step(5, {"": ["ask", "new"], "ask": "<p>1</p>", "new": "<i/>"})

    assert patch == Patch(since=3, at=5, parts={"": ["ask", "new"], "new": "<i/>", "bye": None})


def test_a_step_without_a_visible_change_says_nothing_and_keeps_the_number() -> None:
    channel = Channel(3, {"ask": "<p>1</p>"})

    assert channel.step(4, {"ask": "<p>1</p>"}) is None
    assert channel.step(5, {"ask": "<p>2</p>"}) == Patch(since=3, at=5, parts={"ask": "<p>2</p>"})


def test_whoever_holds_another_picture_is_given_the_whole_one() -> None:
    channel = Channel(3, {"ask": "<p>1</p>"})
    whole = Patch(since=None, at=3, parts={"ask": "<p>1</p>"})

    assert [channel.catch_up(at) for at in (None, 2, 4, 3)] == [whole, whole, whole, None]


def test_after_an_entry_the_same_number_may_mean_another_channel() -> None:
    """Somebody moved here meanwhile may hold picture 3 of where they were."""
    channel = Channel(3, {"ask": "<p>1</p>"})
    channel.step(4, {"ask": "<p>1</p>"})
    assert channel.catch_up(3) == Patch(since=None, at=3, parts={"ask": "<p>1</p>"})

    stirred = Channel(3, {"ask": "<p>1</p>"})
    stirred.stirs += 1
    assert stirred.catch_up(3) == Patch(since=None, at=3, parts={"ask": "<p>1</p>"})


def test_the_text_of_the_whole_picture_follows_the_steps() -> None:
    channel = Channel(3, {"": ["ask"], "ask": "ä"})
    assert channel.text == '{"since":null,"at":3,"parts":{"":["ask"],"ask":"\\u00e4"}}'

    channel.step(4, {"": ["ask"], "ask": "b"})
    assert channel.text == '{"since":null,"at":4,"parts":{"":["ask"],"ask":"b"}}'
