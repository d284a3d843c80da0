"""Move the skin, and fill depth buffers with its triangles."""

from __future__ import annotations

from math import ceil

import numpy as np

from recoup.film.draw.compiled import LANES, compiled, f4, inlined, u8


@inlined
def lanes(count):
    """Return ``count`` filled up to whole LANES: the compiler then steps by LANES at once."""
    return u8((count + LANES - 1) // LANES * LANES)


@compiled
def pose(T, rest, normal, joints, weights, view, centre, lamp, k, points, seen, lit, bounds):
    """Blend the segments; write place and normal, pixels with 1/depth, and the light's view.

    ``view`` is 3x4 (right, up, ahead), ``centre`` the picture's middle and focal length in
    pixels, ``lamp`` 3x3 (right, down, towards the lamp), ``k`` texels a metre. ``bounds`` gets
    lowest and highest x and y in the picture, u and v in the light's view, x and z on the floor.
    """
    for i in range(6):
        bounds[i, 0], bounds[i, 1] = f4(1e9), f4(-1e9)
    for i in range(len(rest)):
        for r in range(3):
            a = b = c = d = f4(0)
            for s in range(4):
                w = weights[i, s]
                if w > 0:
                    m = joints[i, s]
                    a += w * T[m, r, 0]
                    b += w * T[m, r, 1]
                    c += w * T[m, r, 2]
                    d += w * T[m, r, 3]
            points[i, r] = a * rest[i, 0] + b * rest[i, 1] + c * rest[i, 2] + d
            points[i, 3 + r] = a * normal[i, 0] + b * normal[i, 1] + c * normal[i, 2]
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        d = f4(1) / (view[2, 0] * x + view[2, 1] * y + view[2, 2] * z + view[2, 3])
        right = view[0, 0] * x + view[0, 1] * y + view[0, 2] * z + view[0, 3]
        up = view[1, 0] * x + view[1, 1] * y + view[1, 2] * z + view[1, 3]
        seen[i, 0] = centre[0] + centre[2] * right * d
        seen[i, 1] = centre[1] - centre[2] * up * d
        seen[i, 2] = d
        lit[i, 0] = k * (lamp[0, 0] * x + lamp[0, 1] * y + lamp[0, 2] * z)
        lit[i, 1] = k * (lamp[1, 0] * x + lamp[1, 1] * y + lamp[1, 2] * z)
        lit[i, 2] = lamp[2, 0] * x + lamp[2, 1] * y + lamp[2, 2] * z
        bounds[0, 0], bounds[0, 1] = min(bounds[0, 0], seen[i, 0]), max(bounds[0, 1], seen[i, 0])
        bounds[1, 0], bounds[1, 1] = min(bounds[1, 0], seen[i, 1]), max(bounds[1, 1], seen[i, 1])
        bounds[2, 0], bounds[2, 1] = min(bounds[2, 0], lit[i, 0]), max(bounds[2, 1], lit[i, 0])
        bounds[3, 0], bounds[3, 1] = min(bounds[3, 0], lit[i, 1]), max(bounds[3, 1], lit[i, 1])
        bounds[4, 0], bounds[4, 1] = min(bounds[4, 0], x), max(bounds[4, 1], x)
        bounds[5, 0], bounds[5, 1] = min(bounds[5, 0], z), max(bounds[5, 1], z)


@inlined
def side(xa, ya, xb, yb, sign):
    """Return the line through two corners as a, b, c: a x + b y + c tells how far inwards.

    Half a hundredth outside is still inside: neighbours must leave no gap.
    """
    dx, dy = xb - xa, yb - ya
    k = sign / max(abs(dx) + abs(dy), f4(1e-9))
    return -dy * k, dx * k, (dy * xa - dx * ya) * k + f4(0.005)


@inlined
def triangle(xa, ya, za, xb, yb, zb, xc, yc, zc, area):
    """Return the three sides, and depth as a plane (a, b, c), by x and y."""
    sign = f4(1) if area > 0 else f4(-1)
    k = f4(1) / area
    gx = ((zb - za) * (yc - ya) - (zc - za) * (yb - ya)) * k
    gy = ((zc - za) * (xb - xa) - (zb - za) * (xc - xa)) * k
    return (
        side(xa, ya, xb, yb, sign), side(xb, yb, xc, yc, sign), side(xc, yc, xa, ya, sign),
        (gx, gy, za - xa * gx - ya * gy),
    )  # fmt: skip


@inlined
def cells(a, b, c, low, high):
    """Return the first cell whose middle is between the corners, and the first after them."""
    first, after = ceil(min(a, b, c) - f4(0.5)), ceil(max(a, b, c) - f4(0.5))
    return max(int(first), low), min(int(after), high)


@compiled
def fill(seen, faces, cull, back, near, face_at, width, floor_plane, box):
    """Find the face at the middle of every pixel of ``box``, and its 1/depth: larger is nearer.

    The floor hides what is below it. ``back`` tells which faces turn away from the camera.
    ``near`` and ``face_at`` are flat, with LANES more cells than the picture.
    """
    for y in range(box[1], box[3]):
        for x in range(u8(box[0]), u8(box[2])):
            i = u8(y * width) + x
            near[i] = max(
                f4(0),
                floor_plane[0] * (f4(x) + f4(0.5))
                + (floor_plane[1] * (f4(y) + f4(0.5)) + floor_plane[2]),
            )
            face_at[i] = -1
    for t in range(len(faces)):
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        xa, ya, za = seen[a, 0], seen[a, 1], seen[a, 2]
        xb, yb, zb = seen[b, 0], seen[b, 1], seen[b, 2]
        xc, yc, zc = seen[c, 0], seen[c, 1], seen[c, 2]
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        back[t] = area >= 0
        if (cull[t] and area >= 0) or area == 0 or min(za, zb, zc) <= 0:
            continue
        y0, y1 = cells(ya, yb, yc, box[1], box[3])
        x0, x1 = cells(xa, xb, xc, box[0], box[2])
        if x0 >= x1 or y0 >= y1:
            continue
        # Small numbers keep their digits: counted from the middle of the first pixel.
        mx, my = f4(x0) + f4(0.5), f4(y0) + f4(0.5)
        (a1, b1, e1), (a2, b2, e2), (a3, b3, e3), (gx, gy, z0) = triangle(
            xa - mx, ya - my, za, xb - mx, yb - my, zb, xc - mx, yc - my, zc, area
        )
        count, face, wide, most = lanes(x1 - x0), np.int32(t), f4(x1 - x0), max(za, zb, zc)
        for y in range(y0, y1):
            first = u8(y * width + x0)
            for k in range(count):
                i, x = first + k, f4(k)
                z = min(z0 + x * gx, most)
                inside = min(e1 + x * a1, min(e2 + x * a2, e3 + x * a3))
                won = (inside >= f4(0)) & (x < wide) & (z > near[i])
                near[i] = z if won else near[i]
                face_at[i] = face if won else face_at[i]
            e1 += b1
            e2 += b2
            e3 += b3
            z0 += gy


@compiled
def depths(at, faces, columns, scale, corner, least, nowhere, size, nearest):
    """Fill ``nearest`` (flat, ``size`` cells wide and high) with the largest depth at each cell.

    The three ``columns`` of ``at`` times ``scale`` are the cell, from ``corner`` on, and the
    depth. Faces deeper than ``least`` are left out. None is for turning away: bodies are open
    where clothes hide them, and light would come through.
    """
    nearest[:] = nowhere
    i, j, k = columns
    kx, ky, kz = scale[0], scale[1], scale[2]
    left, top = corner[0], corner[1]
    for t in range(len(faces)):
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        za, zb, zc = at[a, k] * kz, at[b, k] * kz, at[c, k] * kz
        if max(za, zb, zc) < least:
            continue
        xa, ya = at[a, i] * kx - left, at[a, j] * ky - top
        xb, yb = at[b, i] * kx - left, at[b, j] * ky - top
        xc, yc = at[c, i] * kx - left, at[c, j] * ky - top
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        if area == 0:
            continue
        y0, y1 = cells(ya, yb, yc, 0, size)
        x0, x1 = cells(xa, xb, xc, 0, size)
        if x0 >= x1 or y0 >= y1:
            continue
        mx, my = f4(x0) + f4(0.5), f4(y0) + f4(0.5)
        (a1, b1, e1), (a2, b2, e2), (a3, b3, e3), (gx, gy, z0) = triangle(
            xa - mx, ya - my, za, xb - mx, yb - my, zb, xc - mx, yc - my, zc, area
        )
        count, wide, most = lanes(x1 - x0), f4(x1 - x0), max(za, zb, zc)
        for y in range(y0, y1):
            first = u8(y * size + x0)
            for n in range(count):
                x = f4(n)
                z = min(z0 + x * gx, most)
                inside = min(e1 + x * a1, min(e2 + x * a2, e3 + x * a3))
                held = nearest[first + n]
                won = (inside >= f4(0)) & (x < wide) & (z > held)
                nearest[first + n] = z if won else held
            e1 += b1
            e2 += b2
            e3 += b3
            z0 += gy
