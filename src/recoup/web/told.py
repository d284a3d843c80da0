"""What a question's page carries of the answers so far, so that a device that cannot reach the
server can still judge them."""

from __future__ import annotations

import json

from recoup.care.facts import screening_facts
from recoup.exchange.offline import facts_document
from recoup.model.answers import TOKEN_CHOICES, TOKEN_LISTS
from recoup.services import intake, shelf
from recoup.services.intake import Progress


def told_so_far(place: Progress) -> str:
    """Return the facts that are known before this screen, and what its own fields mean, as JSON."""
    library, question = shelf.current(), place.question
    if question is None:
        return ""
    prefixes = {name: prefix for prefix, name in TOKEN_LISTS.items()}
    keys = [one.key for one in intake.options(library, question, place.answers)]
    return json.dumps({
        **facts_document(screening_facts(place.answers, library.vocabulary)),
        "prefix": prefixes.get(question.list or "", ""),
        "keys": keys if question.list else [],
        "choices": {key: name for name, key in TOKEN_CHOICES.items() if key in question.fields},
    })
