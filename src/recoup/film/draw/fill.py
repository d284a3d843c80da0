"""Move the skin, and fill depth buffers with its triangles."""

from __future__ import annotations

from math import ceil

from recoup.film.draw.compiled import compiled, f4, inlined


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
def span(py, xa, ya, xb, yb, xc, yc, s1, s2, s3):
    """Return the first sample inside a triangle on the line ``py``, and the first after it."""
    left = f4(1e9)
    right = f4(-1e9)
    if (ya <= py) != (yb <= py):
        q = xa + (py - ya) * s1
        left = min(left, q)
        right = max(right, q)
    if (yb <= py) != (yc <= py):
        q = xb + (py - yb) * s2
        left = min(left, q)
        right = max(right, q)
    if (yc <= py) != (ya <= py):
        q = xc + (py - yc) * s3
        left = min(left, q)
        right = max(right, q)
    return int(ceil(left - f4(0.5))), int(ceil(right - f4(0.5)))


@inlined
def slope(xa, ya, xb, yb):
    return (xb - xa) / (yb - ya) if yb != ya else f4(0)


@compiled
def fill(seen, faces, cull, back, near, face_at, floor_plane, box):
    """Find the face at the middle of every pixel of ``box``, and its 1/depth: larger is nearer.

    The floor hides what is below it. ``back`` tells which faces turn away from the camera.
    """
    for y in range(box[1], box[3]):
        for x in range(box[0], box[2]):
            near[y, x] = max(
                f4(0),
                floor_plane[0]
                + floor_plane[1] * (f4(x) + f4(0.5))
                + floor_plane[2] * (f4(y) + f4(0.5)),
            )
            face_at[y, x] = -1
    for t in range(len(faces)):
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        xa, ya, za = seen[a, 0], seen[a, 1], seen[a, 2]
        xb, yb, zb = seen[b, 0], seen[b, 1], seen[b, 2]
        xc, yc, zc = seen[c, 0], seen[c, 1], seen[c, 2]
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        back[t] = area >= 0
        if (cull[t] and area >= 0) or area == 0 or min(za, zb, zc) <= 0:
            continue
        r0 = max(int(ceil(min(ya, yb, yc) - f4(0.5))), box[1])
        r1 = min(int(ceil(max(ya, yb, yc) - f4(0.5))), box[3])
        if r0 >= r1:
            continue
        ia = f4(1) / area
        gx = ((zb - za) * (yc - ya) - (zc - za) * (yb - ya)) * ia
        gy = ((zc - za) * (xb - xa) - (zb - za) * (xc - xa)) * ia
        s1, s2, s3 = slope(xa, ya, xb, yb), slope(xb, yb, xc, yc), slope(xc, yc, xa, ya)
        for y in range(r0, r1):
            py = f4(y) + f4(0.5)
            x0, x1 = span(py, xa, ya, xb, yb, xc, yc, s1, s2, s3)
            x0, x1 = max(x0, box[0]), min(x1, box[2])
            z = za + (f4(x0) + f4(0.5) - xa) * gx + (py - ya) * gy
            for x in range(x0, x1):
                if z > near[y, x]:
                    near[y, x] = z
                    face_at[y, x] = t
                z += gx


@compiled
def depths(at, faces, cull, flip, x_, y_, z_, kx, ky, kz, x0_, y0_, most, clear, nearest):
    """Fill ``nearest`` with the largest depth of the triangles at every cell's middle.

    ``at`` holds points; columns ``x_``, ``y_``, ``z_`` times ``kx``, ``ky``, ``kz`` are cells and
    depth, seen from cell (``x0_``, ``y0_``) on. Faces turned away are left out where ``cull``.
    Faces wholly deeper than ``most`` are, too.
    """
    h, w = nearest.shape
    nearest[:] = clear
    for t in range(len(faces)):
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        za, zb, zc = at[a, z_] * kz, at[b, z_] * kz, at[c, z_] * kz
        if max(za, zb, zc) < most:
            continue
        xa, ya = at[a, x_] * kx - x0_, at[a, y_] * ky - y0_
        xb, yb = at[b, x_] * kx - x0_, at[b, y_] * ky - y0_
        xc, yc = at[c, x_] * kx - x0_, at[c, y_] * ky - y0_
        area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
        if (cull[t] and area * flip >= 0) or area == 0:
            continue
        r0 = max(int(ceil(min(ya, yb, yc) - f4(0.5))), 0)
        r1 = min(int(ceil(max(ya, yb, yc) - f4(0.5))), h)
        if r0 >= r1:
            continue
        ia = f4(1) / area
        gx = ((zb - za) * (yc - ya) - (zc - za) * (yb - ya)) * ia
        gy = ((zc - za) * (xb - xa) - (zb - za) * (xc - xa)) * ia
        s1, s2, s3 = slope(xa, ya, xb, yb), slope(xb, yb, xc, yc), slope(xc, yc, xa, ya)
        for y in range(r0, r1):
            py = f4(y) + f4(0.5)
            x0, x1 = span(py, xa, ya, xb, yb, xc, yc, s1, s2, s3)
            x0, x1 = max(x0, 0), min(x1, w)
            z = za + (f4(x0) + f4(0.5) - xa) * gx + (py - ya) * gy
            for x in range(x0, x1):
                nearest[y, x] = max(nearest[y, x], z)
                z += gx
