"""The web client's pages, as `npm run build` left them in web/dist."""

from pathlib import Path

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, RedirectResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from backend.access.guard import public
from backend.errors import NotFoundError

FOR_EVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


class HashedAssets(StaticFiles):
    """Files whose names change with their content: browsers may keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, marked as never changing."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER
        return response


def router(dist: Path) -> APIRouter:
    """Routes of the pages."""
    pages = APIRouter(include_in_schema=False, dependencies=[Depends(public)])

    @pages.get("/")
    async def index() -> RedirectResponse:
        """Customers who typed only the host want to chat."""
        return RedirectResponse("/chat")

    @pages.get("/chat")
    async def chat() -> FileResponse:
        """The customers' page."""
        return _page(dist / "chat.html")

    @pages.get("/order")
    async def order() -> FileResponse:
        """Where customers answer a quote, or sign for work that is done, by their code."""
        return _page(dist / "order.html")

    @pages.get("/phone")
    async def phone() -> FileResponse:
        """A telephone to try the hotline with; it works on this machine only."""
        return _page(dist / "phone.html")

    @pages.get("/desk")
    @pages.get("/desk/{_path:path}")
    async def desk(_path: str = "") -> FileResponse:
        """The agents' page; it routes below /desk itself."""
        return _page(dist / "desk.html")

    return pages


def _page(path: Path) -> FileResponse:
    if not path.is_file():
        raise NotFoundError(f"{path.name} is not built")
    return FileResponse(path, headers={"Cache-Control": REVALIDATE})
