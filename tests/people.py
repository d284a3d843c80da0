"""The fixed cast: Ana (patient), Ben (clinician), Cleo (stranger). Fixtures in conftest.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoup.records.models import Person, User

PASSWORD = "a long enough passphrase"


def make_user(name: str) -> User:
    from recoup.records.models import User

    user = User(username=name, email=f"{name}@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def make_person(**values: Any) -> Person:
    from recoup.records.models import Person

    return Person.objects.create(**values)
