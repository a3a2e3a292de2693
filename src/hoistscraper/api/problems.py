"""Problem documents (RFC 9457): the one table from what went wrong to what a client reads."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from hoistscraper.api.answer_headers import REQUEST_ID
from hoistscraper.errors import (
    Conflict,
    HoistError,
    Invalid,
    NotFound,
    NotSignedIn,
    Refused,
    TooOften,
    Unavailable,
)
from hoistscraper.logs import what_is_logged

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2

# The first that fits counts: whatever a room adds below these is told like the kind it belongs to.
_STATUSES: Mapping[type[HoistError], HTTPStatus] = MappingProxyType(
    {
        NotFound: HTTPStatus.NOT_FOUND,
        Conflict: HTTPStatus.CONFLICT,
        Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
        NotSignedIn: HTTPStatus.UNAUTHORIZED,
        Refused: HTTPStatus.FORBIDDEN,
        TooOften: HTTPStatus.TOO_MANY_REQUESTS,
        Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
TOO_LARGE = "The request is too large; send less at once, or raise HOIST_MAX_REQUEST_MEGABYTES."
_WITHOUT_WORDS = {
    HTTPStatus.BAD_REQUEST: "The body cannot be read; send it whole, and as its Content-Type says.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address; /api/docs lists what there is.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TOO_LARGE,
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method; /api/docs tells which it takes.",
}
_log = logging.getLogger(__name__)


class Cause(BaseModel):
    """One part of a request that is wrong."""

    location: str = Field(description="Where it stands, such as `body.url` or `query.limit`.")
    message: str = Field(description="What is wrong with it, as a sentence.")


class Problem(BaseModel):
    """What went wrong, as RFC 9457 describes it."""

    type: str = Field(
        default="about:blank", description="A URI for the kind of problem; about:blank: as its status says."
    )
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="One sentence for a person: what is wrong and what to do.")
    instance: str | None = Field(default=None, description="Names this one request in the log of the server.")
    causes: list[Cause] = Field(default_factory=list, description="The parts of the request that are wrong.")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route declares of the problems that it may answer."""
    return {
        status: {
            "model": Problem,
            "description": HTTPStatus(status).phrase,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": "about:blank",
                        "title": HTTPStatus(status).phrase,
                        "status": status,
                        "detail": "One sentence that says what to do.",
                        "causes": [],
                    },
                }
            },
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Have everything that goes wrong answered by a problem document."""
    app.add_exception_handler(HoistError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_the_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_a_mistake)


def answer(
    status: int, detail: str, *, causes: list[Cause] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a problem document as a response."""
    request_id = what_is_logged("request_id")
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=f"urn:uuid:{request_id}" if request_id else None,
        causes=causes or [],
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True), status, dict(headers or {}), media_type=MEDIA_TYPE
    )


def answer_to(error: HoistError) -> JSONResponse:
    """Return the problem document of an error."""
    status = next(
        (status for kind, status in _STATUSES.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST
    )
    return answer(status, error.message, headers=_headers_of(error))


def _headers_of(error: HoistError) -> Mapping[str, str]:
    match error:
        case TooOften():
            return {"Retry-After": str(ceil(error.wait_seconds))}
        case Unavailable():
            return {"Retry-After": str(RETRY_AFTER_SECONDS)}
        case NotSignedIn():
            return {"WWW-Authenticate": "Bearer"}
        case _:
            return {}


async def _of_ours(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HoistError):
        raise error
    return answer_to(error)


async def _of_the_request(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    causes = [
        Cause(location=".".join(str(part) for part in cause["loc"]), message=_sentence(str(cause["msg"])))
        for cause in error.errors()
    ]
    named = "; ".join(f"{cause.location}: {cause.message}" for cause in causes[:3])
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, f"The request is not right: {named}", causes=causes)


async def _of_http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return answer(status, _WITHOUT_WORDS.get(status) or error.detail, headers=error.headers)


async def _of_a_mistake(request: Request, error: Exception) -> JSONResponse:
    case = f"urn:uuid:{request.scope.get(REQUEST_ID) or uuid7()}"
    _log.error("%s %s failed, case %s", request.method, request.url.path, case, exc_info=error)
    problem = Problem(
        title=HTTPStatus.INTERNAL_SERVER_ERROR.phrase,
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="HoistScraper made a mistake; please report it with the case that `instance` names.",
        instance=case,
    )
    return JSONResponse(problem.model_dump(), HTTPStatus.INTERNAL_SERVER_ERROR, media_type=MEDIA_TYPE)


def _sentence(message: str) -> str:
    plain = message.removeprefix("Value error, ").rstrip(".")
    return f"{plain[:1].upper()}{plain[1:]}."
