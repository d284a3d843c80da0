"""The figure: mesh, clothes, hair, rig, skin weights, contact points. NumPy only."""

from recoup.body.build import load_body
from recoup.body.figure import FIGURES, Figure
from recoup.body.posing import place
from recoup.body.skinning import Skin, skin
from recoup.body.source import MissingDataError
from recoup.body.suits import may_move, may_show
from recoup.body.value import Body, Contact, Hinge, Mesh

__all__ = [
    "FIGURES",
    "Body",
    "Contact",
    "Figure",
    "Hinge",
    "Mesh",
    "MissingDataError",
    "Skin",
    "load_body",
    "may_move",
    "may_show",
    "place",
    "skin",
]
