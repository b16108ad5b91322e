"""The pages that stay the same: data protection, accessibility, plain German, help; and the icon."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.projection import environment

PAPERS = {
    "datenschutz": "Datenschutz",
    "barrierefreiheit": "Barrierefreiheit",
    "leichte-sprache": "Leichte Sprache",
    "hilfe": "Hilfe",
}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><rect width="22" height="22" fill="#fff"/>'
    '<path d="M5 0V22M5 4H18M5 11H11M5 18H15" fill="none" stroke="#131525" stroke-width="3"/></svg>'
)


def routes() -> list[Route]:
    return [Route("/favicon.svg", icon), *(Route(f"/{name}", _paper(name, title)) for name, title in PAPERS.items())]


def _paper(name: str, title: str) -> Any:
    async def paper(_request: Request) -> Response:
        return HTMLResponse(environment.get_template(f"pages/{name}.html").render(title=title))

    return paper


async def icon(_request: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})
