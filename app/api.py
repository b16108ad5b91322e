"""The OpenAPI document, generated from the commands and kinds of this build."""

from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from facilitation import moderation, roster, steering
from facilitation.forms import FORMS
from facilitation.kinds import KINDS
from facilitation.plenum import PAGES

Schema = dict[str, Any]

_RECEIPT: Schema = {
    "oneOf": [
        {
            "type": "object",
            "required": ["ok", "made"],
            "properties": {
                "ok": {"const": True},
                "made": {"type": "string", "format": "date-time", "description": "when it was recorded, durably"},
                "ref": {"type": "string", "description": "number of the contribution; a ballot has none"},
                "again": {"const": True, "description": "a repeat: this is the first answer"},
                "mine": {"$ref": "#/components/schemas/Parts"},
            },
        },
        {
            "type": "object",
            "required": ["ok", "code", "sentence"],
            "properties": {
                "ok": {"const": False},
                "code": {"type": "string", "description": "kind.outcome, such as poll.not_open"},
                "sentence": {"type": "string", "description": "the same for the person, in the workshop's language"},
                "retry_after_ms": {
                    "type": "integer",
                    "description": "only with what may be sent again under the same id",
                },
                "again": {"const": True},
            },
        },
    ]
}
_PATCH: Schema = {
    "type": "object",
    "required": ["since", "at", "parts"],
    "properties": {
        "since": {"type": ["integer", "null"], "description": "null: the whole picture"},
        "at": {"type": "integer"},
        "parts": {"$ref": "#/components/schemas/Parts"},
        "mine": {"$ref": "#/components/schemas/Parts"},
        "now": {"type": "integer", "description": "the server's clock, epoch milliseconds"},
        "build": {"type": "string"},
    },
}
_PARTS: Schema = {
    "type": "object",
    "description": "part -> HTML, or the names of the parts in a slot, or null: gone",
    "additionalProperties": {"type": ["string", "array", "null"], "items": {}},
}
_UPLOAD: Schema = {
    "type": "object",
    "required": ["picture"],
    "properties": {"picture": {"type": "string", "format": "binary", "description": "JPEG, PNG, WebP or GIF, to 8 MB"}},
}


def schemas() -> dict[str, Schema]:
    """The data of every command as JSON Schema, under `kind.command`, common ones under `activity.command`.

    What a ballot is stands under `ballot.form`.
    """
    models: dict[str, dict[str, type[BaseModel]]] = {
        "activity": {**steering.COMMANDS, **moderation.COMMANDS},
        "roster": {**roster.COMMANDS},
        **{kind.name: {**kind.commands} for kind in KINDS.values()},
        "ballot": {form.name: form.Ballot for form in FORMS.values()},
    }
    found: dict[str, Schema] = {}
    for source, named in models.items():
        for name, model in named.items():
            found |= _schemas(f"{source}.{name}", model)
    return found


def _schemas(name: str, model: type[BaseModel]) -> dict[str, Schema]:
    """The schema of a model, and those that it refers to beside it: in here they have other addresses."""
    schema = model.model_json_schema(ref_template=f"#/components/schemas/{name}.{{model}}")
    inner = schema.pop("$defs", {})
    return {name: schema} | {f"{name}.{part}": those for part, those in inner.items()}


def document() -> Schema:
    """The whole document; what may be said over a socket is in protocol.md."""
    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{6}$"}}
    command = {
        "summary": "Send a command; the same id is recorded once",
        "description": "Answered after the commit. The data of each command: components/schemas, `kind.command`; "
        "`poll.vote` carries a ballot of the poll's form, `ballot.form`, and `survey.submit` one for each question.",
        "parameters": [
            code,
            {"name": "activity", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "command", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "person", "in": "query", "schema": {"type": "string"}, "description": "who wrote it: else 409"},
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["id", "data"],
                        "properties": {
                            "id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                            "data": {"type": "object"},
                        },
                    }
                }
            },
        },
        "responses": {
            "200": _json("recorded", "Receipt"),
            "422": _json("refused, and why", "Receipt"),
            "403": _json("no seat here", "Receipt"),
            "409": {"description": "somebody else sits in this browser now"},
        },
    }
    picture = {
        "summary": "What is missing since `at`, for those without a socket",
        "parameters": [
            code,
            {"name": "page", "in": "query", "schema": {"type": "string", "enum": [*PAGES, "stage", "desk"]}},
            {"name": "place", "in": "query", "schema": {"type": "string", "enum": ["person", "desk", "stage"]}},
            {"name": "at", "in": "query", "schema": {"type": "integer"}, "description": "the picture one has"},
            {"name": "mine", "in": "query", "schema": {"type": "string"}, "description": "the hash one has"},
        ],
        "responses": {
            "200": _json("the picture", "Patch"),
            "204": {"description": "nothing new"},
            "403": {"description": "not yours"},
        },
    }
    health = {
        "summary": "Whether everything works",
        "responses": {"200": {"description": "yes"}, "503": {"description": "no, and why"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Ratschlag", "version": "1", "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        "paths": {
            "/w/{code}/{activity}.{command}": {"post": command},
            "/w/{code}/picture": {"get": picture},
            **_pictures(code),
            "/healthz": {"get": health},
        },
        "components": {"schemas": {"Receipt": _RECEIPT, "Patch": _PATCH, "Parts": _PARTS, **schemas()}},
    }


def _pictures(code: Schema) -> Schema:
    """The paths of pictures that people send."""
    uploaded = {
        "summary": "Send a picture ahead of the command that names it",
        "parameters": [
            code,
            {"name": "activity", "in": "query", "schema": {"type": "string"}},
            {"name": "place", "in": "query", "schema": {"type": "string", "enum": ["person", "desk"]}},
        ],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _UPLOAD}}},
        "responses": {
            "200": {"description": "kept: its id"},
            "422": _json("refused, and why", "Receipt"),
            "403": _json("no seat here", "Receipt"),
        },
    }
    shown = {
        "summary": "A picture that somebody sent",
        "parameters": [code, {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "the picture"}, "404": {"description": "none, or not for you"}},
    }
    return {"/w/{code}/bild": {"post": uploaded}, "/w/{code}/bild/{id}": {"get": shown}}


def _json(description: str, schema: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


async def openapi(_request: Request) -> Response:
    return JSONResponse(document())


def routes() -> list[Route]:
    return [Route("/api/openapi.json", openapi)]
