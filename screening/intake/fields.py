"""A model field whose column holds only locked text. It fails closed, and cannot be searched."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from iopguide import keyring

PURPOSE = "intake fields"


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]  # the stubs' field takes types, Django's none
    """Any JSON value, locked on the way in and opened on the way out. Raises KeyMissing when no key fits."""

    description = "locked value"

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
        return keyring.lock(PURPOSE, plain)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(keyring.unlock(PURPOSE, bytes(value)))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        raise FieldError("a locked value is not written out")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError("a locked value cannot be searched")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError("a locked value cannot be searched")
