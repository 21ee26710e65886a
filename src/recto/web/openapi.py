"""The API as a table: what each path answers and takes. From it come the routes and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "maxLength": 400}
NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 1_000_000}


class Parameter(Struct, frozen=True):
    name: str
    text: str
    schema: Schema
    required: bool = False


class Operation(Struct, frozen=True):
    """One path and method."""

    method: str
    path: str
    summary: str
    answer: Callable[..., Any]
    """Called in a thread with the shelf and the checked parameters; returns what becomes JSON, or a Response."""
    parameters: tuple[Parameter, ...] = ()
    media: str = "application/json"
    body: str | None = None
    """Media type of the request's body, where it has one."""
    status: int = 200


def in_path(operation: Operation) -> list[str]:
    return [part[1:-1].partition(":")[0] for part in operation.path.split("/") if part.startswith("{")]


def document(operations: list[Operation], version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        path = each.path.replace(":path}", "}")
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in in_path(each)
        ] + [
            {
                "name": parameter.name,
                "in": "query",
                "required": parameter.required,
                "description": parameter.text,
                "schema": parameter.schema,
            }
            for parameter in each.parameters
        ]
        problem = {
            "description": "What is wrong",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        entry: dict[str, Any] = {
            "summary": each.summary,
            "operationId": each.answer.__name__,
            "parameters": parameters,
            "responses": {
                str(each.status): {"description": "Done", "content": {each.media: {}}},
                "400": problem,
                "404": problem,
                "422": problem,
            },
        }
        if each.body is not None:
            entry["requestBody"] = {
                "required": False,
                "content": {each.body: {"schema": {"type": "string", "format": "binary"}}},
            }
        paths.setdefault(path, {})[each.method.casefold()] = entry
    return {
        "openapi": "3.1.0",
        "info": {"title": "recto", "version": version, "description": "Filings, their pages and facts, as JSON."},
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": {
                    "type": "object",
                    "required": ["code", "message"],
                    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                }
            }
        },
    }
