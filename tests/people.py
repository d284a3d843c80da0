"""The fixed cast: Ana (patient), Ben (clinician), Cleo (stranger). Fixtures in conftest.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoup.records.models import Person, User

CLASSIC: dict[str, Any] = {
    "age": 56,
    "sex": "male",
    "sites": ["low_back"],
    "side": "right",
    "spread": "local_few_inches",
    "onset": "gradual",
    "duration_weeks": 8,
    "course": "comes_and_goes",
    "agg": ["bend_back", "rotate", "stand_long", "walk"],
    "ease": ["sit", "bend_forward", "lie_down"],
    "morning_stiffness": "lt_30min",
    "night": "none",
    "settle_time": "hours",
    "pain_now": 3,
    "pain_avg": 4,
    "pain_worst": 6,
}
"""The classic picture of facet-joint pain, in the keys of ``recoup intake``."""

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
