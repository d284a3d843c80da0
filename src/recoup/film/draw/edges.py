"""Antialiasing: only pixels at the edge of a surface are looked at in more than one place."""

from __future__ import annotations

from math import floor

import numpy as np

from recoup.film.draw.compiled import compiled, f4, inlined

STEP = f4(0.012)
"""Two places are on one surface when their 1/depth differs by less than this share."""
NOTHING = 127
INSIDE = f4(-0.002)
"""How far outside an edge a place may lie, in pixels: neighbours must leave no gap."""


@compiled
def find_edges(near, face_at, mesh_of, surface, slot, pixels, box, most):
    """Number the pixels of ``box`` that have another surface beside them; return how many.

    ``slot`` gets the number, or -1; ``pixels`` gets y and x. The rim of the box has no edges.
    At most ``most`` are numbered.
    """
    for y in range(box[1], box[3]):
        for x in range(box[0], box[2]):
            t = face_at[y, x]
            surface[y, x] = mesh_of[t] if t >= 0 else np.int8(NOTHING)
            slot[y, x] = -1
    count = 0
    for y in range(box[1] + 1, box[3] - 1):
        for x in range(box[0] + 1, box[2] - 1):
            m, z = surface[y, x], near[y, x]
            same = True
            low = high = z
            for v in range(y - 1, y + 2):
                for u in range(x - 1, x + 2):
                    same &= surface[v, u] == m
                    low = min(low, near[v, u])
                    high = max(high, near[v, u])
            if not same or (m != NOTHING and high - low > STEP * z):
                slot[y, x] = 1
        for x in range(box[0] + 1, box[2] - 1):
            if slot[y, x] == 1 and count < most:
                pixels[count, 0], pixels[count, 1] = y, x
                slot[y, x] = count
                count += 1
            else:
                slot[y, x] = -1
    return count


@inlined
def outward(xa, ya, xb, yb, sign):
    """Return the line through two corners as (a, b, c): a x + b y + c is the distance inwards."""
    dx, dy = xb - xa, yb - ya
    k = sign / max(abs(dx) + abs(dy), f4(1e-9))
    return -dy * k, dx * k, (dy * xa - dx * ya) * k - INSIDE


@compiled
def sample_edges(seen, faces, cull, back, floor_plane, box, n, slot, pixels, count, near, face_at):
    """Find face and 1/depth at ``n`` by ``n`` places of each numbered pixel."""
    for i in range(count):
        y, x = f4(pixels[i, 0]), f4(pixels[i, 1])
        for s in range(n * n):
            px, py = x + (f4(s % n) + f4(0.5)) / f4(n), y + (f4(s // n) + f4(0.5)) / f4(n)
            near[i, s] = max(
                f4(0), floor_plane[0] + floor_plane[1] * px + floor_plane[2] * py
            )
            face_at[i, s] = -1
    for t in range(len(faces)):
        if cull[t] and back[t]:
            continue
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        xa, ya, za = seen[a, 0], seen[a, 1], seen[a, 2]
        xb, yb, zb = seen[b, 0], seen[b, 1], seen[b, 2]
        xc, yc, zc = seen[c, 0], seen[c, 1], seen[c, 2]
        if min(za, zb, zc) <= 0:
            continue
        x0, x1 = max(int(floor(min(xa, xb, xc))), box[0]), min(int(max(xa, xb, xc)) + 1, box[2])
        y0, y1 = max(int(floor(min(ya, yb, yc))), box[1]), min(int(max(ya, yb, yc)) + 1, box[3])
        found = False
        for y in range(y0, y1):
            for x in range(x0, x1):
                found |= slot[y, x] >= 0
        if not found:
            continue
        # Small numbers keep their digits: corners are counted from the pixel (x0, y0).
        xa, xb, xc = xa - f4(x0), xb - f4(x0), xc - f4(x0)
        ya, yb, yc = ya - f4(y0), yb - f4(y0), yc - f4(y0)
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        if area == 0:
            continue
        sign = f4(1) if area > 0 else f4(-1)
        a1, b1, c1 = outward(xa, ya, xb, yb, sign)
        a2, b2, c2 = outward(xb, yb, xc, yc, sign)
        a3, b3, c3 = outward(xc, yc, xa, ya, sign)
        ia = f4(1) / area
        gx = ((zb - za) * (yc - ya) - (zc - za) * (yb - ya)) * ia
        gy = ((zc - za) * (xb - xa) - (zb - za) * (xc - xa)) * ia
        for y in range(y0, y1):
            for x in range(x0, x1):
                i = slot[y, x]
                if i < 0:
                    continue
                for s in range(n * n):
                    px = f4(x - x0) + (f4(s % n) + f4(0.5)) / f4(n)
                    py = f4(y - y0) + (f4(s // n) + f4(0.5)) / f4(n)
                    inside = min(
                        a1 * px + b1 * py + c1, a2 * px + b2 * py + c2, a3 * px + b3 * py + c3
                    )
                    z = za + (px - xa) * gx + (py - ya) * gy
                    if inside >= 0 and z > near[i, s]:
                        near[i, s] = z
                        face_at[i, s] = t


@compiled
def surfaces(near, face_at, mesh_of, back, order, found, counts):
    """Gather a pixel's places into its surfaces: one face and the number of places of each.

    ``order`` tells which place is looked at first: the middle one, whose face stands for its
    surface. Return the number of surfaces.
    """
    total = 0
    depth = np.empty(len(found), f4)
    for k in range(len(order)):
        t, z = face_at[order[k]], near[order[k]]
        if t < 0:
            continue
        q = 0
        while q < total and not (
            mesh_of[found[q]] == mesh_of[t] and abs(depth[q] - z) < STEP * z
        ):
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
