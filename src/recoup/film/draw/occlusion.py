"""Ambient occlusion in the picture: half resolution, then blurred."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import prange
from numpy.typing import NDArray

from recoup.film.draw.compiled import Floats, Ints, f4, parallel


@parallel
def ssao(
    zb: Floats,
    ib: Ints,
    F: Ints,
    V: Floats,
    N: Floats,
    S: int,
    box: NDArray[np.int64],
    cam: Floats,
    B: Floats,
    f: f4,
    cx: f4,
    cy: f4,
    ao: Floats,
    rad: f4,
) -> None:  # half resolution, 16 taps on a spiral, rotated in a 4x4 pattern
    h, w = ao.shape
    x0, y0, x1, y1 = (
        box[0] // (2 * S),
        box[1] // (2 * S),
        box[2] // (2 * S) + 1,
        box[3] // (2 * S) + 1,
    )
    y0 = max(y0, 0)
    rows = min(y1, h) - y0
    half = (rows + 1) // 2
    for yi in prange(rows):
        y = y0 + (2 * yi if yi < half else 2 * (yi - half) + 1)
        for x in range(max(x0, 0), min(x1, w)):
            sx, sy = 2 * S * x + S, 2 * S * y + S
            t = ib[min(sy, zb.shape[0] - 1), min(sx, zb.shape[1] - 1)]
            if t < 0:
                ao[y, x] = -1
                continue
            iz = zb[sy, sx]
            d = 1 / iz
            px = (sx + 0.5 - cx) * d / f
            py = (cy - sy - 0.5) * d / f
            nx = f4(0)
            ny = f4(0)
            nz = f4(0)
            for k in range(3):
                i = F[t, k]
                a, b, c = N[i, 0], N[i, 1], N[i, 2]
                nx += B[0, 0] * a + B[0, 1] * b + B[0, 2] * c
                ny += B[1, 0] * a + B[1, 1] * b + B[1, 2] * c
                nz += B[2, 0] * a + B[2, 1] * b + B[2, 2] * c
            l = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-9)
            if nz > 0:
                l = -l
            nx *= l
            ny *= l
            nz *= l
            R = rad * f * iz
            o = 0.0
            th = ((x & 3) * 4 + (y & 3)) * 0.3927
            c, s = np.cos(th), np.sin(th)
            for k in range(16):
                q = R * sqrt((k + 0.5) / 16)
                qx = int(sx + q * c)
                qy = int(sy + q * s)
                c, s = c * -0.7373688 - s * 0.6754903, s * -0.7373688 + c * 0.6754903
                if (
                    0 <= qx < zb.shape[1]
                    and 0 <= qy < zb.shape[0]
                    and box[0] <= qx < box[2]
                    and box[1] <= qy < box[3]
                    and ib[qy, qx] >= 0
                ):
                    e = 1 / zb[qy, qx]
                    vx = (qx + 0.5 - cx) * e / f - px
                    vy = (cy - qy - 0.5) * e / f - py
                    vz = e - d
                    vv = vx * vx + vy * vy + vz * vz
                    o += max(0.0, (vx * nx + vy * ny + vz * nz) / sqrt(vv + 1e-8) - 0.12) * max(
                        0.0, 1 - vv / (rad * rad * 1.7)
                    )
            ao[y, x] = max(0.0, 1 - o / 16 * 2.1)


@parallel
def aoblur(ao: Floats, out: Floats, box: NDArray[np.int64], S: int) -> None:
    h, w = ao.shape
    x0, y0, x1, y1 = (
        max(box[0] // (2 * S), 0),
        max(box[1] // (2 * S), 0),
        min(box[2] // (2 * S) + 1, w),
        min(box[3] // (2 * S) + 1, h),
    )
    for y in prange(y0, y1):
        for x in range(x0, x1):
            a = 0.0
            n = 0
            if ao[y, x] >= 0:
                for v in range(max(y - 2, y0), min(y + 2, y1)):
                    for u in range(max(x - 2, x0), min(x + 2, x1)):
                        if ao[v, u] >= 0:
                            a += ao[v, u]
                            n += 1
            out[y, x] = a / n if n else -1
