"""The places of the body in groups, head to toe, for the question where it hurts."""

from __future__ import annotations

from collections.abc import Mapping

from recoup.model.answers import Vocabulary

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Head and jaw": ("head",),
    "Neck": ("neck",),
    "Shoulder and upper arm": ("shoulder",),
    "Elbow and forearm": ("elbow",),
    "Wrist and hand": ("wrist-hand",),
    "Chest, belly and upper back": ("thoracic",),
    "Low back, pelvis and buttocks": ("lumbar", "pelvis"),
    "Hip, groin and thigh": ("hip",),
    "Knee": ("knee",),
    "Lower leg, ankle and foot": ("ankle-foot",),
}


def headings(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the group of each site, head to toe; what belongs to no group is left out."""
    sites = vocabulary.lists["sites"].values()
    return {
        site.key: name
        for name, regions in GROUPS.items()
        for site in sites
        if not site.regions.isdisjoint(regions)
    }
