"""All pages as one application."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from velveteen.app import (
    backup,
    bundle,
    done,
    first,
    help_now,
    holds,
    importing,
    leaving,
    me,
    mistakes,
    notebook,
    notebook_note,
    notebook_settings,
    one_entry,
    papers,
    plan,
    questionnaire,
    reading,
    record,
    restoring,
    safety,
    settings,
    sheet,
    signs,
    steps,
    then,
    today,
    what_changed,
)
from velveteen.app.desk import Desk
from velveteen.app.doorway import leading_to
from velveteen.app.guards import OPENING, Guard, NotRead
from velveteen.app.keys import COOKIE, Keys
from velveteen.app.shell import path, place, route, show, static, style
from velveteen.app.weighing import Weighing
from velveteen.problems import Refused, VelveteenError

ROOMS = (
    first, today, sheet, leaving, help_now, reading, safety, signs, steps, plan, me, papers, bundle, backup, settings, done,
    questionnaire,
    holds, what_changed,
    record, one_entry, mistakes, then, importing, restoring,
    notebook, notebook_note, notebook_settings,
)  # fmt: skip


def application(desk: Desk, keys: Keys, port: int, lock: Callable[[], None]) -> Starlette:
    """The pages over one desk.

    Args:
        desk: what the program holds.
        keys: who may speak to it.
        port: where it listens; requests for any other are refused.
        lock: locks the notes and does not come back.
    """
    place(keys.under)
    routes = [
        Route("/", _home), Route(f"{OPENING}{{token}}", _opened), route("style", _style), route("script", _script),
        route("icon", _icon), *(r for room in ROOMS for r in room.routes()),
    ]  # fmt: skip
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, keys=keys, port=port, broken=_broken),
            Middleware(notebook.Alone, desk=desk),
        ],
        exception_handlers={VelveteenError: _sentence, HTTPException: _unknown, NotRead: _not_read},
    )  # fmt: skip
    app.state.desk, app.state.keys, app.state.lock, app.state.weighing = desk, keys, lock, Weighing()
    return app


async def _home(_: Request) -> Response:
    return RedirectResponse(path("first"), 303)


async def _opened(request: Request) -> Response:
    """The opening address: worth one cookie, once.

    It answers with a page that goes on, not with a redirection: what leads here is a file, which the browser counts as
    another site for all that it is redirected to, and keeps the cookie back.
    """
    keys: Keys = request.app.state.keys
    if not keys.spend(request.path_params["token"]):
        return PlainTextResponse(
            "This address has been used. Please open the notes from the program again.", 403
        )
    response = HTMLResponse(leading_to(path("first")))
    response.set_cookie(COOKIE, keys.cookie, path=keys.under or "/", httponly=True, samesite="strict")
    return response


async def _style(_: Request) -> Response:
    return Response(style(), media_type="text/css")


async def _script(_: Request) -> Response:
    return Response(static("app.js"), media_type="text/javascript")


async def _icon(_: Request) -> Response:
    return Response(static("icon.svg"), media_type="image/svg+xml")


async def _sentence(request: Request, error: Exception) -> Response:
    """A sentence for a person, on a page with a way on; a locked desk asks for its passphrase instead."""
    assert isinstance(error, VelveteenError)
    if error.code == "locked":
        if request.method == "POST":
            await leaving.hold(request)
        return RedirectResponse(path("first"), 303)
    if request.app.state.desk.notebook:  # a sentence of the disk's may name a file
        return show(request, "said.html.j2", message=notebook.TROUBLE, status=400)
    return show(
        request, "said.html.j2", message=error.message, status=409 if isinstance(error, Refused) else 400
    )


async def _unknown(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    message = "There is no such page. Nothing was lost."
    return show(request, "said.html.j2", message=message, status=status)


async def _not_read(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotRead)
    return PlainTextResponse(str(error), error.status)


async def _broken(request: Request, _: Exception) -> Response:
    message = (
        "Something in the program broke. What was saved before is safe; what you were saving now may not be."
    )
    with contextlib.suppress(Exception):
        return show(request, "said.html.j2", message=message, status=500)
    return PlainTextResponse(message, 500)
