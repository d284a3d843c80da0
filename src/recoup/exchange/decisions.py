"""What an event decided, as canonical JSON: one value, one text, whatever the machine."""

from __future__ import annotations

import json

from recoup.care.replay import Decided
from recoup.exchange.documents import Document, reasons_document


def decision_document(decided: Decided) -> Document:
    return {
        "event": decided.event,
        "library": decided.library,
        "entries": [
            {
                "at": entry.at.isoformat(),
                "title": entry.title,
                "because": reasons_document(entry.because),
            }
            for entry in decided.entries
        ],
    }


def decision_text(decided: Decided) -> str:
    """Return the canonical text: keys sorted, no spaces, letters as they are."""
    return json.dumps(
        decision_document(decided), ensure_ascii=False, allow_nan=False, sort_keys=True,
        separators=(",", ":"),
    )


def decision_told(text: str) -> tuple[str, ...]:
    """Return the sentences of a canonical text, each once; none where nothing was decided."""
    entries = json.loads(text)["entries"] if text else []
    return tuple(dict.fromkeys(why["text"] for one in entries for why in one["because"]))
