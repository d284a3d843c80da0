"""Fields whose column holds ciphertext: Fernet (AES-128-CBC with HMAC-SHA256).

The first key of ``RECOUP_KEYS`` encrypts, all of them decrypt; to rotate, put a new key in front.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Transform


class WrongKey(Exception):
    """A record was written with a key that is not in ``RECOUP_KEYS``, or was tampered with."""

    def __init__(self) -> None:
        super().__init__(
            "A record cannot be decrypted: it was written with a key that is not in RECOUP_KEYS. "
            "Restore the file RECOUP_HOME/keys from a backup, or add the old key after the new "
            "one: RECOUP_KEYS=new,old. If the key is right, the database was changed by hand."
        )


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return _box(settings.RECOUP_KEYS).encrypt(text.encode("utf-8")).decode("ascii")


def decrypt(token: str) -> str:
    """Return the text. Raises :class:`WrongKey`."""
    try:
        return _box(settings.RECOUP_KEYS).decrypt(token).decode("utf-8")
    except InvalidToken:
        raise WrongKey from None


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic in stubs alone
    """Text that the database cannot read, and so cannot search."""

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else encrypt(self.dump(value))

    def from_db_value(self, value: str | None, *_: object) -> object:
        return None if value is None else self.load(decrypt(value))

    def get_lookup(self, lookup_name: str) -> type[models.Lookup[Any]] | None:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched by {lookup_name}.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> type[Transform] | None:
        return None

    def dump(self, value: object) -> str:
        return str(value)

    def load(self, text: str) -> object:
        return text


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that the database cannot read."""

    def to_python(self, value: object) -> object:
        return value

    def dump(self, value: object) -> str:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))

    def load(self, text: str) -> object:
        return json.loads(text)
