"""Soft shadows on the floor: sums over the light's view, and a map of what is near the floor."""

from __future__ import annotations

from math import exp

import numpy as np

from recoup.film.draw.compiled import compiled, f4


@compiled
def shadow_sums(depth, nowhere, plane, part, sums):
    """Add up what the light meets, and how high above the floor, in cells of two texels.

    ``sums[y, x]`` holds the sums over all cells before y and x of ``part`` of the light's view,
    which is in whole cells and holds all that throws a shadow.
    """
    h, w = (part[3] - part[1]) // 2, (part[2] - part[0]) // 2
    sums[0, : w + 1] = f4(0)
    for y in range(h):
        cover = high = f4(0)
        sums[y + 1, 0, 0] = sums[y + 1, 0, 1] = f4(0)
        for x in range(w):
            for k in range(4):
                v, u = part[1] + 2 * y + (k >> 1), part[0] + 2 * x + (k & 1)
                z = depth[v, u]
                if z > nowhere:
                    cover += f4(0.25)
                    over = z - (plane[0] + plane[1] * f4(u) + plane[2] * f4(v))
                    high += f4(0.25) * max(over, f4(0))
            sums[y + 1, x + 1, 0] = sums[y, x + 1, 0] + cover
            sums[y + 1, x + 1, 1] = sums[y, x + 1, 1] + high


@compiled
def near_floor(low, nowhere, spare, found):
    """Return in ``found`` how near the floor things are, from 0 to 1, softened."""
    n = len(low)
    for y in range(n):
        for x in range(n):
            found[y, x] = f4(0)
            if low[y, x] > nowhere:
                found[y, x] = exp(min(low[y, x], f4(0)) * f4(11))
    for reach in (4, 7):
        share = f4(1) / f4(2 * reach + 1)
        for y in range(n):
            total = f4(0)
            for x in range(-reach, n):
                if x + reach < n:
                    total += found[y, x + reach]
                if x - reach - 1 >= 0:
                    total -= found[y, x - reach - 1]
                if x >= 0:
                    spare[y, x] = total * share
        column = np.zeros(n, f4)
        for y in range(-reach, n):
            if y + reach < n:
                for x in range(n):
                    column[x] += spare[y + reach, x]
            if y - reach - 1 >= 0:
                for x in range(n):
                    column[x] -= spare[y - reach - 1, x]
            if y >= 0:
                for x in range(n):
                    found[y, x] = column[x] * share


@compiled
def sums_at(sums, x, y, w, h):
    """Return both sums at a place between cells; beyond the rim they stay as they are."""
    x = min(max(x, f4(0)), f4(w) - f4(0.001))
    y = min(max(y, f4(0)), f4(h) - f4(0.001))
    i = int(x)
    j = int(y)
    x -= f4(i)
    y -= f4(j)
    a, b = (f4(1) - x) * (f4(1) - y), x * (f4(1) - y)
    c, d = (f4(1) - x) * y, x * y
    return (
        a * sums[j, i, 0] + b * sums[j, i + 1, 0] + c * sums[j + 1, i, 0]
        + d * sums[j + 1, i + 1, 0],
        a * sums[j, i, 1] + b * sums[j, i + 1, 1] + c * sums[j + 1, i, 1]
        + d * sums[j + 1, i + 1, 1],
    )  # fmt: skip


@compiled
def box_sums(sums, u, v, r, w, h):
    """Return cover and height summed over the square of half side ``r`` cells round (u, v)."""
    a, p = sums_at(sums, u + r, v + r, w, h)
    b, q = sums_at(sums, u - r, v + r, w, h)
    c, s = sums_at(sums, u + r, v - r, w, h)
    d, t = sums_at(sums, u - r, v - r, w, h)
    return a - b - c + d, p - q - s + t


@compiled
def shade_at(sums, u, v, w, h, soft):
    """Return how much of the lamp is hidden at a floor point: softer the higher the thing is."""
    cover, high = box_sums(sums, u, v, soft[0], w, h)
    whole = f4(4) * soft[0] * soft[0]
    if cover <= f4(0.05):
        return f4(0)
    if cover >= f4(0.9999) * whole:
        return f4(1)
    wide = max(soft[2], min(soft[0], soft[1] * high / cover))
    tight = wide * f4(0.55)
    one, _ = box_sums(sums, u, v, wide, w, h)
    two, _ = box_sums(sums, u, v, tight, w, h)
    found = f4(0.125) * (one / (wide * wide) + two / (tight * tight))
    return min(f4(1), max(f4(0), found))
