"""The day on which a picture was first found unused.

PostgreSQL notes no samples of these days: they would outlive what the rows forget.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("unused", sa.DateTime(timezone=True), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE upload ALTER COLUMN unused SET STATISTICS 0")
