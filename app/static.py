"""Static files as they were built: immutable under their hashed names, sent as small as the browser takes them."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.assets import DIST

TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".txt": "text/plain"}
FOR_EVER, FOR_A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


async def static(request: Request) -> Response:
    """A file of static/dist by its own name; nothing else can be reached."""
    name = request.path_params["name"]
    path = DIST / name
    if path.suffix not in TYPES or "/" in name or not path.is_file():
        raise HTTPException(404)
    hashed = path.suffix != ".txt"
    headers = {"Cache-Control": FOR_EVER if hashed else FOR_A_DAY, "Vary": "Accept-Encoding"}
    accepted = {word.partition(";")[0].strip() for word in request.headers.get("accept-encoding", "").split(",")}
    for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
        small = path.with_name(name + ending)
        if encoding in accepted and small.is_file():
            return FileResponse(small, media_type=TYPES[path.suffix], headers=headers | {"Content-Encoding": encoding})
    return FileResponse(path, media_type=TYPES[path.suffix], headers=headers)
