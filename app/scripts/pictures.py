"""The pictures of a workshop in its script: whole, because nothing outside the file belongs to it."""

from base64 import b64encode
from typing import Annotated, Any

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field
from sqlalchemy import Connection, insert, select

from app.imaging import checked
from app.scripts.fields import Id, Moment
from app.store import UPLOAD
from facilitation.record import Data


def _picture(content: bytes) -> bytes:
    return checked(content).bytes


class Upload(BaseModel):
    """A picture under the id by which contributions and settings name it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    by: Id | None = None
    made: Moment | None = None
    content: Annotated[Base64Bytes, AfterValidator(_picture)]


def told(on: Connection, workshop: int) -> list[Data]:
    """Every picture of a workshop, to be written down."""
    rows = on.execute(select(UPLOAD).where(UPLOAD.c.workshop_id == workshop).order_by(UPLOAD.c.id))
    return [
        {"id": row.id, "content": b64encode(row.bytes).decode()}
        | ({"by": row.by, "made": row.made.isoformat()} if row.made else {})
        for row in rows
    ]


def keep(on: Connection, workshop: int, uploads: tuple[Upload, ...]) -> None:
    """Put the pictures of a script into a workshop."""
    rows: list[dict[str, Any]] = [
        {"workshop_id": workshop, "id": it.id, "by": it.by, "made": it.made} | checked(it.content)._asdict()
        for it in uploads
    ]
    if rows:
        on.execute(insert(UPLOAD), rows)
