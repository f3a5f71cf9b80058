"""flask-smorest with strict request parsing and problem details for all errors."""

from threading import Lock
from typing import Any, NoReturn

import marshmallow as ma
from apispec import APISpec
from flask import Request
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser

from service.api.response_schemas import ProblemAnswer
from service.http import problems
from service.http.request_body import read_json
from service.http.validation_errors import invalid
from service.middleware.scopes import scope_of

_POINTERS = {"json": "", "query": "/query", "headers": "/header", "files": ""}


class StrictRequestParser(FlaskParser):
    """Parses bodies with `request_body`, and rejects unknown query parameters."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 # declared by the base class
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """The body, parsed by `read_json`."""
        return read_json(req)

    def handle_error(self, error: ma.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Raises `InvalidInput`."""
        [(location, messages)] = error.messages_dict.items()
        raise invalid(messages, _POINTERS[location])


class Resource(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """A blueprint: the operations on one kind of resource."""

    ARGUMENTS_PARSER = StrictRequestParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(self._prepare_security_doc)

    def _prepare_arguments_doc(self, doc: Any, doc_info: Any, **kwargs: Any) -> Any:
        if "arguments" in doc_info:
            doc_info["arguments"]["responses"] = {422: problem_name(422)}
        return super()._prepare_arguments_doc(doc, doc_info, **kwargs)

    def _prepare_security_doc(self, doc: Any, doc_info: Any, *, method: str, **_: Any) -> Any:
        """Documents the security requirement and the answers 401, 403, 429 of operations that need a key."""
        if scope_of(self.name, doc_info.get("manual_doc", {}).get("operationId", ""), method):
            doc["security"] = [{"key": []}]
            for status in (401, 403, 429):
                doc.setdefault("responses", {})[status] = problem_name(status)
        return doc

    def refuses(self, *statuses: int) -> Any:
        """Decorator: the view may answer with these problems."""

        def decorator(view: Any) -> Any:
            for status in statuses:
                view = self.alt_response(status, response=problem_name(status))(view)
            return view

        return decorator


class ProblemApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """An API whose errors are problem responses, in openapi.yaml as at run time.

    Describes its resources on the first call of `described`: that takes twice as long as to register them.
    """

    DEFAULT_ERROR_RESPONSE_NAME = "Problem"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._undescribed: list[Resource] = []
        self._describing = Lock()
        super().__init__(*args, **kwargs)

    def register_blueprint(self, resource: Resource) -> None:
        """Adds the resource's operations to the app."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][resource.name] = self
        self._app.register_blueprint(resource)
        self._undescribed.append(resource)

    def described(self) -> APISpec:
        """The OpenAPI description of all registered resources."""
        with self._describing:
            for resource in self._undescribed:
                resource.register_views_in_doc(self, self._app, self.spec, name=resource.name, parameters=None)
                self.spec.tag({"name": resource.name, "description": resource.description})
            self._undescribed.clear()
            spec: APISpec = self.spec
            return spec

    def _register_responses(self) -> None:
        self._register_problem(self.DEFAULT_ERROR_RESPONSE_NAME, "Any other problem")
        titles = {status: title for status, (_, title) in problems.HTTP_TITLES.items()}
        for row in problems.TABLE.values():
            titles.setdefault(row.status, row.title)
        for status, title in {**titles, 422: "The request is not valid"}.items():
            self._register_problem(problem_name(status), title)

    def _register_problem(self, name: str, title: str) -> None:
        content = {problems.MEDIA_TYPE: {"schema": ProblemAnswer}}
        self.spec.components.response(name, {"description": title, "content": content}, lazy=True)

    def _register_error_handlers(self) -> None:
        problems.register(self._app)


def schema_name(schema: Any) -> str:
    """Component name of a schema: its own `component_name` if it has one, else `CheckAnswer` → `Check`."""
    kind = schema if isinstance(schema, type) else type(schema)
    return str(vars(kind).get("component_name") or kind.__name__.removesuffix("Answer"))


def problem_name(status: int) -> str:
    """Component name of the problem response for a status."""
    return f"Problem{status}"
