from realtime.allowance import Allowance


def test_a_burst_is_let_through_and_what_comes_after_it_waits_for_its_turn() -> None:
    allowance = Allowance(burst=20, rate=5)

    assert [allowance.wait("p1", now=100.0) for _ in range(21)] == [0] * 20 + [200]


def test_a_refusal_takes_nothing() -> None:
    allowance = Allowance(burst=1, rate=5)
    allowance.wait("p1", now=100.0)

    assert [allowance.wait("p1", now=100.0), allowance.wait("p1", now=100.1)] == [200, 100]
    assert allowance.wait("p1", now=100.2) == 0


def test_each_person_has_a_bucket_of_their_own() -> None:
    allowance = Allowance(burst=1, rate=5)

    assert [allowance.wait("p1", 0), allowance.wait("p2", 0), allowance.wait("p1", 0)] == [0, 0, 200]


def test_a_pause_refills_the_bucket_and_no_more() -> None:
    allowance = Allowance(burst=2, rate=1)
    assert [allowance.wait("p1", 0) for _ in range(3)] == [0, 0, 1000]

    assert [allowance.wait("p1", 3600) for _ in range(3)] == [0, 0, 1000]


def test_whoever_was_not_here_lately_is_forgotten() -> None:
    allowance = Allowance(burst=2, rate=1)
    for number in range(1000):
        allowance.wait(f"p{number}", now=float(number))

    assert len(allowance._full_at) <= 4
