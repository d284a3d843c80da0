"""Colour of a point of the figure, and of the picture."""

from __future__ import annotations

from math import floor, sqrt

import numpy as np
from numba import prange
from numpy.typing import NDArray

from recoup.film.draw.compiled import Floats, Ints, compiled, f4, inlined, parallel
from recoup.film.draw.shadow import boxsum


@compiled
def noise(x: int, y: int) -> f4:
    """Return a fixed pattern from 0 to 1: rounding with it leaves no bands in soft gradients."""
    v = f4(0.06711056) * f4(x) + f4(0.00583715) * f4(y)
    v = f4(52.9829189) * (v - floor(v))
    return v - floor(v)


@inlined
def tone(r: f4, g: f4, b: f4, lut: Floats) -> tuple[f4, f4, f4]:
    """Map linear light to sRGB 0 to 255 (Khronos PBR Neutral, exposure 0.92)."""
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
        lut[int(max(min(r, f4(1)), f4(0)) * 4096)],
        lut[int(max(min(g, f4(1)), f4(0)) * 4096)],
        lut[int(max(min(b, f4(1)), f4(0)) * 4096)],
    )


@compiled
def shade(
    t: int,
    sx: f4,
    sy: f4,
    X: Floats,
    Y: Floats,
    Z: Floats,
    F: Ints,
    V: Floats,
    N: Floats,
    C: Floats,
    G: Floats,
    cam: Floats,
    ld: Floats,
    rd: Floats,
    kc: Floats,
    rc: Floats,
    sky: Floats,
    gnd: Floats,
    LA: Floats,
    zl: Floats,
    tex: f4,
    ao: f4,
    lut: Floats,
) -> tuple[f4, f4, f4]:
    a, b, c = F[t, 0], F[t, 1], F[t, 2]
    ar = (X[b] - X[a]) * (Y[c] - Y[a]) - (X[c] - X[a]) * (Y[b] - Y[a])
    w1 = ((sx - X[a]) * (Y[c] - Y[a]) - (X[c] - X[a]) * (sy - Y[a])) / ar
    w2 = ((X[b] - X[a]) * (sy - Y[a]) - (sx - X[a]) * (Y[b] - Y[a])) / ar
    w1 = min(max(w1, f4(0)), f4(1))
    w2 = min(max(w2, f4(0)), f4(1) - w1)
    w0 = (f4(1) - w1 - w2) * Z[a]
    w1 *= Z[b]
    w2 *= Z[c]
    k = f4(1) / (w0 + w1 + w2)
    w0 *= k
    w1 *= k
    w2 *= k
    nx = w0 * N[a, 0] + w1 * N[b, 0] + w2 * N[c, 0]
    ny = w0 * N[a, 1] + w1 * N[b, 1] + w2 * N[c, 1]
    nz = w0 * N[a, 2] + w1 * N[b, 2] + w2 * N[c, 2]
    px = w0 * V[a, 0] + w1 * V[b, 0] + w2 * V[c, 0]
    py = w0 * V[a, 1] + w1 * V[b, 1] + w2 * V[c, 1]
    pz = w0 * V[a, 2] + w1 * V[b, 2] + w2 * V[c, 2]
    vx, vy, vz = cam[0] - px, cam[1] - py, cam[2] - pz
    l = f4(1) / sqrt(vx * vx + vy * vy + vz * vz)
    vx *= l
    vy *= l
    vz *= l
    l = f4(1) / sqrt(nx * nx + ny * ny + nz * nz + f4(1e-12))
    nv = (nx * vx + ny * vy + nz * vz) * l
    if ar > 0 and nv < f4(-0.15):
        nv = -nv
        l = -l  # cloth seen from inside
    nv = max(nv, f4(0))
    nx *= l
    ny *= l
    nz *= l
    kd = nx * ld[0] + ny * ld[1] + nz * ld[2]
    sh = f4(0)
    glos = G[a, 0]
    wrap = G[a, 1]
    if (
        kd > -wrap
    ):  # self shadow: 3x3 bilinear PCF in the light's z-buffer, pushed out along the normal
        ox, oy, oz = px + nx * f4(0.012), py + ny * f4(0.012), pz + nz * f4(0.012)
        u = LA[0, 0] * ox + LA[0, 1] * oy + LA[0, 2] * oz + LA[0, 3] - f4(0.5)
        v = LA[1, 0] * ox + LA[1, 1] * oy + LA[1, 2] * oz + LA[1, 3] - f4(0.5)
        d = LA[2, 0] * ox + LA[2, 1] * oy + LA[2, 2] * oz + f4(0.004)
        iu = int(floor(u))
        iv = int(floor(v))
        fu = u - iu
        fv = v - iv
        n = len(zl)
        if iu >= 1 and iv >= 1 and iu < n - 3 and iv < n - 3:
            for q in range(-1, 3):
                wy = f4(1) if -1 < q < 2 else (f4(1) - fv if q == -1 else fv)
                for p in range(-1, 3):
                    if zl[iv + q, iu + p] < d:
                        sh += wy * (f4(1) if -1 < p < 2 else (f4(1) - fu if p == -1 else fu))
            sh *= f4(1 / 9.0)
        else:
            sh = f4(1)
    dk = max(kd, f4(0))
    dw = max((kd + wrap) / ((1 + wrap) * (1 + wrap)), f4(0))
    hx, hy, hz = ld[0] + vx, ld[1] + vy, ld[2] + vz
    l = f4(1) / sqrt(hx * hx + hy * hy + hz * hz)
    nh = max((nx * hx + ny * hy + nz * hz) * l, f4(0))
    e = nh * nh
    e *= e
    e *= e
    e *= e
    sp = glos * dk * sh * e * (f4(0.5) + f4(0.5) * e)
    dr = max(nx * rd[0] + ny * rd[1] + nz * rd[2], f4(0))
    up = f4(0.5) + f4(0.5) * ny
    fr = f4(1) - nv
    fr *= fr
    fr *= fr
    near = min(max(py * f4(4) + f4(0.25), f4(0)), f4(1))
    g = ao * (f4(1) - up) * (f4(0.35) + f4(0.65) * near)
    s = ao * up
    ks = dw * sh
    kr = dk * sh * wrap * f4(0.3)
    A0 = s * sky[0] + g * gnd[0]
    A1 = s * sky[1] + g * gnd[1]
    A2 = s * sky[2] + g * gnd[2]
    fa = ao * (f4(0.018) + fr * f4(0.10) * (f4(0.4) + up)) + sp
    r = C[a, 0] * w0 + C[b, 0] * w1 + C[c, 0] * w2
    gg = C[a, 1] * w0 + C[b, 1] * w1 + C[c, 1] * w2
    bb = C[a, 2] * w0 + C[b, 2] * w1 + C[c, 2] * w2
    aw = f4(0.5) + f4(0.5) * ao
    return tone(
        r * (A0 + kc[0] * (ks + kr) + rc[0] * dr * aw) + fa,
        gg * (A1 + kc[1] * ks + rc[1] * dr * aw) + fa,
        bb * (A2 + kc[2] * ks + rc[2] * dr * aw) + fa,
        lut,
    )


@parallel
def composite(
    out: NDArray[np.uint8],
    back: NDArray[np.bool_],
    base: Floats,
    amb: Floats,
    key: Floats,
    wb: NDArray[np.int64],
    fb: NDArray[np.int64],
    zb: Floats,
    ib: Ints,
    S: int,
    X: Floats,
    Y: Floats,
    Z: Floats,
    F: Ints,
    mid: NDArray[np.int8],
    V: Floats,
    N: Floats,
    C: Floats,
    G: Floats,
    cam: Floats,
    Rt: Floats,
    f: f4,
    ld: Floats,
    rd: Floats,
    kc: Floats,
    rc: Floats,
    sky: Floats,
    gnd: Floats,
    LA: Floats,
    zl: Floats,
    tex: f4,
    sat: Floats,
    con: Floats,
    cg: Floats,
    soft: Floats,
    aob: Floats,
    lut: Floats,
) -> None:
    H, W = out.shape[:2]
    n = len(sat) - 1
    LT = LA * f4(0.5)
    cg0, cgs = cg[0], cg[1]
    T = con.shape[0]
    rows = wb[3] - wb[1]
    half = (rows + 1) // 2
    for yi in prange(rows):  # even rows, then odd rows: equal work for two threads
        y = wb[1] + (2 * yi if yi < half else 2 * (yi - half) + 1)
        cid = np.empty(6, np.int32)
        cz = np.empty(6, f4)
        cn = np.zeros(6, np.int32)
        for x in range(wb[0], wb[2]):
            hit = 0
            c0 = c1 = c2 = f4(0)
            ib0 = back
            nc = 0
            if fb[0] <= x * S and x * S + S <= fb[2] and fb[1] <= y * S and y * S + S <= fb[3]:
                for sample in range(S * S):
                    i = (sample * 5 + (S * S) // 2) % (S * S) if S > 1 else 0
                    t = ib[y * S + i // S, x * S + i % S]
                    if t < 0:
                        continue
                    hit += 1
                    z = zb[y * S + i // S, x * S + i % S]
                    done = False
                    for q in range(nc):
                        if mid[cid[q]] == mid[t] and abs(cz[q] - z) < f4(0.012) * z:
                            cn[q] += 1
                            done = True
                            if ib0[cid[q]] and not ib0[t]:
                                cid[q] = t
                            break
                    if not done and nc < 6:
                        cid[nc] = t
                        cz[nc] = z
                        cn[nc] = 1
                        nc += 1  # one shading per surface and pixel
                ta = f4(1)
                if hit:
                    hh, hw = aob.shape
                    ta = aob[min(y >> 1, hh - 1), min(x >> 1, hw - 1)]
                    s = f4(0)
                    m = f4(0)
                    for q in range(4):
                        ay = min(max((y >> 1) + ((q >> 1) if y & 1 else (q >> 1) - 1), 0), hh - 1)
                        ax = min(max((x >> 1) + ((q & 1) if x & 1 else (q & 1) - 1), 0), hw - 1)
                        e = aob[ay, ax]
                        if e >= 0:
                            ww = (f4(0.75) if ay == y >> 1 else f4(0.25)) * (
                                f4(0.75) if ax == x >> 1 else f4(0.25)
                            )
                            s += ww * e
                            m += ww
                    ta = s / m if m > 0 else f4(1)
                tot = 0
                for q in range(nc):
                    r, g, b = shade(
                        cid[q],
                        f4(x * S) + f4(S) * f4(0.5),
                        f4(y * S) + f4(S) * f4(0.5),
                        X,
                        Y,
                        Z,
                        F,
                        V,
                        N,
                        C,
                        G,
                        cam,
                        ld,
                        rd,
                        kc,
                        rc,
                        sky,
                        gnd,
                        LA,
                        zl,
                        tex,
                        ta,
                        lut,
                    )
                    c0 += r * cn[q]
                    c1 += g * cn[q]
                    c2 += b * cn[q]
                    tot += cn[q]
                if tot and tot < hit:
                    k = f4(hit) / tot
                    c0 *= k
                    c1 *= k
                    c2 *= k
            # The floor: a shadow that hardens where things touch, and occlusion near contacts.
            if hit < S * S:
                dx = (f4(x) + f4(0.5) - f4(W) * f4(0.5)) / f
                dy = (f4(H) * f4(0.5) - f4(y) - f4(0.5)) / f
                ry = Rt[2, 1] + dx * Rt[0, 1] + dy * Rt[1, 1]
                sh = f4(0)
                ac = f4(0)
                if ry < f4(-1e-4):
                    d = -cam[1] / ry
                    px = cam[0] + d * (Rt[2, 0] + dx * Rt[0, 0] + dy * Rt[1, 0])
                    pz = cam[2] + d * (Rt[2, 2] + dx * Rt[0, 2] + dy * Rt[1, 2])
                    u = LT[0, 0] * px + LT[0, 2] * pz + LT[0, 3]
                    v = LT[1, 0] * px + LT[1, 2] * pz + LT[1, 3]
                    R0 = soft[0]
                    if -R0 < u < n + R0 and -R0 < v < n + R0:
                        c = boxsum(sat, u, v, R0, 0, n)
                        if c > f4(0.05):
                            R1 = max(soft[2], min(R0, soft[1] * boxsum(sat, u, v, R0, 1, n) / c))
                            R2 = R1 * f4(0.55)
                            sh = min(
                                f4(1),
                                max(
                                    f4(0),
                                    f4(0.5) * boxsum(sat, u, v, R1, 0, n) / (4 * R1 * R1)
                                    + f4(0.5) * boxsum(sat, u, v, R2, 0, n) / (4 * R2 * R2),
                                ),
                            )
                    gx = (px - cg0) * cgs - 0.5
                    gy = (pz - cg[2]) * cgs - 0.5
                    ix = int(floor(gx))
                    iy = int(floor(gy))
                    if 0 <= ix < T - 1 and 0 <= iy < T - 1:
                        gx -= ix
                        gy -= iy
                        ac = (con[iy, ix] * (1 - gx) + con[iy, ix + 1] * gx) * (1 - gy) + (
                            con[iy + 1, ix] * (1 - gx) + con[iy + 1, ix + 1] * gx
                        ) * gy
                k = f4(S * S - hit)
                if sh > 0.002 or ac > 0.004:
                    lk = f4(1) - sh
                    la = f4(1) - min(f4(0.75) * ac, f4(0.8))
                    r, g, b = tone(
                        amb[y, x, 0] * la + key[y, x, 0] * lk,
                        amb[y, x, 1] * la + key[y, x, 1] * lk,
                        amb[y, x, 2] * la + key[y, x, 2] * lk,
                        lut,
                    )
                    c0 += r * k
                    c1 += g * k
                    c2 += b * k
                elif hit == 0:
                    continue
                else:
                    c0 += base[y, x, 0] * k
                    c1 += base[y, x, 1] * k
                    c2 += base[y, x, 2] * k
            s = f4(1) / (S * S)
            dither = noise(x, y)
            out[y, x, 0] = np.uint8(min(c0 * s + dither, f4(255)))
            out[y, x, 1] = np.uint8(min(c1 * s + dither, f4(255)))
            out[y, x, 2] = np.uint8(min(c2 * s + dither, f4(255)))
