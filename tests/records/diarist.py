"""A process that writes a diary: ``diarist.py PERSON DEVICE DAYS`` reports a morning and a session
a day, each on a diary that it read before the other process wrote."""

from __future__ import annotations

import sys
import uuid
from datetime import timedelta

import django
from happenings import START

django.setup()

from recoup.model.event import MorningReport, SessionDone  # noqa: E402
from recoup.records.models import Person  # noqa: E402
from recoup.services import diary  # noqa: E402

person = Person.objects.get(pk=uuid.UUID(sys.argv[1]))
minutes = {"phone": 0, "tablet": 7}[sys.argv[2]]
held = diary.read(person)
print("ready", flush=True)
sys.stdin.readline()
for number in range(1, int(sys.argv[3]) + 1):
    at = START + timedelta(days=number, minutes=minutes)
    pain = 3 + (number + minutes) % 3
    held = diary.append(person, held, MorningReport(at.date(), pain), at)
    later = at + timedelta(hours=9)
    during = 2 + (number * 3 + minutes) % 6
    diary.append(person, held, SessionDone(at.date(), during, 2, 4), later)
print("done", flush=True)
