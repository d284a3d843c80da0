"""What was told by mistake is taken back, decided anew and told again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from services.test_program import DAY, FACET, session_on
from web.visiting import page, seen_by

from recoup.model.event import MorningReport, SessionDone
from recoup.services import correcting, diary, people, program

REPORT = {
    "during": 2, "after": 1, "effort": 4, "hurt": "none", "moved": "same", "new": "no",
}
EVENT = re.compile(r'name="event" value="([^"]+)"')


@pytest.fixture
def hers(client: Client, guest) -> Client:
    answer_intake(guest, CLASSIC, timezone.now())
    program.enrol(guest, FACET, people.now_for(guest))
    return seen_by(client, guest)


def offered(client: Client, guest) -> list[str]:
    return EVENT.findall(page(client, guest, "history/correct/").content.decode())


def test_pain_of_eight_by_mistake_is_taken_back_and_told_again(hers, guest):
    now = people.now_for(guest)
    before = program.today(guest, now + DAY).session
    session_on(guest, now, during=8, after=8)
    assert program.today(guest, now + DAY).session != before
    (event,) = offered(hers, guest)
    answer = hers.post(f"/p/{guest.pk}/history/correct/", {"event": event})
    assert answer["Location"].endswith("/report/"), "its day is not over"
    assert program.today(guest, now).reported is False
    text = page(hers, guest, "history/").content.decode()
    assert "Decided anew" in text
    answer = hers.post(answer["Location"], REPORT)
    assert answer["Location"].endswith("/today/"), answer.content
    rules = {one.rule for one in program.today(guest, now + DAY).session.because}
    assert "light-red" not in rules


def test_an_older_report_is_taken_back_and_the_history_says_so(hers, guest):
    now = people.now_for(guest)
    program.morning(guest, MorningReport((now - DAY).date(), 9), now - DAY)
    (event,) = offered(hers, guest)
    answer = hers.post(f"/p/{guest.pk}/history/correct/", {"event": event})
    assert answer["Location"].endswith("/history/")
    assert offered(hers, guest) == []


def test_a_report_of_something_new_is_not_taken_back_here(hers, guest):
    now = people.now_for(guest)
    diary.append(
        guest, diary.read(guest), SessionDone(now.date(), 3, 3, 4, new=frozenset({"fever"})), now
    )
    assert offered(hers, guest) == []
    (told,) = [one for one in diary.read(guest).events if isinstance(one.data, SessionDone)]
    with pytest.raises(correcting.NotToldLately):
        correcting.take_back(guest, told.id, now)


def test_what_is_no_report_or_too_old_cannot_be_taken_back(hers, guest):
    now = people.now_for(guest)
    program.morning(guest, MorningReport((now - 15 * DAY).date(), 9), now)
    assert offered(hers, guest) == []
    for event in [one.id for one in diary.read(guest).log] + ["nothing", ""]:
        answer = hers.post(f"/p/{guest.pk}/history/correct/", {"event": event})
        assert answer.status_code == 404, event
