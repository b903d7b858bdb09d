"""Validate the parts of a notebook as quickly as a whole one.

nbformat validates a whole notebook by compiled code (fastjsonschema), but each output and each new cell by walking the
schema (jsonschema), a third of a millisecond each. The compiled code of a part accepts the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import fastjsonschema
import nbformat.v4
from nbformat import validator
from nbformat.json_compat import FastJsonSchemaValidator


class PartValidator(FastJsonSchemaValidator):
    """nbformat's validator with compiled code for parts. What it refuses nbformat's own judges, whose words are better."""

    def iter_errors(self, data: Any, schema: Any = None) -> Any:
        """The errors of a whole notebook, or of a part that ``schema`` refers to."""
        if schema is not None:
            try:
                _compiled(schema["$ref"])(data)
            except (fastjsonschema.JsonSchemaException, KeyError):
                return super().iter_errors(data, schema)
            return []
        return super().iter_errors(data)


@lru_cache
def _compiled(reference: str) -> Any:
    return fastjsonschema.compile({"$ref": reference, "definitions": schema()["definitions"]})


def schema() -> dict[str, Any]:
    """Nbformat's schema of a notebook of its present version."""
    read: dict[str, Any] = validator._get_schema_json(nbformat.v4, 4, nbformat.v4.nbformat_minor)
    return read


def prepare() -> None:
    """Have nbformat validate the parts of notebooks of its present version this way, in this process."""
    own = PartValidator(schema())
    validator.validators[own.name, 4, nbformat.v4.nbformat_minor, False] = own
