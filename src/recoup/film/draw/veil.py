"""A translucent surface over a picture: faint where it faces the eye, clearer towards its rim."""

from __future__ import annotations

from math import sqrt

import numpy as np

from recoup.film.draw.compiled import compiled, f4, u8
from recoup.film.draw.edges import surfaces
from recoup.film.draw.shade import BATCH, COLUMNS, NX, NY, NZ, PX, PY, PZ, gather, noise


@compiled
def veil(
    out, box, face_at, slot, edge_near, edge_face, order, mesh_of, back,
    faces, seen, points, eye, lamp, glass,
):  # fmt: skip
    """Blend the nearest surface of each pixel over ``out``, once.

    ``glass``: red, green, blue (sRGB 0 to 255), how much of it is seen face on, and at the rim.
    """
    at = np.empty(COLUMNS * BATCH, f4)
    found, counts = np.empty(6, np.int32), np.empty(6, np.int32)
    whole = len(order)
    for y in range(box[1], box[3]):
        for x in range(box[0], box[2]):
            edge = slot[y, x]
            if edge < 0 and face_at[y, x] < 0:
                continue
            if edge < 0:
                total, found[0], counts[0] = 1, face_at[y, x], whole
            else:
                total = surfaces(
                    edge_near, edge_face, edge * whole, mesh_of, back, order, found, counts
                )
            kept = f4(1)
            red = green = blue = f4(0)
            for q in range(total):
                gather(at, u8(0), u8(found[q]), x, y, faces, seen, points, back, f4(1))
                cover, shine = clearness(at, eye, lamp, glass)
                cover *= f4(counts[q]) / f4(whole)
                kept -= cover
                red += cover * min(glass[0] * shine, f4(255))
                green += cover * min(glass[1] * shine, f4(255))
                blue += cover * min(glass[2] * shine, f4(255))
            dither = noise(x, y)
            out[y, x, 0] = np.uint8(min(f4(out[y, x, 0]) * kept + red + dither, f4(255)))
            out[y, x, 1] = np.uint8(min(f4(out[y, x, 1]) * kept + green + dither, f4(255)))
            out[y, x, 2] = np.uint8(min(f4(out[y, x, 2]) * kept + blue + dither, f4(255)))


@compiled
def clearness(at, eye, lamp, glass):
    """Return how much of the surface is seen at the first place of a batch, and how bright."""
    nx, ny, nz = at[NX], at[NY], at[NZ]
    l = f4(1) / sqrt(nx * nx + ny * ny + nz * nz + f4(1e-12))
    nx, ny, nz = nx * l, ny * l, nz * l
    vx, vy, vz = eye[0] - at[PX], eye[1] - at[PY], eye[2] - at[PZ]
    l = f4(1) / sqrt(vx * vx + vy * vy + vz * vz)
    facing = min(max((nx * vx + ny * vy + nz * vz) * l, f4(0)), f4(1))
    rim = f4(1) - facing
    rim *= rim * sqrt(rim)
    lit = max(nx * lamp[0, 0] + ny * lamp[0, 1] + nz * lamp[0, 2], f4(0))
    return glass[3] + (glass[4] - glass[3]) * rim, f4(0.72) + f4(0.34) * lit
