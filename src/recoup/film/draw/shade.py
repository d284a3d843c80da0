"""Colour of the figure, surface by surface of each pixel, and of the picture."""

from __future__ import annotations

from math import sqrt

import numpy as np

from recoup.film.draw.compiled import compiled, f4, inlined, u8
from recoup.film.draw.edges import surfaces

# Columns of the batch: what is known about each place before and after it is lit. One flat array
# with fixed distances, so that the compiler sees that nothing overlaps and lights eight at once.
BATCH = 256
PX, PY, PZ, NX, NY, NZ, RED, GREEN, BLUE, GLOSS_, WRAP, OPEN = (u8(k * BATCH) for k in range(12))
VX, VY, VZ, FACING, U, V, DEPTH, LIT, INSIDE_OUT = (u8(k * BATCH) for k in range(12, 21))
COLUMNS = 21


@compiled
def noise(x, y):
    """Return a fixed pattern from 0 to 1: rounding with it leaves no bands in soft gradients."""
    v = f4(0.06711056) * f4(x) + f4(0.00583715) * f4(y)
    v = f4(52.9829189) * (v - np.floor(v))
    return v - np.floor(v)


@inlined
def neutral(r, g, b):
    """Map light to what a screen can show (Khronos PBR Neutral, exposure 0.92)."""
    r *= f4(0.92)
    g *= f4(0.92)
    b *= f4(0.92)
    m = min(r, min(g, b))
    o = m - f4(6.25) * m * m if m < f4(0.08) else f4(0.04)
    r -= o
    g -= o
    b -= o
    p = max(r, max(g, b))
    if p > f4(0.76):
        q = f4(1) - f4(0.0576) / (p + f4(0.24) - f4(0.76))
        k = q / p
        r *= k
        g *= k
        b *= k
        e = f4(1) - f4(1) / (f4(0.15) * (p - q) + f4(1))
        r += (q - r) * e
        g += (q - g) * e
        b += (q - b) * e
    return (
        max(min(r, f4(1)), f4(0)) * f4(4096),
        max(min(g, f4(1)), f4(0)) * f4(4096),
        max(min(b, f4(1)), f4(0)) * f4(4096),
    )


@inlined
def tone(r, g, b, lut):
    """Map light to sRGB 0 to 255."""
    r, g, b = neutral(r, g, b)
    return lut[int(r)], lut[int(g)], lut[int(b)]


@compiled
def gather(at, i, t, x, y, faces, seen, points, back, opened):
    """Put the point of face ``t`` behind the middle of pixel (x, y) into place ``i`` of a batch.

    Outside the face, the nearest of its points on the way out is taken.
    """
    a, b, c = u8(faces[t, 0]), u8(faces[t, 1]), u8(faces[t, 2])
    sx, sy = f4(x) + f4(0.5), f4(y) + f4(0.5)
    xa, ya = seen[a, 0], seen[a, 1]
    dx1, dy1, dx2, dy2 = seen[b, 0] - xa, seen[b, 1] - ya, seen[c, 0] - xa, seen[c, 1] - ya
    k = f4(1) / (dx1 * dy2 - dx2 * dy1)
    w1 = ((sx - xa) * dy2 - dx2 * (sy - ya)) * k
    w2 = (dx1 * (sy - ya) - (sx - xa) * dy1) * k
    w1 = min(max(w1, f4(0)), f4(1))
    w2 = min(max(w2, f4(0)), f4(1) - w1)
    w0 = (f4(1) - w1 - w2) * seen[a, 2]
    w1 *= seen[b, 2]
    w2 *= seen[c, 2]
    k = f4(1) / (w0 + w1 + w2)
    w0 *= k
    w1 *= k
    w2 *= k
    at[PX + i] = w0 * points[a, 0] + w1 * points[b, 0] + w2 * points[c, 0]
    at[PY + i] = w0 * points[a, 1] + w1 * points[b, 1] + w2 * points[c, 1]
    at[PZ + i] = w0 * points[a, 2] + w1 * points[b, 2] + w2 * points[c, 2]
    at[NX + i] = w0 * points[a, 3] + w1 * points[b, 3] + w2 * points[c, 3]
    at[NY + i] = w0 * points[a, 4] + w1 * points[b, 4] + w2 * points[c, 4]
    at[NZ + i] = w0 * points[a, 5] + w1 * points[b, 5] + w2 * points[c, 5]
    at[RED + i] = w0 * points[a, 6] + w1 * points[b, 6] + w2 * points[c, 6]
    at[GREEN + i] = w0 * points[a, 7] + w1 * points[b, 7] + w2 * points[c, 7]
    at[BLUE + i] = w0 * points[a, 8] + w1 * points[b, 8] + w2 * points[c, 8]
    at[GLOSS_ + i] = points[a, 9]
    at[WRAP + i] = points[a, 10]
    at[INSIDE_OUT + i] = f4(1) if back[t] else f4(0)
    at[OPEN + i] = opened


@compiled
def turn(at, count, eye, lamp, view):
    """Find direction to the eye, unit normal, and the place in the light's view, for a batch."""
    kx, ky, kz = lamp[0, 0], lamp[0, 1], lamp[0, 2]
    ex, ey, ez = eye[0], eye[1], eye[2]
    u0, u1, u2, u3 = view[0, 0], view[0, 1], view[0, 2], view[0, 3]
    v0, v1, v2, v3 = view[1, 0], view[1, 1], view[1, 2], view[1, 3]
    for i in range(count):
        px, py, pz = at[PX + i], at[PY + i], at[PZ + i]
        nx, ny, nz = at[NX + i], at[NY + i], at[NZ + i]
        vx, vy, vz = ex - px, ey - py, ez - pz
        l = f4(1) / sqrt(vx * vx + vy * vy + vz * vz)
        vx *= l
        vy *= l
        vz *= l
        l = f4(1) / sqrt(nx * nx + ny * ny + nz * nz + f4(1e-12))
        facing = (nx * vx + ny * vy + nz * vz) * l
        # Cloth is also seen from inside.
        turned = f4(-1) if at[INSIDE_OUT + i] * facing < f4(-0.15) else f4(1)
        l *= turned
        nx *= l
        ny *= l
        nz *= l
        at[NX + i], at[NY + i], at[NZ + i] = nx, ny, nz
        at[VX + i], at[VY + i], at[VZ + i] = vx, vy, vz
        at[FACING + i] = max(facing * turned, f4(0))
        at[LIT + i] = nx * kx + ny * ky + nz * kz
        # Pushed out along the normal, or the surface would shade itself.
        px += nx * f4(0.012)
        py += ny * f4(0.012)
        pz += nz * f4(0.012)
        at[U + i] = u0 * px + u1 * py + u2 * pz + u3 - f4(0.5)
        at[V + i] = v0 * px + v1 * py + v2 * pz + v3 - f4(0.5)
        at[DEPTH + i] = kx * px + ky * py + kz * pz + f4(0.004)


@compiled
def self_shadow(at, count, depth):
    """Replace each cosine to the lamp by how much of the lamp is seen: 3 by 3 texels, smooth."""
    n = f4(len(depth) - 3)
    for i in range(count):
        lit = at[LIT + i]
        if lit <= -at[WRAP + i]:
            at[LIT + i] = f4(0)
            continue
        fu, fv, d = at[U + i], at[V + i], at[DEPTH + i]
        if fu < f4(1) or fv < f4(1) or fu >= n or fv >= n:
            at[LIT + i] = f4(1)
            continue
        iu, iv = u8(fu), u8(fv)
        fu -= f4(iu)
        fv -= f4(iv)
        total = f4(0)
        for q in range(4):
            v = iv + u8(q) - u8(1)
            one = (f4(1) - fu) if depth[v, iu - u8(1)] < d else f4(0)
            one += f4(1) if depth[v, iu] < d else f4(0)
            one += f4(1) if depth[v, iu + u8(1)] < d else f4(0)
            one += fu if depth[v, iu + u8(2)] < d else f4(0)
            weight = (f4(1) - fv) if q == 0 else (fv if q == 3 else f4(1))
            total += one * weight
        at[LIT + i] = total * f4(1 / 9.0)


@compiled
def light(at, count, lamp):
    """Light a batch: its colours become steps of the table to sRGB."""
    k0, k1, k2 = lamp[0, 0], lamp[0, 1], lamp[0, 2]
    r0, r1, r2 = lamp[1, 0], lamp[1, 1], lamp[1, 2]
    kr, kg, kb = lamp[2, 0], lamp[2, 1], lamp[2, 2]
    rr, rg, rb = lamp[3, 0], lamp[3, 1], lamp[3, 2]
    sr, sg, sb = lamp[4, 0], lamp[4, 1], lamp[4, 2]
    gr, gg, gb = lamp[5, 0], lamp[5, 1], lamp[5, 2]
    for i in range(count):
        nx, ny, nz = at[NX + i], at[NY + i], at[NZ + i]
        lit, wrap, opened = at[LIT + i], at[WRAP + i], at[OPEN + i]
        kd = nx * k0 + ny * k1 + nz * k2
        dk = max(kd, f4(0))
        dw = max((kd + wrap) / ((f4(1) + wrap) * (f4(1) + wrap)), f4(0))
        hx, hy, hz = k0 + at[VX + i], k1 + at[VY + i], k2 + at[VZ + i]
        l = f4(1) / sqrt(hx * hx + hy * hy + hz * hz)
        e = max((nx * hx + ny * hy + nz * hz) * l, f4(0))
        e *= e
        e *= e
        e *= e
        e *= e
        shine = at[GLOSS_ + i] * dk * lit * e * (f4(0.5) + f4(0.5) * e)
        dr = max(nx * r0 + ny * r1 + nz * r2, f4(0)) * (f4(0.5) + f4(0.5) * opened)
        up = f4(0.5) + f4(0.5) * ny
        rim = f4(1) - at[FACING + i]
        rim *= rim
        rim *= rim
        low = min(max(at[PY + i] * f4(4) + f4(0.25), f4(0)), f4(1))
        g = opened * (f4(1) - up) * (f4(0.35) + f4(0.65) * low)
        s = opened * up
        ks = dw * lit
        kw = ks + dk * lit * wrap * f4(0.3)
        shine += opened * (f4(0.018) + rim * f4(0.10) * (f4(0.4) + up))
        red, green, blue = neutral(
            at[RED + i] * (s * sr + g * gr + kr * kw + rr * dr) + shine,
            at[GREEN + i] * (s * sg + g * gg + kg * ks + rg * dr) + shine,
            at[BLUE + i] * (s * sb + g * gb + kb * ks + rb * dr) + shine,
        )
        at[RED + i], at[GREEN + i], at[BLUE + i] = red, green, blue


@compiled
def openness(soft, x, y):
    """Return how open to the sky a pixel of the figure is, between the four nearest known."""
    h, w = soft.shape
    y0, x0 = min(y >> 1, h - 1), min(x >> 1, w - 1)
    y1 = min(max(y0 + (1 if y & 1 else -1), 0), h - 1)
    x1 = min(max(x0 + (1 if x & 1 else -1), 0), w - 1)
    total = weight = f4(0)
    for k in range(4):
        e = soft[y1 if k & 2 else y0, x1 if k & 1 else x0]
        if e >= 0:
            m = (f4(0.25) if k & 2 else f4(0.75)) * (f4(0.25) if k & 1 else f4(0.75))
            total += m * e
            weight += m
    return total / weight if weight > 0 else f4(1)


@compiled
def show(out, at, count, places, whole, lut):
    """Lay a batch over ``out``. ``places``: y, x, parts of ``whole``, and 1 at a pixel's last."""
    red = green = blue = parts = f4(0)
    for i in range(count):
        y, x, k = places[i, 0], places[i, 1], f4(places[i, 2])
        red += k * lut[int(at[RED + i])]
        green += k * lut[int(at[GREEN + i])]
        blue += k * lut[int(at[BLUE + i])]
        parts += k
        if places[i, 3]:
            rest, share, dither = whole - parts, f4(1) / whole, noise(x, y)
            red = (red + rest * f4(out[y, x, 0])) * share + dither
            green = (green + rest * f4(out[y, x, 1])) * share + dither
            blue = (blue + rest * f4(out[y, x, 2])) * share + dither
            out[y, x, 0] = np.uint8(min(red, f4(255)))
            out[y, x, 1] = np.uint8(min(green, f4(255)))
            out[y, x, 2] = np.uint8(min(blue, f4(255)))
            red = green = blue = parts = f4(0)


@compiled
def paint(
    out, box, face_at, slot, edge_near, edge_face, order, mesh_of, back,
    faces, seen, points, eye, lamp, view, depth, soft, lut,
):  # fmt: skip
    """Paint the figure over the floor in ``out``: each surface of a pixel is lit once."""
    at = np.empty(COLUMNS * BATCH, f4)
    places = np.empty((BATCH, 4), np.int32)
    found, counts = np.empty(6, np.int32), np.empty(6, np.int32)
    whole = len(order)
    count = 0
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
            opened = openness(soft, x, y)
            for q in range(total):
                gather(at, u8(count), u8(found[q]), x, y, faces, seen, points, back, opened)
                places[count, 0], places[count, 1] = y, x
                places[count, 2], places[count, 3] = counts[q], q == total - 1
                count += 1
            if count > BATCH - len(found):
                lay(out, at, count, places, whole, eye, lamp, view, depth, lut)
                count = 0
    lay(out, at, count, places, whole, eye, lamp, view, depth, lut)


@compiled
def lay(out, at, count, places, whole, eye, lamp, view, depth, lut):
    count = u8(count)
    turn(at, count, eye, lamp, view)
    self_shadow(at, count, depth)
    light(at, count, lamp)
    show(out, at, count, places, f4(whole), lut)
