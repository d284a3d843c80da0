"""The bones inside a figure, and the facet joints of the low back. NumPy only."""

from recoup.body.bones.build import load_bones
from recoup.body.bones.facets import LEVELS, closed_deg, facet_places
from recoup.body.bones.value import CREDIT, Bones, Facet

__all__ = [
    "CREDIT", "LEVELS", "Bones", "Facet", "closed_deg", "facet_places", "load_bones",
]  # fmt: skip
