"""Antialiasing: only pixels at the edge of a surface are looked at in more than one place."""

from __future__ import annotations

from math import floor

import numpy as np

from recoup.film.draw.compiled import compiled, f4, inlined, u8
from recoup.film.draw.fill import triangle

STEP = f4(0.012)
"""Two places are on one surface when their 1/depth differs by less than this share."""
NOTHING = 127
BLOCK = u8(4)
"""Pixels on a side of blocks that are known to have an edge or not."""


@compiled
def find_edges(near, face_at, mesh_of, surface, edge, slot, pixels, blocks, box):
    """Number the pixels of ``box`` that have another surface beside them; return how many.

    ``slot`` gets the number, or -1; ``pixels`` gets y and x; ``blocks`` where
    some are. The rim of the box has no edges.
    """
    one, most = u8(1), len(pixels)
    blocks[:] = False
    for y in range(box[1], box[3]):
        for x in range(u8(box[0]), u8(box[2])):
            t = face_at[y, x]
            surface[y, x] = mesh_of[u8(t)] if t >= 0 else np.int8(NOTHING)
            slot[y, x] = -1
    count = 0
    if box[2] - box[0] < 3:
        return count
    for y in range(u8(box[1] + 1), u8(max(box[3] - 1, box[1] + 1))):
        for x in range(u8(box[0] + 1), u8(box[2] - 1)):
            m, z = surface[y, x], near[y, x]
            up, down, left, right = (
                near[y - one, x],
                near[y + one, x],
                near[y, x - one],
                near[y, x + one],
            )
            low = min(min(up, down), min(left, right))
            high = max(max(up, down), max(left, right))
            other = (
                (surface[y - one, x] ^ m) | (surface[y + one, x] ^ m)
                | (surface[y, x - one] ^ m) | (surface[y, x + one] ^ m)
            )  # fmt: skip
            step = max(high - z, z - low) > STEP * z
            edge[y, x] = (other != 0) | (step & (m != NOTHING))
        for x in range(u8(box[0] + 1), u8(box[2] - 1)):
            if edge[y, x] and count < most:
                pixels[count, 0], pixels[count, 1] = y, x
                slot[y, x] = count
                blocks[y // BLOCK, x // BLOCK] = True
                count += 1
    return count


@compiled
def sample_edges(
    seen,
    faces,
    cull,
    back,
    floor_plane,
    box,
    spots,
    slot,
    blocks,
    pixels,
    count,
    near,
    face_at,
):
    """Find face and 1/depth at the ``spots`` (x and y from 0 to 1) of each numbered pixel.

    ``near`` and ``face_at`` are flat: as many places for each pixel as there are spots.
    """
    n = u8(spots.shape[1])
    for k in range(count):
        y, x = f4(pixels[k, 0]), f4(pixels[k, 1])
        for s in range(n):
            px, py = x + spots[0, s], y + spots[1, s]
            plane = floor_plane[0] * px + floor_plane[1] * py + floor_plane[2]
            near[u8(k) * n + s] = max(f4(0), plane)
            face_at[u8(k) * n + s] = -1
    for t in range(len(faces)):
        if cull[t] and back[t]:
            continue
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        xa, ya, za = seen[a, 0], seen[a, 1], seen[a, 2]
        xb, yb, zb = seen[b, 0], seen[b, 1], seen[b, 2]
        xc, yc, zc = seen[c, 0], seen[c, 1], seen[c, 2]
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        if min(za, zb, zc) <= 0 or area == 0:
            continue
        x0, x1 = max(int(floor(min(xa, xb, xc))), box[0]), min(int(max(xa, xb, xc)) + 1, box[2])
        y0, y1 = max(int(floor(min(ya, yb, yc))), box[1]), min(int(max(ya, yb, yc)) + 1, box[3])
        if x0 >= x1 or y0 >= y1 or not any_edge(blocks, x0, x1, y0, y1):
            continue
        mx, my = f4(x0), f4(y0)
        (a1, b1, c1), (a2, b2, c2), (a3, b3, c3), (gx, gy, z0) = triangle(
            xa - mx, ya - my, za, xb - mx, yb - my, zb, xc - mx, yc - my, zc, area
        )
        # The corner of a pixel that lies furthest inwards.
        r1, r2, r3 = furthest(a1, b1), furthest(a2, b2), furthest(a3, b3)
        face, most = np.int32(t), max(za, zb, zc)
        for y in range(y0, y1):
            for x in range(x0, x1):
                k = slot[y, x]
                px, py = f4(x - x0), f4(y - y0)
                e1, e2, e3 = a1 * px + b1 * py + c1, a2 * px + b2 * py + c2, a3 * px + b3 * py + c3
                if k < 0 or min(e1 + r1, min(e2 + r2, e3 + r3)) < f4(0):
                    continue
                z1 = z0 + px * gx + py * gy
                first = u8(k) * n
                for s in range(n):
                    dx, dy, i = spots[0, s], spots[1, s], first + s
                    z = min(z1 + dx * gx + dy * gy, most)
                    inside = min(
                        e1 + dx * a1 + dy * b1, min(e2 + dx * a2 + dy * b2, e3 + dx * a3 + dy * b3)
                    )
                    won = (inside >= f4(0)) & (z > near[i])
                    near[i] = z if won else near[i]
                    face_at[i] = face if won else face_at[i]


@inlined
def furthest(a, b):
    return max(a, f4(0)) + max(b, f4(0))


@inlined
def any_edge(blocks, x0, x1, y0, y1):
    """Tell whether a rectangle touches a block that has a numbered pixel."""
    found = False
    for y in range(u8(y0) // BLOCK, u8(y1 + 3) // BLOCK):
        for x in range(u8(x0) // BLOCK, u8(x1 + 3) // BLOCK):
            found |= blocks[y, x]
    return found


@compiled
def surfaces(near, face_at, first, mesh_of, back, order, found, counts):
    """Gather a pixel's places into its surfaces: one face and the number of places of each.

    ``order`` tells which place is looked at first: the middle one, whose face stands for its
    surface. Return the number of surfaces.
    """
    total = 0
    depth = np.empty(len(found), f4)
    for k in range(len(order)):
        t, z = face_at[first + order[k]], near[first + order[k]]
        if t < 0:
            continue
        q = 0
        while q < total and not (mesh_of[found[q]] == mesh_of[t] and abs(depth[q] - z) < STEP * z):
            q += 1
        if q < total:
            counts[q] += 1
            if back[found[q]] and not back[t]:
                found[q] = t
        elif total < len(found):
            found[total], depth[total], counts[total] = t, z, 1
            total += 1
        else:
            counts[0] += 1
    return total
