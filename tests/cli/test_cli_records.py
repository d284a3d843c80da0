"""A log taken in from a file, and everybody's log held against what was decided."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import pytest
from care.people_in_pain import START, log_of
from cli.running import answer, complaints, run

from recoup.library import write_event
from recoup.records import log as records_log
from recoup.services import diary, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(library):
    """A log of some days, one event a line."""
    shelf.keep_current()
    log = log_of(library)
    log.enrolled()
    for day in range(1, 4):
        log.morning(day)
        log.session(day, during=day + 3)
    return [json.dumps(write_event(event)) for event in log.events]


def stored(folder, lines):
    path = folder / "events.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_log_is_taken_in_once_however_often_it_is_sent(tmp_path, guest, lines):
    path = stored(tmp_path, lines)
    first = answer("import", path, guest.pk)
    assert first == {"new": 7, "already": 0, "conflicting": [], "left_out": []}
    assert answer("import", path, guest.pk)["already"] == 7
    assert len(diary.read(guest).course.records) == 3
    held = answer("replay", guest.pk)[str(guest.pk)]
    assert held["mismatches"] == []
    assert held["events"] == 7


def test_a_log_cut_off_in_mid_line_is_told_by_line_and_nothing_is_taken_in(tmp_path, guest, lines):
    path = stored(tmp_path, [*lines[:-1], lines[-1][:60]])
    told = complaints("import", path, guest.pk)
    assert f"{path}:7: The line is cut off or is not JSON" in told[0]
    assert "--good-lines" in told[-1]
    assert records_log.ids(guest) == ()


def test_the_good_lines_of_a_cut_log_can_be_taken_in_and_the_rest_later(tmp_path, guest, lines):
    path = stored(tmp_path, [*lines[:-1], lines[-1][:60]])
    done = answer("import", path, guest.pk, "--good-lines")
    assert done["new"] == 6
    assert ":7: The line is cut off" in done["left_out"][0]
    assert answer("import", stored(tmp_path, lines), guest.pk)["new"] == 1
    assert len(diary.read(guest).course.records) == 3


def test_every_prefix_of_a_log_keeps_its_whole_lines(guest, lines, library):
    """Cut anywhere, a log loses at most the line that the cut is in."""
    from recoup.library import read_log

    text = "\n".join(lines)
    for cut in range(0, len(text), 97):
        events, problems = read_log(text[:cut].split("\n"), library.vocabulary)
        whole = text[:cut].count("\n")
        assert whole <= len(events) <= whole + 1
        assert len(problems) <= 1
        assert all(one.line == whole + 1 for one in problems)


def test_an_id_that_stands_for_something_else_is_named(tmp_path, guest, lines):
    answer("import", stored(tmp_path, lines), guest.pk)
    other = json.loads(lines[1])
    other["data"]["pain"] = 9
    result = run("import", stored(tmp_path, [json.dumps(other)]), guest.pk)
    assert result.exit_code == 1
    assert other["id"] in result.stderr


def test_a_person_or_a_library_that_is_not_here_is_told(tmp_path, guest, lines):
    path = stored(tmp_path, lines)
    for name in (str(uuid.uuid4()), "nobody"):
        (line,) = complaints("import", path, name)
        assert name in line
    unknown = json.loads(lines[0])
    unknown["data"]["library"] = "f" * 64
    (line,) = complaints("import", stored(tmp_path, [json.dumps(unknown)]), guest.pk)
    assert "not stored here" in line


def test_a_decision_that_does_not_hold_fails_the_replay(guest, lines, tmp_path):
    from recoup.model.event import Event, MorningReport

    answer("import", stored(tmp_path, lines), guest.pk)
    at = datetime.combine(START, datetime.min.time(), UTC).replace(hour=6)
    event = Event(str(uuid.uuid4()), at, "x", 1, MorningReport(START, 4))
    records_log.append(guest, [event])  # past the diary: nothing was decided or kept
    result = run("replay")
    assert result.exit_code == 1
    said = json.loads(result.stdout)[str(guest.pk)]["mismatches"]
    assert (event.id, "not-kept") in {(one["event"], one["how"]) for one in said}
