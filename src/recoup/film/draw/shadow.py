"""Soft shadows on the floor: sums over the light's view, and a map of what is near the floor."""

from __future__ import annotations

from math import exp

from numba import prange

from recoup.film.draw.compiled import Floats, compiled, f4, parallel


@parallel
def tables(
    zl: Floats, clear: f4, pl: Floats, tex: float, sat: Floats, hb: Floats, con: Floats, tmp: Floats
) -> None:  # summed-area tables of coverage and height in light space; contact map from below
    n = len(zl) // 2
    for y in prange(n):
        c = f4(0)
        d = f4(0)
        for x in range(n):
            for k in range(4):
                yy, xx = 2 * y + (k >> 1), 2 * x + (k & 1)
                z = zl[yy, xx]
                if z > clear:
                    c += f4(0.25)
                    d += f4(0.25) * max(z - (pl[0] + pl[1] * xx + pl[2] * yy), f4(0))
            sat[y + 1, x + 1, 0] = c
            sat[y + 1, x + 1, 1] = d
    for s in prange(8):
        for y in range(1, n + 1):
            for x in range(1 + s * n // 8, 1 + (s + 1) * n // 8):
                sat[y, x, 0] += sat[y - 1, x, 0]
                sat[y, x, 1] += sat[y - 1, x, 1]
    g = len(hb)
    for y in prange(g):
        for x in range(g):
            tmp[y, x] = exp(min(hb[y, x], f4(0)) * f4(11)) if hb[y, x] > clear else f4(0)
    for it in range(2):
        R = 4 if it == 0 else 7
        for y in prange(g):
            a = f4(0)
            for x in range(-R, g):
                if x + R < g:
                    a += tmp[y, x + R]
                if x - R - 1 >= 0:
                    a -= tmp[y, x - R - 1]
                if x >= 0:
                    con[y, x] = a / (2 * R + 1)
        for x in prange(g):
            a = f4(0)
            for y in range(-R, g):
                if y + R < g:
                    a += con[y + R, x]
                if y - R - 1 >= 0:
                    a -= con[y - R - 1, x]
                if y >= 0:
                    tmp[y, x] = a / (2 * R + 1)


@compiled
def at(sat: Floats, x: f4, y: f4, k: int, n: int) -> f4:
    x = min(max(x, f4(0)), f4(n) - f4(0.001))
    y = min(max(y, f4(0)), f4(n) - f4(0.001))
    i = int(x)
    j = int(y)
    x -= f4(i)
    y -= f4(j)
    mixed: f4 = (sat[j, i, k] * (f4(1) - x) + sat[j, i + 1, k] * x) * (f4(1) - y) + (
        sat[j + 1, i, k] * (f4(1) - x) + sat[j + 1, i + 1, k] * x
    ) * y
    return mixed


@compiled
def boxsum(sat: Floats, u: f4, v: f4, r: f4, k: int, n: int) -> f4:
    return (
        at(sat, u + r, v + r, k, n)
        - at(sat, u - r, v + r, k, n)
        - at(sat, u + r, v - r, k, n)
        + at(sat, u - r, v - r, k, n)
    )
