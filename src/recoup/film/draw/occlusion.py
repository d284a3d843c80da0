"""Ambient occlusion in the picture: half resolution, then blurred."""

from __future__ import annotations

from math import sqrt

import numpy as np

from recoup.film.draw.compiled import compiled, f4, u8

TAPS = 16
FAR = f4(1e6)


def _spiral() -> np.ndarray:
    """Return places on a spiral in the unit circle, turned in 16 ways: [way, x or y, tap]."""
    k = np.arange(TAPS)
    angle = np.arange(16)[:, None] * 0.3927 + k * np.arctan2(0.6754903, -0.7373688)
    reach = np.sqrt((k + 0.5) / TAPS)
    return np.stack([np.cos(angle) * reach, np.sin(angle) * reach], axis=1).astype(f4)


SPIRAL = _spiral()


@compiled
def view_depths(near, face_at, box, deep):
    """Write how far away the figure is at each pixel of ``box``, and FAR everywhere else."""
    deep[:] = FAR
    for y in range(box[1], box[3]):
        for x in range(u8(box[0]), u8(box[2])):
            deep[y, x] = f4(1) / near[y, x] if face_at[y, x] >= 0 else FAR


@compiled
def occlusion(deep, face_at, faces, points, axes, centre, box, spiral, reach_m, found):
    """Write how open the figure is to the sky at every second pixel, -1 where there is none."""
    h, w = deep.shape
    cx, cy, f = centre[0], centre[1], centre[2]
    k = f4(1) / f
    fade = f4(1) / (reach_m * reach_m * f4(1.7))
    for y in range(box[1] // 2, (box[3] + 1) // 2):
        for x in range(box[0] // 2, (box[2] + 1) // 2):
            sx, sy = min(2 * x + 1, w - 1), min(2 * y + 1, h - 1)
            t = face_at[sy, sx]
            if t < 0:
                found[y, x] = f4(-1)
                continue
            a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
            mx = points[a, 3] + points[b, 3] + points[c, 3]
            my = points[a, 4] + points[b, 4] + points[c, 4]
            mz = points[a, 5] + points[b, 5] + points[c, 5]
            nx = axes[0, 0] * mx + axes[0, 1] * my + axes[0, 2] * mz
            ny = axes[1, 0] * mx + axes[1, 1] * my + axes[1, 2] * mz
            nz = axes[2, 0] * mx + axes[2, 1] * my + axes[2, 2] * mz
            l = f4(1) / sqrt(nx * nx + ny * ny + nz * nz + f4(1e-9))
            if nz > 0:
                l = -l
            d = deep[sy, sx]
            px, py = (f4(sx) + f4(0.5) - cx) * k, (cy - f4(sy) - f4(0.5)) * k
            # Beside a plane through the eye the dot product needs these two sums only.
            ground = (px * nx + py * ny + nz) * d
            reach = reach_m * f / d
            way = (x & 3) * 4 + (y & 3)
            o = f4(0)
            for i in range(TAPS):
                qx = int(f4(sx) + f4(0.5) + reach * spiral[way, 0, i])
                qy = int(f4(sy) + f4(0.5) + reach * spiral[way, 1, i])
                qx = min(max(qx, 0), w - 1)
                qy = min(max(qy, 0), h - 1)
                e = deep[qy, qx]
                ux, uy = (f4(qx) + f4(0.5) - cx) * k, (cy - f4(qy) - f4(0.5)) * k
                vx, vy, vz = ux * e - px * d, uy * e - py * d, e - d
                vv = vx * vx + vy * vy + vz * vz
                up = ((ux * nx + uy * ny + nz) * e - ground) * l
                o += max(f4(0), up / sqrt(vv + f4(1e-8)) - f4(0.12)) * max(f4(0), f4(1) - vv * fade)
            found[y, x] = max(f4(0), f4(1) - o * f4(2.1 / TAPS))


@compiled
def soften(raw, box, found):
    """Blur over the 4 by 4 pattern of the spirals."""
    h, w = raw.shape
    x0, y0 = box[0] // 2, box[1] // 2
    x1, y1 = min((box[2] + 1) // 2, w), min((box[3] + 1) // 2, h)
    for y in range(y0, y1):
        for x in range(x0, x1):
            if raw[y, x] < 0:
                found[y, x] = f4(-1)
                continue
            total, count = f4(0), f4(0)
            for v in range(max(y - 2, y0), min(y + 2, y1)):
                for u in range(max(x - 2, x0), min(x + 2, x1)):
                    if raw[v, u] >= 0:
                        total += raw[v, u]
                        count += f4(1)
            found[y, x] = total / count
