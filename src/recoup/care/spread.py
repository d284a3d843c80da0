"""Whether a report asks where the pain went: further down a limb, or back from it.

Source: ``clinical/progression.md``, section 2, and ``clinical/facet.md``, section 4: in programs of
the back, the neck and of nerves, pain that moves further down says more than how strong it is.
"""

from __future__ import annotations

from recoup.model.content import Library
from recoup.model.program import Program

LEG, ARM = "leg", "arm"
DOWN_THE_LEG = frozenset({"lumbar", "pelvis", "hip", "knee"})
NERVE = "NERVE"
SPINE_SITES = frozenset({"s:low_back", "s:neck"})
"""Sites from which pain can move into a limb: not the jaw, the chest wall or the tailbone."""


def spread_asked(program: Program, library: Library) -> str | None:
    """Return the limb that each report asks about, "leg" or "arm"; None where it asks nothing."""
    condition = library.conditions[program.condition]
    if not library.templates[program.template].asks_spread:
        return None
    if program.template != NERVE and condition.gate.isdisjoint(SPINE_SITES):
        return None
    return LEG if condition.region in DOWN_THE_LEG else ARM
