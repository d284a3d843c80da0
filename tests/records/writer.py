"""A process that writes until it is killed: ``writer.py PERSON whole`` commits one event after
another; ``writer.py PERSON half`` stays inside a transaction that has written twenty."""

from __future__ import annotations

import sys
import time
import uuid
from itertools import count

import django
from happenings import morning

django.setup()

from django.db import transaction  # noqa: E402

from recoup.records.log import append  # noqa: E402
from recoup.records.models import Person  # noqa: E402

person = Person.objects.get(pk=uuid.UUID(sys.argv[1]))
if sys.argv[2] == "half":
    with transaction.atomic():
        append(person, [morning(seq) for seq in range(20)])
        print("written", flush=True)
        time.sleep(60)
for number in count():
    append(person, [morning(number)])
    print(number, flush=True)
