"""A frozen value with some of its fields changed.

``dataclasses.replace`` hands every field to ``__init__`` again. A course has more than fifty, and
a day changes it a dozen times: a fifth of all the time went there. A dataclass without slots is
copied as one dictionary instead, twenty times faster. Others go the usual way.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, TypeVar

__all__ = ["replace"]

if TYPE_CHECKING:
    from dataclasses import replace  # so that names and types of fields are checked
else:
    Value = TypeVar("Value")

    def replace(value: Value, /, **changes: object) -> Value:
        """Return the value with these fields changed, as ``dataclasses.replace`` does.

        A class without slots must have no ``__post_init__``: its fields are taken as they are.
        """
        fields = getattr(value, "__dict__", None)
        if fields is None:
            return dataclasses.replace(value, **changes)
        if not changes.keys() <= fields.keys():
            names = ", ".join(sorted(changes.keys() - fields.keys()))
            raise TypeError(f"{type(value).__name__} has no field {names}.")
        copy = object.__new__(type(value))
        vars(copy).update(fields, **changes)
        return copy
