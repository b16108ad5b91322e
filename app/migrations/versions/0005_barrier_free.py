"""Who needs a room without barriers, as far as the organiser says so."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("barrier_free", sa.Boolean, nullable=False, server_default=sa.false()))
