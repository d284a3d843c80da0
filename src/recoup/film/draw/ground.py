"""The floor under the figure: shadow and what is near, over the empty picture."""

from __future__ import annotations

from math import floor

import numpy as np

from recoup.film.draw.compiled import compiled, f4
from recoup.film.draw.shade import noise, tone
from recoup.film.draw.shadow import box_sum, shade_at

BLOCK = 16


@compiled
def on_floor(grid, x, y):
    """Return where a pixel's ray meets the floor: u, v in the sums, column and row near it."""
    w = f4(1) / (grid[4, 0] * x + grid[4, 1] * y + grid[4, 2])
    return (
        (grid[0, 0] * x + grid[0, 1] * y + grid[0, 2]) * w,
        (grid[1, 0] * x + grid[1, 1] * y + grid[1, 2]) * w,
        (grid[2, 0] * x + grid[2, 1] * y + grid[2, 2]) * w,
        (grid[3, 0] * x + grid[3, 1] * y + grid[3, 2]) * w,
    )


@compiled
def plain(grid, x0, y0, x1, y1, cover, w, h, soft, near_part):
    """Tell whether a block of floor has no shadow, and whether it has nothing near it."""
    low_u = low_v = low_x = low_y = f4(1e9)
    high_u = high_v = high_x = high_y = f4(-1e9)
    for k in range(4):
        x, y = f4(x1 if k & 1 else x0), f4(y1 if k & 2 else y0)
        if grid[4, 0] * x + grid[4, 1] * y + grid[4, 2] > f4(-1e-4):
            return False, False
        u, v, gx, gy = on_floor(grid, x, y)
        low_u, high_u = min(low_u, u), max(high_u, u)
        low_v, high_v = min(low_v, v), max(high_v, v)
        low_x, high_x = min(low_x, gx), max(high_x, gx)
        low_y, high_y = min(low_y, gy), max(high_y, gy)
    r = f4(0.5) * max(high_u - low_u, high_v - low_v) + soft[0]
    met = box_sum(cover, f4(0.5) * (low_u + high_u), f4(0.5) * (low_v + high_v), r, w, h)
    away = (
        high_x < near_part[0] or low_x > near_part[2]
        or high_y < near_part[1] or low_y > near_part[3]
    )  # fmt: skip
    return met < f4(0.05), away


@compiled
def paint_floor(
    out, ambient, key, window, face_at, slot, box, grid, wide, cover, part, soft, near, near_part, lut
):
    """Darken the floor of ``out`` in ``window`` where the lamp or the sky is hidden."""
    h, w = (part[3] - part[1]) // 2, (part[2] - part[0]) // 2
    n = len(near)
    for by in range(window[1], window[3], BLOCK):
        y1 = min(by + BLOCK, window[3])
        for bx in range(window[0], window[2], BLOCK):
            x1 = min(bx + BLOCK, window[2])
            lit, open_ = plain(grid, bx, by, x1, y1, cover, w, h, soft, near_part)
            if lit and open_:
                continue
            for y in range(by, y1):
                figure = box[1] <= y < box[3]
                for x in range(bx, x1):
                    if (
                        figure
                        and box[0] <= x < box[2]
                        and face_at[y, x] >= 0
                        and slot[y, x] < 0
                    ):
                        continue
                    px, py = f4(x) + f4(0.5), f4(y) + f4(0.5)
                    if grid[4, 0] * px + grid[4, 1] * py + grid[4, 2] > f4(-1e-4):
                        continue
                    u, v, gx, gy = on_floor(grid, px, py)
                    shadow = f4(0)
                    if not lit:
                        shadow = shade_at(wide, cover, u, v, w, h, soft)
                    closed = f4(0)
                    ix, iy = int(floor(gx)), int(floor(gy))
                    if not open_ and 0 <= ix < n - 1 and 0 <= iy < n - 1:
                        gx -= f4(ix)
                        gy -= f4(iy)
                        closed = (near[iy, ix] * (f4(1) - gx) + near[iy, ix + 1] * gx) * (
                            f4(1) - gy
                        ) + (near[iy + 1, ix] * (f4(1) - gx) + near[iy + 1, ix + 1] * gx) * gy
                    if shadow <= f4(0.002) and closed <= f4(0.004):
                        continue
                    k = f4(1) - shadow
                    a = f4(1) - min(f4(0.75) * closed, f4(0.8))
                    r, g, b = tone(
                        ambient[y, x, 0] * a + key[y, x, 0] * k,
                        ambient[y, x, 1] * a + key[y, x, 1] * k,
                        ambient[y, x, 2] * a + key[y, x, 2] * k,
                        lut,
                    )
                    dither = noise(x, y)
                    out[y, x, 0] = np.uint8(min(r + dither, f4(255)))
                    out[y, x, 1] = np.uint8(min(g + dither, f4(255)))
                    out[y, x, 2] = np.uint8(min(b + dither, f4(255)))
