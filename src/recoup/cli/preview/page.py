"""The page: what the text says wrong, the body, the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from recoup.film.preview import DONE, Held, State
from recoup.motion import Findings

WORDS = {
    "slip_mm": ("Contacts slip", "mm"),
    "floor_mm": ("Below the floor", "mm"),
    "limit_deg": ("Beyond a joint's range", "°"),
    "drift_mm": ("Limbs change length", "mm"),
    "pierce_mm": ("Through itself or a prop", "mm"),
    "soft_mm": ("Soft parts press", "mm"),
    "loop_mm": ("The cycle stays open by", "mm"),
    "seam_mm_s": ("Jolt where the cycle closes", "mm/s"),
    "spine_deg": ("Spine away from what is asked", "°"),
}


def page(id_: str, body: str, state: State) -> bytes:
    """Return the whole page; it reloads itself where scripts are off."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(id_)}, preview</title>
<link rel="stylesheet" href="/preview.css">
<link rel="icon" href="data:,">
<script src="/preview.js" defer></script>
<noscript><meta http-equiv="refresh" content="2"></noscript>
</head>
<body>
{_main(id_, body, state)}
</body>
</html>
""".encode()


def _main(id_: str, body: str, state: State) -> str:
    doing = f"{state.doing} …" if state.doing != DONE else "Waiting for you to save."
    older = ' class="older"' if state.problems else ""
    return f"""<main data-version="{state.version}">
<header><h1>{escape(id_)}</h1><p>{escape(body)}</p>
<p class="doing" role="status">{escape(doing)}</p>
<p class="lost">The preview has stopped. Start it again.</p></header>
{_problems(state)}
<div class="both">
<section aria-label="Pictures"{older}>{_moving(state)}{_stills(state)}</section>
<section aria-label="Numbers"{older}>{_numbers(state)}</section>
</div>
</main>"""


def _problems(state: State) -> str:
    if not state.problems:
        return ""
    kept = "<p>Below is the last text that could be solved.</p>" if state.stills else ""
    lines = "".join(f"<li>{escape(one)}</li>" for one in state.problems)
    return f'<div class="problems" role="alert"><h2>Mend the text</h2><ul>{lines}</ul>{kept}</div>'


def _moving(state: State) -> str:
    if state.moving is None:
        return ""
    return (
        f'<figure class="moving"><img src="/moving.webp?{state.version}" alt="One cycle, moving">'
        "<figcaption>One cycle</figcaption></figure>"
    )


def _stills(state: State) -> str:
    pictures = "".join(
        f'<figure><img src="/still/{place}.jpg?{state.version}" '
        f'alt="{escape(one.position)}, {escape(one.view)}"><figcaption><b>{escape(one.position)}'
        f"</b> {one.t:.1f} s, {escape(one.view)}</figcaption></figure>"
        for place, one in enumerate(state.stills)
    )
    return f'<div class="stills">{pictures}</div>'


def _numbers(state: State) -> str:
    found = state.findings
    if found is None:
        return "<p>The numbers follow the pictures.</p>" if state.stills else ""
    return (
        f"<h2>Claims</h2>{_table(_claim(one) for one in state.claims)}"
        f"<h2>Checks</h2>{_table([*(_check(found, name) for name in found.LIMITS), _fall(found)])}"
    )


def _table(rows: Iterable[str]) -> str:
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _row(good: bool, text: str, small: str, number: str) -> str:
    more = f"<small>{escape(small)}</small>" if small else ""
    return (
        f'<tr class="{"good" if good else "bad"}"><td class="verdict">{"Good" if good else "Fails"}'
        f'</td><th scope="row">{escape(text)}{more}</th><td class="number">{number}</td></tr>'
    )


def _claim(one: Held) -> str:
    claim = one.claim
    bounds = [f"at least {claim.least:g}"] if claim.least is not None else []
    bounds += [f"at most {claim.most:g}"] if claim.most is not None else []
    where = f"in {claim.at}" if claim.at else "all through the cycle"
    same = f"{one.low:.1f}" == f"{one.high:.1f}"
    value = f"{one.high:.1f}" if same else f"{one.low:.1f} to {one.high:.1f}"
    return _row(one.good, claim.text, f"{claim.measure} {where}, {' and '.join(bounds)}", value)


def _check(found: Findings, name: str) -> str:
    text, unit = WORDS[name]
    value, limit = getattr(found, name), found.LIMITS[name]
    where = found.where.get(name, "") if value > limit / 2 else ""
    return _row(value <= limit, text, where, f"{value:.1f} of {limit} {unit}")


def _fall(found: Findings) -> str:
    return _row(found.balanced, "The body would not fall", found.where.get("balanced", ""), "")
