// The films' shading (recoup.film.draw) for the graphics card: the same numbers, the same sums.
const HEAD = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2DShadow;
`;

const SKIN = /* glsl */ `
in vec3 position;
in vec3 normal;
in vec4 skinIndex;
in vec4 skinWeight;
uniform sampler2D bones;
vec4 row(int k) {
  ivec4 j = ivec4(skinIndex + 0.5);
  return texelFetch(bones, ivec2(k, j.x), 0) * skinWeight.x + texelFetch(bones, ivec2(k, j.y), 0) * skinWeight.y
    + texelFetch(bones, ivec2(k, j.z), 0) * skinWeight.z + texelFetch(bones, ivec2(k, j.w), 0) * skinWeight.w;
}
vec3 place;
vec3 facing;
void skin() {
  vec4 a = row(0), b = row(1), c = row(2), p = vec4(position, 1);
  place = vec3(dot(a, p), dot(b, p), dot(c, p));
  facing = normalize(vec3(dot(a.xyz, normal), dot(b.xyz, normal), dot(c.xyz, normal)) + 1e-9);
}
`;

const CAMERA = /* glsl */ `
uniform vec3 eye;
uniform mat3 axes;      // columns: right, up, ahead
uniform vec2 slope;     // half width and half height of the picture at one metre
const float NEAR = 0.2, FAR = 40.0;
vec4 projected(vec3 p) {
  vec3 v = (p - eye) * axes;
  float z = (FAR + NEAR - 2.0 * FAR * NEAR / v.z) / (FAR - NEAR);
  return vec4(v.xy / slope, z * v.z, v.z);
}
`;

const LIGHT = /* glsl */ `
uniform vec3 key;
uniform mat3 lightAxes; // columns: right, up, towards the lamp
uniform vec3 lightMiddle;
uniform float lightReach;
const float LIGHT_DEEP = 8.0;
vec3 inLight(vec3 p) {
  vec3 v = (p - lightMiddle) * lightAxes;
  return vec3(v.xy / lightReach, -v.z / LIGHT_DEEP) + 0.5;
}
`;

const TONE = /* glsl */ `
uniform float exposure;
vec3 tone(vec3 c) { // Khronos PBR Neutral, then sRGB
  c *= exposure;
  float m = min(c.r, min(c.g, c.b));
  c -= m < 0.08 ? m - 6.25 * m * m : 0.04;
  float p = max(c.r, max(c.g, c.b));
  if (p > 0.76) {
    float q = 1.0 - 0.0576 / (p - 0.52);
    c *= q / p;
    c += (q - c) * (1.0 - 1.0 / (0.15 * (p - q) + 1.0));
  }
  c = clamp(c, 0.0, 1.0);
  return mix(1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, 12.92 * c, lessThanEqual(c, vec3(0.0031308)));
}
vec4 dithered(vec3 c) { // no bands in soft gradients
  float v = fract(52.9829189 * fract(dot(floor(gl_FragCoord.xy), vec2(0.06711056, 0.00583715))));
  return vec4(c + (v - 0.5) / 255.0, 1);
}
`;

// The key light's view: depth, and for the floor what is covered and how high above it.
export const lightVertex = HEAD + SKIN + LIGHT + /* glsl */ `
out float high;
void main() {
  skin();
  high = place.y / key.y;
  gl_Position = vec4(inLight(place) * 2.0 - 1.0, 1);
}`;
export const lightFragment = HEAD + /* glsl */ `
in float high;
out vec4 found;
void main() { found = vec4(1, clamp(high / 2.5, 0.0, 1.0), 0, 1); }`;

// From below: how near the floor is everything?
export const nearVertex = HEAD + SKIN + /* glsl */ `
uniform vec3 nearGrid;  // left, front, size
out float high;
void main() {
  skin();
  high = place.y;
  gl_Position = vec4((place.xz - nearGrid.xy) / nearGrid.z * 2.0 - 1.0, clamp(high / 3.0, -0.9, 0.9), 1);
}`;
export const nearFragment = HEAD + /* glsl */ `
in float high;
out vec4 found;
void main() { found = vec4(exp(-11.0 * max(high, 0.0)), 0, 0, 1); }`;

export const screenVertex = HEAD + /* glsl */ `
in vec3 position;
void main() { gl_Position = vec4(position.xy, 0, 1); }`;

export const blurFragment = HEAD + /* glsl */ `
uniform sampler2D source;
uniform ivec2 along;
uniform int reach;
out vec4 found;
void main() {
  ivec2 size = textureSize(source, 0), at = ivec2(gl_FragCoord.xy);
  float sum = 0.0;
  for (int k = -reach; k <= reach; k++) {
    ivec2 p = at + along * k;
    if (all(greaterThanEqual(p, ivec2(0))) && all(lessThan(p, size))) sum += texelFetch(source, p, 0).r;
  }
  found = vec4(sum / float(2 * reach + 1), 0, 0, 1);
}`;

// What the camera sees, for the occlusion: which way it faces, and its depth.
export const facingVertex = HEAD + SKIN + CAMERA + /* glsl */ `
out vec3 turned;
void main() {
  skin();
  turned = facing * axes;
  gl_Position = projected(place);
}`;
export const facingFragment = HEAD + /* glsl */ `
in vec3 turned;
out vec4 found;
void main() {
  vec3 n = normalize(turned);
  found = vec4((n.z > 0.0 ? -n : n) * 0.5 + 0.5, 1);
}`;

export const occlusionFragment = HEAD + /* glsl */ `
uniform sampler2D facings;
uniform sampler2D depths;
uniform vec2 slope;
uniform float radius;
out vec4 found;
const float NEAR = 0.2, FAR = 40.0;
float deep(ivec2 at) {
  float z = texelFetch(depths, at, 0).r * 2.0 - 1.0;
  return 2.0 * FAR * NEAR / (FAR + NEAR - z * (FAR - NEAR));
}
void main() {
  ivec2 size = textureSize(facings, 0), at = ivec2(gl_FragCoord.xy);
  vec4 seen = texelFetch(facings, at, 0);
  if (seen.a < 0.5) { found = vec4(0); return; }
  vec2 k = slope * 2.0 / vec2(size);
  vec2 middle = vec2(size) * 0.5;
  float d = deep(at);
  vec3 p = vec3((gl_FragCoord.xy - middle) * k * d, d);
  vec3 n = normalize(seen.xyz * 2.0 - 1.0);
  float reach = radius / (k.y * d), o = 0.0;
  float turn = float((at.x & 3) * 4 + (at.y & 3)) * 0.3927;
  vec2 way = vec2(cos(turn), sin(turn));
  for (int i = 0; i < 16; i++) {
    ivec2 q = ivec2(gl_FragCoord.xy + reach * sqrt((float(i) + 0.5) / 16.0) * way);
    way = vec2(way.x * -0.7373688 - way.y * 0.6754903, way.y * -0.7373688 + way.x * 0.6754903);
    if (any(lessThan(q, ivec2(0))) || any(greaterThanEqual(q, size))) continue;
    if (texelFetch(facings, q, 0).a < 0.5) continue;
    float e = deep(q);
    vec3 v = vec3((vec2(q) + 0.5 - middle) * k * e, e) - p;
    float vv = dot(v, v);
    o += max(0.0, dot(v, n) / sqrt(vv + 1e-8) - 0.12) * max(0.0, 1.0 - vv / (radius * radius * 1.7));
  }
  found = vec4(max(0.0, 1.0 - o / 16.0 * 2.1), 1, 0, 1);
}`;

export const softenFragment = HEAD + /* glsl */ `
uniform sampler2D source;
out vec4 found;
void main() {
  ivec2 size = textureSize(source, 0), at = ivec2(gl_FragCoord.xy);
  vec2 sum = vec2(0);
  for (int v = -2; v < 2; v++) for (int u = -2; u < 2; u++) {
    ivec2 p = clamp(at + ivec2(u, v), ivec2(0), size - 1);
    vec2 one = texelFetch(source, p, 0).rg;
    sum += vec2(one.r * one.g, one.g);
  }
  float own = texelFetch(source, at, 0).g;
  found = vec4(sum.g > 0.0 ? sum.r / sum.g * own : 0.0, own, 0, 1);
}`;

// The floor, the mat, the haze behind, and the figure's shadow on them.
export const roomFragment = HEAD + CAMERA + LIGHT + TONE + /* glsl */ `
uniform vec2 size;
uniform vec3 floorColour, matColour, haze, floorAmbient, floorKey;
uniform vec4 mat;       // middle and half sizes; no mat when the sizes are 0
uniform float matRound;
uniform sampler2D shadow;
uniform sampler2D nearMap;
uniform vec3 nearGrid;
out vec4 picture;
float outside(vec2 p) {
  vec2 a = abs(p - mat.xy) - mat.zw + matRound;
  return length(max(a, 0.0)) + min(max(a.x, a.y), 0.0) - matRound;
}
vec2 around(vec2 uv, float r) { // mean cover and height over a square
  float step_ = r * 0.5 / lightReach;
  float lod = max(0.0, log2(step_ * float(textureSize(shadow, 0).x)));
  vec2 sum = vec2(0);
  for (int j = 0; j < 4; j++) for (int i = 0; i < 4; i++) {
    sum += textureLod(shadow, uv + (vec2(i, j) - 1.5) * step_, lod).rg;
  }
  return sum / 16.0;
}
float shade(vec3 p) {
  vec2 uv = inLight(p).xy;
  if (any(lessThan(uv, vec2(-0.03))) || any(greaterThan(uv, vec2(1.03)))) return 0.0;
  const float WIDEST = 0.06, LEAST = 0.004;
  vec2 seen = around(uv, WIDEST);
  if (seen.x < 0.0002) return 0.0;
  float r = clamp(WIDEST * seen.y * 2.5 / seen.x, LEAST, WIDEST);
  return clamp(0.5 * around(uv, r).x + 0.5 * around(uv, r * 0.55).x, 0.0, 1.0);
}
void main() {
  vec2 at = (gl_FragCoord.xy / size * 2.0 - 1.0) * slope;
  vec3 ray = axes * vec3(at, 1);
  float mist = 1.0;
  vec3 ambient = vec3(0), lit = vec3(0);
  float sh = 0.0, ac = 0.0;
  if (ray.y < -1e-4) {
    float d = -eye.y / ray.y;
    vec2 p = eye.xz + d * ray.xz;
    mist = clamp((d - 4.5) / 8.0, 0.0, 1.0);
    mist = mist * mist * (3.0 - 2.0 * mist);
    float m = 0.0, e = 0.0;
    if (mat.z > 0.0) {
      float pixel = d * slope.y * 2.0 / size.y * 1.2;
      m = clamp(0.5 - outside(p) / pixel, 0.0, 1.0);
      float below = -(eye.y + 0.012) / ray.y;
      e = max(clamp(0.5 - outside(eye.xz + below * ray.xz) / pixel, 0.0, 1.0) - m, 0.0);
    }
    vec3 c = (1.0 - m - e) * floorColour + (m + 0.55 * e) * matColour;
    lit = c * floorKey;
    ambient = c * floorAmbient + 0.035;
    sh = shade(vec3(p.x, 0, p.y));
    vec2 n = (p - nearGrid.xy) / nearGrid.z;
    if (all(greaterThan(n, vec2(0.003))) && all(lessThan(n, vec2(0.997)))) ac = texture(nearMap, n).r;
  }
  float k = 1.0 - mist;
  mist *= 1.0 - 0.16 * min(max(ray.y, 0.0) * 2.2, 1.0);
  vec3 c = (ambient * k + mist * haze) * (1.0 - min(0.75 * ac, 0.8)) + lit * k * (1.0 - sh);
  picture = dithered(tone(c));
}`;

export const bodyVertex = HEAD + SKIN + CAMERA + /* glsl */ `
in vec4 color;
uniform vec3 baseColour;
uniform float glowing;
in float lit;
out vec3 at;
out vec3 turned;
out vec3 paint;
out float glow;
void main() {
  skin();
  at = place;
  turned = facing;
  paint = baseColour;
#ifdef COLOURS
  paint *= color.rgb;
#endif
  glow = lit * glowing;
  gl_Position = projected(place);
}`;

export const bodyFragment = HEAD + LIGHT + TONE + /* glsl */ `
in vec3 at;
in vec3 turned;
in vec3 paint;
in float glow;
uniform vec3 eye;
uniform vec2 size;
uniform vec2 gloss;     // shine, wrap
uniform vec3 glowColour;
uniform vec3 rim, keyColour, rimColour, sky, ground;
uniform sampler2DShadow shadowDepth;
uniform sampler2D open;
uniform bool occluded;
out vec4 picture;
float keySeen(vec3 n) {
  vec3 p = inLight(at + n * 0.012);
  float cell = 1.0 / float(textureSize(shadowDepth, 0).x);
  if (any(lessThan(p.xy, vec2(2.0 * cell))) || any(greaterThan(p.xy, vec2(1.0 - 3.0 * cell)))) return 1.0;
  float z = p.z - 0.004 / LIGHT_DEEP, sum = 0.0;
  for (int j = -1; j <= 1; j++) for (int i = -1; i <= 1; i++) {
    sum += texture(shadowDepth, vec3(p.xy + vec2(i, j) * cell, z));
  }
  return sum / 9.0;
}
void main() {
  vec3 n = normalize(turned), v = normalize(eye - at);
  float nv = dot(n, v);
  if (!gl_FrontFacing && nv < -0.15) { nv = -nv; n = -n; } // cloth seen from inside
  nv = max(nv, 0.0);
  float ao = 1.0;
  if (occluded) {
    vec2 o = texture(open, gl_FragCoord.xy / size).rg;
    if (o.g > 0.0) ao = o.r / o.g;
  }
  float wrap = gloss.y, kd = dot(n, key), sh = kd > -wrap ? keySeen(n) : 0.0;
  float dk = max(kd, 0.0), dw = max((kd + wrap) / ((1.0 + wrap) * (1.0 + wrap)), 0.0);
  float nh = max(dot(n, normalize(key + v)), 0.0);
  float e = pow(nh, 16.0);
  float shine = gloss.x * dk * sh * e * (0.5 + 0.5 * e);
  float dr = max(dot(n, rim), 0.0), up = 0.5 + 0.5 * n.y;
  float fr = pow(1.0 - nv, 4.0);
  float low = clamp(at.y * 4.0 + 0.25, 0.0, 1.0);
  float g = ao * (1.0 - up) * (0.35 + 0.65 * low), s = ao * up;
  float ks = dw * sh, kr = dk * sh * wrap * 0.3;
  vec3 ambient = s * sky + g * ground;
  float fa = ao * (0.018 + fr * 0.10 * (0.4 + up)) + shine;
  vec3 c = mix(paint, glowColour, glow);
  vec3 light = ambient + keyColour * (ks + vec3(kr, 0, 0)) + rimColour * dr * (0.5 + 0.5 * ao);
  picture = dithered(tone(c * light + fa));
}`;
