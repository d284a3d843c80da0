"""The floor under the figure: shadow and what is near, over the empty picture."""

from __future__ import annotations

import numpy as np

from recoup.film.draw.compiled import compiled, f4, u8
from recoup.film.draw.shade import neutral, noise
from recoup.film.draw.shadow import box_sum, shade_at

BLOCK = 16
"""Pixels on a side of the blocks that are looked at as a whole first."""
COARSE = 8
LEAST_NEAR = f4(0.004)
SKY = f4(-1e-4)


@compiled
def below_sky(grid, x, y):
    """Return how steeply a pixel's ray rises: it meets the floor when this is below 0."""
    return grid[4, 0] * x + grid[4, 1] * y + grid[4, 2]


@compiled
def on_floor(grid, x, y):
    """Return where a pixel's ray meets the floor: u, v in the sums, column and row near it."""
    w = f4(1) / below_sky(grid, x, y)
    return (
        (grid[0, 0] * x + grid[0, 1] * y + grid[0, 2]) * w,
        (grid[1, 0] * x + grid[1, 1] * y + grid[1, 2]) * w,
        (grid[2, 0] * x + grid[2, 1] * y + grid[2, 2]) * w,
        (grid[3, 0] * x + grid[3, 1] * y + grid[3, 2]) * w,
    )


@compiled
def plain(grid, x0, y0, x1, y1, cover, w, h, soft, tall):
    """Tell whether a block of floor has no shadow, and whether it has nothing near it."""
    low_u = low_v = low_x = low_y = f4(1e9)
    high_u = high_v = high_x = high_y = f4(-1e9)
    for k in range(4):
        x, y = f4(x1 if k & 1 else x0), f4(y1 if k & 2 else y0)
        if below_sky(grid, x, y) > SKY:
            return False, False
        u, v, gx, gy = on_floor(grid, x, y)
        low_u, high_u = min(low_u, u), max(high_u, u)
        low_v, high_v = min(low_v, v), max(high_v, v)
        low_x, high_x = min(low_x, gx), max(high_x, gx)
        low_y, high_y = min(low_y, gy), max(high_y, gy)
    r = f4(0.5) * max(high_u - low_u, high_v - low_v) + soft[0]
    met = box_sum(cover, f4(0.5) * (low_u + high_u), f4(0.5) * (low_v + high_v), r, w, h)
    return met < f4(0.05), empty(tall, low_x, low_y, high_x, high_y)


@compiled
def empty(tall, x0, y0, x1, y1):
    """Tell whether nothing is near the floor between these columns and rows of the map."""
    n = f4(len(tall) * COARSE - 1)
    if x1 < 0 or y1 < 0 or x0 > n or y0 > n:
        return True
    i0, i1 = int(max(x0, f4(0))) // COARSE, int(min(x1, n)) // COARSE
    for j in range(int(max(y0, f4(0))) // COARSE, int(min(y1, n)) // COARSE + 1):
        for i in range(i0, i1 + 1):
            if tall[j, i] > LEAST_NEAR:
                return False
    return True


@compiled
def coarsened(near):
    """Return the most near thing of every COARSE cells, with one cell around."""
    n = len(near) // COARSE
    tall = np.zeros((n, n), f4)
    for y in range(len(near)):
        for x in range(len(near)):
            if near[y, x] > LEAST_NEAR:
                for j in range(max(y - 1, 0) // COARSE, min((y + 1) // COARSE, n - 1) + 1):
                    for i in range(max(x - 1, 0) // COARSE, min((x + 1) // COARSE, n - 1) + 1):
                        tall[j, i] = max(tall[j, i], near[y, x])
    return tall


@compiled
def closed_at(near, x, y):
    """Return how near things are to a floor point, between the cells of the map."""
    n = f4(len(near) - 1)
    if x < 0 or y < 0 or x >= n or y >= n:
        return f4(0)
    i, j = u8(x), u8(y)
    x -= f4(i)
    y -= f4(j)
    p, q = i + u8(1), j + u8(1)
    top = near[j, i] + (near[j, p] - near[j, i]) * x
    low = near[q, i] + (near[q, p] - near[q, i]) * x
    return top + (low - top) * y


@compiled
def paint_floor(out, ambient, key, face_at, slot, box, grid, wide, cover, part, soft, near, lut):
    """Darken the floor of ``out`` where the lamp or the sky is hidden."""
    h, w = (part[3] - part[1]) // 2, (part[2] - part[0]) // 2
    height, width = face_at.shape
    tall = coarsened(near)
    at, xs = np.empty(3 * BLOCK, f4), np.empty(BLOCK, np.int32)
    dark, shut = np.zeros(BLOCK + 1, f4), np.zeros(BLOCK + 1, f4)
    for by in range(0, height, BLOCK):
        y1 = min(by + BLOCK, height)
        for bx in range(0, width, BLOCK):
            x1 = min(bx + BLOCK, width)
            lit, open_ = plain(grid, bx, by, x1, y1, cover, w, h, soft, tall)
            if lit and open_:
                continue
            for y in range(by, y1):
                py = f4(y) + f4(0.5)
                if below_sky(grid, f4(bx), py) > SKY or below_sky(grid, f4(x1), py) > SKY:
                    continue
                count = 0
                figure = box[1] <= y < box[3]
                # Every second pixel: the shadow is softer than that.
                for x in range(bx, bx + BLOCK + 1, 2):
                    u, v, gx, gy = on_floor(grid, f4(x) + f4(0.5), py)
                    dark[x - bx] = f4(0) if lit else shade_at(wide, cover, u, v, w, h, soft)
                    shut[x - bx] = f4(0) if open_ else closed_at(near, gx, gy)
                for x in range(bx, x1):
                    if figure and box[0] <= x < box[2] and face_at[y, x] >= 0 and slot[y, x] < 0:
                        continue
                    before, after = (x - bx) & ~1, (x - bx + 1) & ~1
                    shadow = f4(0.5) * (dark[before] + dark[after])
                    closed = f4(0.5) * (shut[before] + shut[after])
                    if shadow <= f4(0.002) and closed <= LEAST_NEAR:
                        continue
                    k = f4(1) - shadow
                    a = f4(1) - min(f4(0.75) * closed, f4(0.8))
                    at[count] = ambient[y, x, 0] * a + key[y, x, 0] * k
                    at[BLOCK + count] = ambient[y, x, 1] * a + key[y, x, 1] * k
                    at[2 * BLOCK + count] = ambient[y, x, 2] * a + key[y, x, 2] * k
                    xs[count] = x
                    count += 1
                lay_floor(out[y], y, at, xs, count, lut)


@compiled
def lay_floor(row, y, at, xs, count, lut):
    for i in range(u8(count)):
        at[i], at[u8(BLOCK) + i], at[u8(2 * BLOCK) + i] = neutral(
            at[i], at[u8(BLOCK) + i], at[u8(2 * BLOCK) + i]
        )
    for i in range(u8(count)):
        x = xs[i]
        dither = noise(x, y)
        row[x, 0] = np.uint8(min(lut[u8(at[i])] + dither, f4(255)))
        row[x, 1] = np.uint8(min(lut[u8(at[u8(BLOCK) + i])] + dither, f4(255)))
        row[x, 2] = np.uint8(min(lut[u8(at[u8(2 * BLOCK) + i])] + dither, f4(255)))
