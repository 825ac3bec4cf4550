"""An anticipated no: what is wrong, with the values that show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class Refused(Exception):
    """The request cannot be granted."""

    def __init__(self, **values: object) -> None:
        super().__init__()
        self._values = values

    @property
    def values(self) -> Mapping[str, object]:
        """What the refusal is about, for doors to put into words."""
        return MappingProxyType(self._values)

    @property
    def code(self) -> str:
        """The class name in snake case, stable for other systems."""
        return WORD_START.sub("_", type(self).__name__).lower()

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!s}" for name, value in self._values.items())
        return f"{self.code} ({values})" if values else self.code
