"""The settings of an installation, from environment variables `RATSCHLAG_…` or a file of them.

The descriptions are German because the README's table is made of them.
"""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

FILE = "RATSCHLAG_ENV_FILE"
DEMO = "demo"  # how secrets begin that everybody may know
SHORTEST = 32
GENERATIONS = 3  # of Python's garbage collector


class WrongUse(Exception):
    """What was asked for or set up cannot be, in one sentence for whoever sits at the command line."""


class SettingsError(WrongUse):
    """A setting that does not do."""


def _origin(url: str) -> str:
    """The address as browsers write an origin: they compare every letter of it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.rstrip("/") or parts.query:
        raise ValueError("an address is http:// or https:// and a name, without a path")
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


def _database(url: str) -> str:
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("a database is sqlite:///… or postgresql+psycopg://…")
    return url


def _thresholds(text: str) -> str:
    numbers = text.split(",")
    if len(numbers) != GENERATIONS or not all(number.isdecimal() and int(number) for number in numbers):
        raise ValueError("three whole numbers above zero are needed, such as 20000,5,5")
    return text


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="RATSCHLAG_", extra="ignore", frozen=True)

    data_dir: Annotated[Path, Field(description="Ordner für Datenbank und hochgeladene Dateien")] = Path("data")
    database_url: Annotated[
        str,
        AfterValidator(_database),
        Field(description="Datenbank: `sqlite:///…` oder `postgresql+psycopg://…`; leer: `ratschlag.db` in `DATA_DIR`"),
    ] = ""
    redis_url: Annotated[str, Field(description="Redis für mehrere Prozesse, `redis://…`; leer: ohne Redis")] = ""
    secret: Annotated[
        str, Field(repr=False, description="Schlüssel für Links und Anmeldungen, mindestens 32 zufällige Zeichen")
    ] = ""
    secret_file: Annotated[Path | None, Field(description="Datei, in der der Schlüssel steht, statt `SECRET`")] = None
    url: Annotated[
        str, AfterValidator(_origin), Field(description="öffentliche Adresse, unter der die Seiten erreichbar sind")
    ] = "http://127.0.0.1:8000"
    allowance: Annotated[
        int, Field(ge=1, description="Eingaben je Person und Minute, darüber wird um etwas Geduld gebeten")
    ] = 120
    gc: Annotated[
        str,
        AfterValidator(_thresholds),
        Field(description="Wie selten Python nach Speicherresten sucht: drei Schwellen wie für `gc.set_threshold`"),
    ] = "20000,5,5"
    frame_ancestors: Annotated[
        str, Field(description="Wer die Seiten einbetten darf, wie in der Content-Security-Policy")
    ] = "'none'"

    @property
    def database(self) -> str:
        """The URL of the database, wherever it stands."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ratschlag.db'}"

    @property
    def kind_of_database(self) -> Literal["sqlite", "postgresql"]:
        return "postgresql" if self.database.startswith("postgresql") else "sqlite"

    @property
    def thresholds(self) -> tuple[int, int, int]:
        """Those of the garbage collector."""
        first, second, third = map(int, self.gc.split(","))
        return first, second, third

    def key(self) -> str:
        """The secret that signs links; SettingsError if it is none."""
        secret = self.secret
        if not secret and self.secret_file:
            try:
                secret = self.secret_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError(f"RATSCHLAG_SECRET_FILE cannot be read: {self.secret_file}") from error
        if not secret:
            raise SettingsError(
                f"RATSCHLAG_SECRET or RATSCHLAG_SECRET_FILE is missing: set {SHORTEST} random characters or more"
            )
        if len(secret) < SHORTEST:
            raise SettingsError(
                f"RATSCHLAG_SECRET is too short: {len(secret)} characters, at least {SHORTEST} are needed"
            )
        if secret.lower().startswith(DEMO):
            raise SettingsError("RATSCHLAG_SECRET is a demo secret and protects nothing: set one of your own")
        return secret


def settings() -> Settings:
    """The settings as the environment says; SettingsError names the first that does not do."""
    file = os.environ.get(FILE)
    if file and not Path(file).is_file():
        raise SettingsError(f"{FILE} names a file that is not there: {file}")
    try:
        return Settings(_env_file=file)
    except ValidationError as error:
        first = error.errors()[0]
        why = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"RATSCHLAG_{str(first['loc'][0]).upper()} is not valid: {why}") from error


def table() -> str:
    """The settings as the table of the README."""
    lines = ["| Umgebungsvariable | Vorgabe | wofür |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "–" if field.default in ("", None) else f"`{field.default}`"
        lines.append(f"| `RATSCHLAG_{name.upper()}` | {default} | {field.description} |")
    lines.append(f"| `{FILE}` | – | Datei, in der diese Variablen stehen |")
    return "\n".join(lines)
