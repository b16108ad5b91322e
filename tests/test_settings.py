"""Settings from the environment, and the seats that are signed with the secret."""

from pathlib import Path

import pytest

from app import tokens
from app.settings import SettingsError, settings, table
from realtime.seat import Seat

SECRET = "0123456789abcdef" * 3
SEAT = Seat(7, "p01", "person", "d1", 2)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "DATABASE_URL", "REDIS_URL", "SECRET", "SECRET_FILE", "URL", "GC", "ENV_FILE"):
        monkeypatch.delenv(f"RATSCHLAG_{name}", raising=False)


def test_the_database_is_a_file_in_the_data_folder_unless_a_url_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSCHLAG_DATA_DIR", "/daten")
    assert settings().database == "sqlite:////daten/ratschlag.db"
    assert settings().kind_of_database == "sqlite"

    monkeypatch.setenv("RATSCHLAG_DATABASE_URL", "postgresql+psycopg://ratschlag@127.0.0.1/ratschlag")
    assert settings().kind_of_database == "postgresql"


def test_settings_may_stand_in_a_file_and_the_environment_is_stronger(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "env").write_text(
        "RATSCHLAG_URL=https://rat.example/\nRATSCHLAG_REDIS_URL=redis://127.0.0.1\nOTHER=1\n"
    )
    monkeypatch.setenv("RATSCHLAG_ENV_FILE", str(tmp_path / "env"))
    assert (settings().url, settings().redis_url) == ("https://rat.example", "redis://127.0.0.1")

    monkeypatch.setenv("RATSCHLAG_URL", "https://strong.example")
    assert settings().url == "https://strong.example"


def test_a_file_of_settings_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSCHLAG_ENV_FILE", "/nirgends/env")

    with pytest.raises(SettingsError, match="/nirgends/env"):
        settings()


def test_the_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    monkeypatch.setenv("RATSCHLAG_SECRET_FILE", str(tmp_path / "secret"))

    assert settings().key() == SECRET


@pytest.mark.parametrize(
    "name, value, sentence",
    [
        ("SECRET", "", "is missing"),
        ("SECRET", "x" * 31, "too short"),
        ("SECRET", f"Demo-{SECRET}", "protects nothing"),
        ("SECRET_FILE", "/nirgends/secret", "cannot be read"),
    ],
)
def test_what_is_no_secret_signs_nothing(monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
    monkeypatch.setenv(f"RATSCHLAG_{name}", value)

    with pytest.raises(SettingsError, match=sentence):
        settings().key()


@pytest.mark.parametrize("value", ["", "700", "700,10,0", "700,10,x", "700,10,10,10", "-700,10,10"])
def test_thresholds_that_are_none_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("RATSCHLAG_GC", value)

    with pytest.raises(SettingsError, match="RATSCHLAG_GC is not valid: three whole numbers"):
        settings()


def test_how_often_garbage_is_collected_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().thresholds == (20_000, 5, 5)

    monkeypatch.setenv("RATSCHLAG_GC", "700,10,10")
    assert settings().thresholds == (700, 10, 10)


def test_the_secret_stands_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSCHLAG_SECRET", SECRET)

    assert SECRET not in repr(settings())


def test_a_seat_comes_back_from_its_token() -> None:
    assert tokens.read(SECRET, tokens.sign(SECRET, SEAT)) == SEAT
    assert tokens.link("https://rat.example", SECRET, SEAT) == f"https://rat.example/p/{tokens.sign(SECRET, SEAT)}"


@pytest.mark.parametrize(
    "change", [lambda token: token + "x", lambda token: "x" + token, lambda _: "", lambda _: "a.b"]
)
def test_a_token_that_was_tampered_with_is_no_seat(change: object) -> None:
    assert tokens.read(SECRET, change(tokens.sign(SECRET, SEAT))) is None  # type: ignore[operator]


def test_a_token_of_another_secret_or_another_shape_is_no_seat() -> None:
    assert tokens.read(SECRET[::-1] + "x", tokens.sign(SECRET, SEAT)) is None
    for wrong in (SEAT._replace(place="throne"), SEAT._replace(version="2"), (7, "p01")):
        assert tokens.read(SECRET, tokens.sign(SECRET, wrong)) is None  # type: ignore[arg-type]


def test_the_readme_lists_every_setting() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    listed = readme.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    assert listed == table()
