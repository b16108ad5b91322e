"""Which revision of the tables there is, and which of them this build knows."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parents[1] / "migrations"


def found(on: Connection) -> str | None:
    """The revision of a database; None where there are no tables."""
    return MigrationContext.configure(on).get_current_revision()


def known() -> list[str]:
    """Every revision this build can upgrade from, the newest first."""
    return [script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()]
