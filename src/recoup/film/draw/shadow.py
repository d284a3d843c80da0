"""Soft shadows on the floor: sums over the light's view, and a map of what is near the floor."""

from __future__ import annotations

from math import exp

import numpy as np

from recoup.film.draw.compiled import compiled, f4, inlined, u8

STRIDE, MARGIN = 4, 16
"""Cells between the places where the surroundings are looked at, and round the sums."""


@compiled
def shadow_sums(depth, nowhere, plane, part, cover, high):
    """Add up what the light meets, and how high above the floor, in cells of two texels.

    ``cover[y, x]`` and ``high[y, x]`` are sums over all cells before y and x of ``part`` of the
    light's view, which is in whole cells and holds all that throws a shadow.
    """
    h, w = (part[3] - part[1]) // 2, (part[2] - part[0]) // 2
    cover[0, : w + 1] = f4(0)
    high[0, : w + 1] = f4(0)
    for y in range(h):
        met = above = f4(0)
        cover[y + 1, 0] = high[y + 1, 0] = f4(0)
        for x in range(w):
            for k in range(4):
                v, u = part[1] + 2 * y + (k >> 1), part[0] + 2 * x + (k & 1)
                z = depth[v, u]
                if z > nowhere:
                    met += f4(0.25)
                    over = z - (plane[0] + plane[1] * f4(u) + plane[2] * f4(v))
                    above += f4(0.25) * max(over, f4(0))
            cover[y + 1, x + 1] = cover[y, x + 1] + met
            high[y + 1, x + 1] = high[y, x + 1] + above


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
def sum_at(sums, x, y, w, h):
    """Return the sum up to a place between cells; beyond the rim it stays as it is."""
    x = min(max(x, f4(0)), f4(w) - f4(0.01))
    y = min(max(y, f4(0)), f4(h) - f4(0.01))
    i, j = u8(x), u8(y)
    x -= f4(i)
    y -= f4(j)
    top = sums[j, i] + (sums[j, i + u8(1)] - sums[j, i]) * x
    j += u8(1)
    low = sums[j, i] + (sums[j, i + u8(1)] - sums[j, i]) * x
    return top + (low - top) * y


@inlined
def box_sum(sums, u, v, r, w, h):
    """Return the sum over the square of half side ``r`` cells round (u, v)."""
    return (
        sum_at(sums, u + r, v + r, w, h) - sum_at(sums, u - r, v + r, w, h)
        - sum_at(sums, u + r, v - r, w, h) + sum_at(sums, u - r, v - r, w, h)
    )  # fmt: skip


@compiled
def look_round(cover, high, part, reach, wide):
    """Write how much is met, and how high above the floor, within ``reach`` of every STRIDE cells.

    The first place of ``wide`` lies MARGIN cells before the first sum.
    """
    h, w = (part[3] - part[1]) // 2, (part[2] - part[0]) // 2
    for j in range((h + 2 * MARGIN) // STRIDE + 2):
        for i in range((w + 2 * MARGIN) // STRIDE + 2):
            u, v = f4(i * STRIDE - MARGIN), f4(j * STRIDE - MARGIN)
            wide[j, i, 0] = box_sum(cover, u, v, reach, w, h)
            wide[j, i, 1] = box_sum(high, u, v, reach, w, h)


@compiled
def shade_at(wide, cover, u, v, w, h, soft):
    """Return how much of the lamp is hidden at a floor point: softer the higher the thing is."""
    x, y = (u + f4(MARGIN)) * f4(1 / STRIDE), (v + f4(MARGIN)) * f4(1 / STRIDE)
    last_x, last_y = (w + 2 * MARGIN) // STRIDE, (h + 2 * MARGIN) // STRIDE
    if x < 0 or y < 0 or x > f4(last_x) or y > f4(last_y):
        return f4(0)
    i, j = u8(x), u8(y)
    x -= f4(i)
    y -= f4(j)
    a, b = (f4(1) - x) * (f4(1) - y), x * (f4(1) - y)
    c, d = (f4(1) - x) * y, x * y
    p, q = i + u8(1), j + u8(1)
    met = a * wide[j, i, 0] + b * wide[j, p, 0] + c * wide[q, i, 0] + d * wide[q, p, 0]
    if met <= f4(0.05):
        return f4(0)
    if met >= f4(3.9996) * soft[0] * soft[0]:
        return f4(1)
    above = a * wide[j, i, 1] + b * wide[j, p, 1] + c * wide[q, i, 1] + d * wide[q, p, 1]
    r = max(soft[2], min(soft[0], soft[1] * above / met))
    tight = r * f4(0.55)
    one = box_sum(cover, u, v, r, w, h) / (r * r)
    two = box_sum(cover, u, v, tight, w, h) / (tight * tight)
    return min(f4(1), max(f4(0), f4(0.125) * (one + two)))
