"""Thoughts of self-harm get words of their own, and never hide another emergency."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import page, seen_by

THOUGHTS = {**CLASSIC, "sx": ["self_harm_thoughts"]}
NOT_SURE = {**CLASSIC, "answer_state": {"unsure": ["self_harm_thoughts"]}}


def read(client: Client, guest, answers) -> str:
    answer_intake(guest, answers, timezone.now())
    seen_by(client, guest)
    return page(client, guest, "result/").content.decode()


@pytest.mark.parametrize("answers", [THOUGHTS, NOT_SURE])
def test_who_thinks_of_self_harm_reads_who_to_talk_to(client: Client, guest, answers):
    text = read(client, guest, answers)
    assert "Please talk to someone now" in text
    assert "You are not alone" in text
    assert "Tell someone you trust" in text
    assert "Stop and get emergency help now" not in text
    assert 'class="care care--emergency"' in text, "it is as urgent as ever"
    assert "Call 112, 911 or 999" in text
    assert "Start this program" not in text


def test_beside_another_emergency_the_emergency_comes_first(client: Client, guest):
    text = read(client, guest, {**CLASSIC, "sx": ["self_harm_thoughts", "saddle_numb"]})
    assert "Stop and get emergency help now" in text
    assert "Please talk to someone now" not in text
    assert "You are not alone" in text, "its reason stands among the others"


def test_a_milder_sign_beside_it_changes_nothing(client: Client, guest):
    text = read(client, guest, {**CLASSIC, "sx": ["self_harm_thoughts", "weight_loss"]})
    assert "Please talk to someone now" in text
