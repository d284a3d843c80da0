"""Floor, mat and horizon, without the figure."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import prange
from numpy.typing import NDArray

from recoup.film.draw.compiled import Floats, f4, parallel
from recoup.film.draw.shade import noise, tone

ROUND = 0.035
"""Radius of the mat's corners, metres."""


@parallel
def backdrop(
    out: NDArray[np.uint8],
    amb: Floats,
    key: Floats,
    base: Floats,
    cam: Floats,
    Rt: Floats,
    f: f4,
    mat: Floats,
    cm: Floats,
    cf: Floats,
    fog: Floats,
    A: Floats,
    K: Floats,
    lut: Floats,
) -> None:  # floor, mat with rounded edge, fog; analytic edge antialiasing
    H, W = base.shape[:2]
    for y in prange(H):
        for x in range(W):
            dx = (x + 0.5 - W * 0.5) / f
            dy = (H * 0.5 - y - 0.5) / f
            ry = Rt[2, 1] + dx * Rt[0, 1] + dy * Rt[1, 1]
            r = g = b = f4(0)
            q0 = q1 = q2 = f4(0)
            fg = 1.0
            if ry < -1e-4:
                d = -cam[1] / ry
                fg = min(max((d - 4.5) / 8, 0.0), 1.0)
                fg = fg * fg * (3 - 2 * fg)
                d2 = -(cam[1] + 0.012) / ry
                m = f4(0)
                e = 0.0
                pix = d / f * 1.2
                for face in range(
                    2
                ):  # top face, then the side seen as the same outline at floor height
                    dd = d if face == 0 else d2
                    ax = (
                        abs(cam[0] + dd * (Rt[2, 0] + dx * Rt[0, 0] + dy * Rt[1, 0]) - mat[0])
                        - mat[2]
                        + ROUND
                    )
                    az = (
                        abs(cam[2] + dd * (Rt[2, 2] + dx * Rt[0, 2] + dy * Rt[1, 2]) - mat[1])
                        - mat[3]
                        + ROUND
                    )
                    sd = sqrt(max(ax, 0.0) ** 2 + max(az, 0.0) ** 2) + min(max(ax, az), 0.0) - ROUND
                    c = min(max(0.5 - sd / pix, 0.0), 1.0)
                    if face == 0:
                        m = c
                    else:
                        e = max(c - m, 0.0)
                o = 1 - m - e
                r = o * cf[0] + (m + 0.55 * e) * cm[0]
                g = o * cf[1] + (m + 0.55 * e) * cm[1]
                b = o * cf[2] + (m + 0.55 * e) * cm[2]
                q0, q1, q2 = r * K[0], g * K[1], b * K[2]
                r = r * A[0] + 0.035
                g = g * A[1] + 0.035
                b = b * A[2] + 0.035
            k = 1 - fg
            fg *= 1 - 0.16 * min(max(ry, 0.0) * 2.2, 1.0)  # the wall darkens a little upwards
            amb[y, x, 0] = r * k + fg * fog[0]
            amb[y, x, 1] = g * k + fg * fog[1]
            amb[y, x, 2] = b * k + fg * fog[2]
            key[y, x, 0] = q0 * k
            key[y, x, 1] = q1 * k
            key[y, x, 2] = q2 * k
            a, c, h = tone(
                amb[y, x, 0] + key[y, x, 0],
                amb[y, x, 1] + key[y, x, 1],
                amb[y, x, 2] + key[y, x, 2],
                lut,
            )
            base[y, x, 0] = a
            base[y, x, 1] = c
            base[y, x, 2] = h
            dither = noise(x, y)
            out[y, x, 0] = np.uint8(min(a + dither, f4(255)))
            out[y, x, 1] = np.uint8(min(c + dither, f4(255)))
            out[y, x, 2] = np.uint8(min(h + dither, f4(255)))
