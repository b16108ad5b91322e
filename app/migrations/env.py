"""How Alembic reaches the database: through the connection that `app.database.upgrade` hands it, in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

from app.tables import metadata

UPGRADES = 0x526174  # the advisory lock on PostgreSQL under which only one process upgrades

connection: Connection = context.config.attributes["connection"]
on_sqlite = connection.dialect.name == "sqlite"
if on_sqlite:
    # SQLite changes a table by making it anew; with foreign keys on, dropping the old one empties what refers to it.
    # A pragma has no effect inside a transaction, so it goes to the driver before one begins.
    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=on_sqlite)
with connection.begin():
    if not on_sqlite:
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # an upgrade by another process may take its time
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADES})
    context.run_migrations()
    if on_sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
        raise RuntimeError(f"the upgrade would tear rows apart: {broken}")
