"""The record: workshop, person, activity, entry, refusal, veil."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("prefix", sa.String, nullable=False, unique=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("k", sa.Integer, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("imported_from", sa.String, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("stage_version", sa.Integer, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("workshop_id", sa.Integer, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("division", sa.String, nullable=False),
        sa.Column("function", sa.String, nullable=False),
        sa.Column("deputy", sa.Boolean, nullable=False),
        sa.Column("deputy_for", sa.String, nullable=True),
        sa.Column("headcount", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("guest", sa.Boolean, nullable=False),
    )
    op.create_table(
        "activity",
        sa.Column("workshop_id", sa.Integer, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("config", sa.JSON, nullable=False),
    )
    op.create_table(
        "entry",
        sa.Column("workshop_id", sa.Integer, sa.ForeignKey("workshop.id"), primary_key=True),
        sa.Column("at", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("activity", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=True),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.UniqueConstraint("workshop_id", "command", "part"),
    )
    op.create_table(
        "refusal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("workshop_id", sa.Integer, sa.ForeignKey("workshop.id"), nullable=False),
        sa.Column("by", sa.String, nullable=True),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("activity", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("made", MOMENT, nullable=False),
    )
    op.create_index(None, "refusal", ["workshop_id", "command"])
    op.create_table(
        "veil",
        sa.Column("workshop_id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("activity", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["workshop_id", "at"], ["entry.workshop_id", "entry.at"]),
    )
