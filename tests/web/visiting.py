"""Visiting a person's pages as one who may see them."""

from __future__ import annotations

from django.test import Client
from services.answering import CLASSIC

DANGER = {**CLASSIC, "sx": ["saddle_numb"]}


def seen_by(client: Client, person) -> Client:
    """Let a browser's session see a person, as starting one does."""
    session = client.session
    session["people"] = [str(person.pk)]
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def page(client: Client, person, path: str):
    return client.get(f"/p/{person.pk}/{path}")


def answer_the_week(client: Client, person, **signs: list[str]) -> str:
    """Answer the weekly danger signs; return where that leads."""
    address = f"/p/{person.pk}/review/signs/"
    client.post(f"{address}this-week-signs/", {"keys": signs.get("keys", ["none-of-these"])})
    answer = client.post(f"{address}this-week-night/", {"course": "improving", "night": "none"})
    return answer["Location"]
