"""Fill a depth buffer with triangles."""

from __future__ import annotations

from math import ceil

import numpy as np
from numba import prange
from numpy.typing import NDArray

from recoup.film.draw.compiled import Floats, Ints, f4, parallel


@parallel
def lbs(
    T: Floats, v: Floats, n: Floats, j: NDArray[np.int16], w: Floats, V: Floats, N: Floats
) -> None:  # linear blend skinning, positions and normals
    for i in prange(len(v)):
        a = np.zeros(12, f4)
        for k in range(4):
            wk = w[i, k]
            if wk > 0:
                m = T[j[i, k]]
                for r in range(3):
                    for c in range(4):
                        a[r * 4 + c] += wk * m[r, c]
        for r in range(3):
            V[i, r] = (
                a[r * 4] * v[i, 0] + a[r * 4 + 1] * v[i, 1] + a[r * 4 + 2] * v[i, 2] + a[r * 4 + 3]
            )
            N[i, r] = a[r * 4] * n[i, 0] + a[r * 4 + 1] * n[i, 1] + a[r * 4 + 2] * n[i, 2]


@parallel
def project(
    V: Floats,
    A: Floats,
    persp: bool,
    f: f4,
    cx: f4 | float,
    cy: f4 | float,
    X: Floats,
    Y: Floats,
    Z: Floats,
) -> None:  # A: 3x4 rows right, up, depth
    for i in prange(len(V)):
        x, y, z = V[i, 0], V[i, 1], V[i, 2]
        a = A[0, 0] * x + A[0, 1] * y + A[0, 2] * z + A[0, 3]
        b = A[1, 0] * x + A[1, 1] * y + A[1, 2] * z + A[1, 3]
        d = A[2, 0] * x + A[2, 1] * y + A[2, 2] * z + A[2, 3]
        if persp:
            d = f4(1) / d
            a *= d
            b *= d
        X[i] = cx + f * a
        Y[i] = cy - f * b
        Z[i] = d


@parallel
def raster(
    X: Floats,
    Y: Floats,
    Z: Floats,
    F: Ints,
    cull: NDArray[np.bool_],
    back: NDArray[np.bool_],
    zb: Floats,
    ib: Ints,
    clear: f4,
    pln: Floats,
    box: NDArray[np.int64],
    rows: Ints,
    nband: int,
) -> None:  # z cleared to the floor plane (affine in the picture); bands of rows; larger Z wins
    h, w = zb.shape
    m = len(F)
    for t in prange(m):
        a, b, c = F[t, 0], F[t, 1], F[t, 2]
        ya, yb, yc = Y[a], Y[b], Y[c]
        lo = min(ya, yb, yc)
        hi = max(ya, yb, yc)
        r0 = int(ceil(lo - 0.5))
        r1 = int(ceil(hi - 0.5))
        back[t] = (X[b] - X[a]) * (yc - ya) - (X[c] - X[a]) * (yb - ya) >= 0
        if cull[t] and back[t]:
            r1 = r0
        rows[t, 0] = max(r0, 0)
        rows[t, 1] = min(r1, h)
    bh = (box[3] - box[1] + nband - 1) // nband
    vis = np.empty(m, np.int32)
    nv = 0
    for t in range(m):
        if rows[t, 0] < rows[t, 1]:
            vis[nv] = t
            nv += 1
    for kk in prange(nband):  # even bands, then odd: equal work for two threads
        k = 2 * kk if kk < nband // 2 else 2 * (kk - nband // 2) + 1
        b0 = box[1] + k * bh
        b1 = min(b0 + bh, box[3])
        ib[b0:b1, box[0] : box[2]] = -1
        for y in range(b0, b1):
            for x in range(box[0], box[2]):
                zb[y, x] = max(clear, pln[0] + pln[1] * f4(x) + pln[2] * f4(y))
        for vi in range(nv):
            t = vis[vi]
            r0 = max(rows[t, 0], b0)
            r1 = min(rows[t, 1], b1)
            if r0 >= r1:
                continue
            a, b, c = F[t, 0], F[t, 1], F[t, 2]
            xa, ya = X[a], Y[a]
            xb, yb = X[b], Y[b]
            xc, yc = X[c], Y[c]
            ar = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
            if ar == 0:
                continue
            ia = f4(1) / ar
            gx = ((Z[b] - Z[a]) * (yc - ya) - (Z[c] - Z[a]) * (yb - ya)) * ia
            gy = ((Z[c] - Z[a]) * (xb - xa) - (Z[b] - Z[a]) * (xc - xa)) * ia
            s1 = (xb - xa) / (yb - ya) if yb != ya else f4(0)
            s2 = (xc - xb) / (yc - yb) if yc != yb else f4(0)
            s3 = (xa - xc) / (ya - yc) if ya != yc else f4(0)
            for y in range(r0, r1):
                py = f4(y) + f4(0.5)
                l = f4(1e9)
                r = f4(-1e9)
                if (ya <= py) != (yb <= py):
                    q = xa + (py - ya) * s1
                    l = min(l, q)
                    r = max(r, q)
                if (yb <= py) != (yc <= py):
                    q = xb + (py - yb) * s2
                    l = min(l, q)
                    r = max(r, q)
                if (yc <= py) != (ya <= py):
                    q = xc + (py - yc) * s3
                    l = min(l, q)
                    r = max(r, q)
                x0 = max(int(ceil(l - f4(0.5))), 0)
                x1 = min(int(ceil(r - f4(0.5))), w)
                z = Z[a] + (f4(x0) + f4(0.5) - xa) * gx + (py - ya) * gy
                for x in range(x0, x1):
                    if z > zb[y, x]:
                        zb[y, x] = z
                        ib[y, x] = t
                    z += gx
