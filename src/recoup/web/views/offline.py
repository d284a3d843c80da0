"""The worker that shows danger signs when Recoup cannot be reached, and the pages it keeps."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from recoup.exchange.offline import rules_document
from recoup.model.emergency import Country
from recoup.model.rule import Urgency
from recoup.services import shelf
from recoup.web.views.result import care_context

SCRIPT = "dist/offline.js"
ASSETS = (
    "web/mark.svg", "dist/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "web/tokens.css", "web/base.css", "web/layout.css", "web/forms.css", "web/cards.css",
    "dist/player.js",
)  # fmt: skip
"""What ``base.html`` loads: a test fails when a kept page needs another file."""

TO_BE_SEEN = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.URGENT_2W, Urgency.ROUTINE)
UNREACHABLE, SIGNS = "unreachable", "signs"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker's script with everything it keeps written at its head, so that a change
    of one page, rule or number is a new worker."""
    script = _script()
    etag = f'"{hashlib.sha256(script.encode()).hexdigest()[:32]}"'
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


@cache
def _script() -> str:
    path = finders.find(SCRIPT)
    if path is None:
        raise Http404("The browser files have not been built: run make run.")
    kept = json.dumps(_kept(), ensure_ascii=False, separators=(",", ":"))
    return f"self.RECOUP={kept};\n{Path(str(path)).read_text('utf-8')}"


def _kept() -> dict[str, Any]:
    library = shelf.current()
    found: dict[str, Any] = {
        "pages": pages(),
        "own": {name: sorted(one.rules) for name, one in library.wording.own_cards.items()},
        "call": render_to_string(
            "web/partials/call_country.html", {"country": Country("", "NAME", "NUMBER", ())}
        ),
        "fallback": library.emergency.fallback,
        "countries": {
            one.id: {"name": one.name, "number": one.number}
            for one in library.emergency.countries.values()
        },
        "assets": [static(name) for name in ASSETS],
        "rules": rules_document(library.red_flags),
        "signs": "/safety/",
        "erase": "/data/erase/",
    }
    text = json.dumps(found, sort_keys=True)
    return {"version": hashlib.sha256(text.encode()).hexdigest()[:12], **found}


def pages() -> dict[str, str]:
    """Return the pages by name: one an urgency, the danger signs, and "cannot be reached"."""
    library = shelf.current()
    net = {"safety_net": library.wording.safety_net, "offline": True}
    cards = {
        urgency.word: render_to_string(
            "web/offline_care.html", {**net, **care_context((), urgency, library)}
        )
        for urgency in TO_BE_SEEN
    }
    for name, card in library.wording.own_cards.items():
        urgency = max(rule.urgency for rule in library.red_flags if rule.id in card.rules)
        context = care_context((), urgency, library) | {"words": card.words}
        cards[name] = render_to_string("web/offline_care.html", net | context)
    return {
        **cards,
        SIGNS: render_to_string("web/safety.html", net),
        UNREACHABLE: render_to_string("web/offline.html", net),
    }
