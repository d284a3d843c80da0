"""Pictures of a posed figure, by the processor alone."""

from recoup.film.draw.camera import VIEWS, Camera, frame
from recoup.film.draw.painter import Mat, Painter

__all__ = ["VIEWS", "Camera", "Mat", "Painter", "frame"]
