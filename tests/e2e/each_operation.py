"""A test for each operation of openapi.yaml, whose requests schemathesis makes up when the test begins.

Schemathesis's own collector makes them up when it collects. Every process of a parallel run collects all tests, so that all
processes but one would make up the requests of 60 operations for nothing: a third of the time that collecting takes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from schemathesis.checks import load_all_checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._keys import track_schema
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.pytest.plugin import SchemathesisFunction
from schemathesis.pytest.warnings import emit_constants_warnings, emit_openapi_auth_warnings
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.schemas import APIOperation, BaseSchema

CONTRACT = Path(__file__).parents[2] / "openapi.yaml"
ITSELF = "/openapi.yaml"
"""The address of the description. Schemathesis, which reads it there, leaves it out."""
_LINE = re.compile(r"^ {2}(/\S*):$|^ {4}(get|put|post|patch|delete|head|options):$", re.M)


def labels() -> Iterator[str]:
    """`GET /v1/checks` and so on, as openapi.yaml lists them. Read line by line: YAML's parser takes a second."""
    path = ""
    paths = CONTRACT.read_text(encoding="utf-8").partition("\npaths:\n")[2]
    for found in _LINE.finditer(re.split(r"^\S", paths, maxsplit=1, flags=re.M)[0]):
        if found[1]:
            path = found[1]
        elif path != ITSELF:
            yield f"{found[2].upper()} {path}"


@dataclass
class EachOperation:
    """Collected as one test for each operation. `check` is called with each request, `load` returns the schema."""

    check: Callable[..., None]
    load: Callable[[], BaseSchema]

    @cached_property
    def schema(self) -> BaseSchema:
        schema = self.load()
        emit_openapi_auth_warnings(schema)
        emit_constants_warnings(schema)
        load_all_checks()
        return schema

    @cached_property
    def operations(self) -> dict[str, APIOperation]:
        found = [result.ok() for result in self.schema.get_all_operations()]
        return {operation.label: operation for operation in found}

    @cached_property
    def _feedback(self) -> FeedbackSources:
        return FeedbackSources(constants_value_source=make_constants_value_source(self.schema))

    def test_of(self, label: str) -> Callable[[], None]:
        """The test, with its requests: as schemathesis's own collector builds it."""
        return build_operation_test(
            config=self.schema.config,
            operation=self.operations[label],
            test_func=self.check,
            given_kwargs={},
            feedback=self._feedback,
        )

    def tests(self, module: pytest.Module, name: str) -> Iterator["OperationTest"]:
        for label in labels():
            yield OperationTest.from_parent(
                module, name=f"{name}[{label}]", callobj=_not_begun, originalname=name, operation_label=label, each=self
            )


class OperationTest(SchemathesisFunction):
    """One operation. Schemathesis's plugin runs it and tells its failures as it does those of its own tests."""

    def __init__(self, *args: Any, each: EachOperation, **kwargs: Any) -> None:
        super().__init__(*args, test_func=each.check, **kwargs)
        self._each = each

    def setup(self) -> None:
        track_schema(self.config, self._each.schema)
        self.obj = self._each.test_of(self.operation_label)
        super().setup()


def _not_begun() -> None:
    raise AssertionError("the test was called before it was set up")
