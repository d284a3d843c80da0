"""Somebody with a session before them, and a browser that may see it.

What needs Django is imported in the fixtures: this file is read before Django is set up.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from recoup.model.event import Symptom


@pytest.fixture
def enrolled(guest):
    """Somebody with today's session before them."""
    from services.answering import CLASSIC, answer_intake

    from recoup.services import intake, program

    now = timezone.now()
    answer_intake(guest, CLASSIC, now)
    program.enrol(guest, intake.outcome(guest, now).program, now)
    return guest


@pytest.fixture
def checked(enrolled):
    from recoup.services import program

    now = timezone.now()
    program.check_in(enrolled, Symptom(now.date(), pain_now=3, slept_well=True), now)
    return enrolled


@pytest.fixture
def hers(client: Client, enrolled) -> Client:
    from web.visiting import seen_by

    return seen_by(client, enrolled)
