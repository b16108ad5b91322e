"""Pictures that people sent: upload."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("workshop_id", sa.Integer, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("by", sa.String, nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=True),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
