// Paints the figure in its room with three.js: the films' light, shadow and colours.
import {
  BufferAttribute, BufferGeometry, Camera, Color, DataTexture, DepthTexture, DoubleSide, FloatType, FrontSide, GLSL3,
  InterleavedBuffer, InterleavedBufferAttribute, LessEqualCompare, LinearFilter, LinearMipmapLinearFilter, Material,
  Matrix3, Mesh, NearestFilter, NoToneMapping, RawShaderMaterial, RGBAFormat, Scene, UnsignedByteType,
  UnsignedIntType, Vector2, Vector3, Vector4, WebGLRenderer, WebGLRenderTarget, type IUniform,
} from "three";
import type { Place } from "./camera";
import type { Accessor, Glb, Primitive } from "./glb";
import type { Motion } from "./motion";
import * as shaders from "./shaders";
import type { Glow } from "./studio";

type Uniforms = Record<string, IUniform>;

export interface Quality {
  occlusion: boolean;
  lightCells?: number;
}

export class Painter {
  readonly renderer: WebGLRenderer;
  quality: Quality;
  glow = 0;
  private readonly all: Uniforms;
  private readonly figure = new Scene();
  private readonly screen = new Scene();
  private readonly eye = new Camera();
  private readonly bones: DataTexture;
  private readonly light: WebGLRenderTarget;
  private readonly near: [WebGLRenderTarget, WebGLRenderTarget];
  private readonly seen: WebGLRenderTarget;
  private readonly open: [WebGLRenderTarget, WebGLRenderTarget];
  private readonly inLight: RawShaderMaterial;
  private readonly fromBelow: RawShaderMaterial;
  private readonly facing: RawShaderMaterial;
  private readonly blur: RawShaderMaterial;
  private readonly occlude: RawShaderMaterial;
  private readonly soften: RawShaderMaterial;
  private readonly room: RawShaderMaterial;
  private readonly sheet: Mesh<BufferGeometry, Material>;

  constructor(canvas: HTMLCanvasElement, body: Glb, motionFile: Glb, private readonly motion: Motion, quality: Quality) {
    this.quality = quality;
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: false, powerPreference: "high-performance" });
    this.renderer.autoClear = false;
    this.renderer.toneMapping = NoToneMapping; // in the shaders, before the samples are mixed
    const { studio, glow } = motion.extras;
    const cells = quality.lightCells ?? studio.lightCells;
    const size = motion.rows.length / 12;
    this.bones = new DataTexture(motion.rows, 3, size, RGBAFormat, FloatType);
    this.bones.magFilter = this.bones.minFilter = NearestFilter;

    this.light = target(cells, cells, true);
    this.light.texture.generateMipmaps = true;
    this.light.texture.minFilter = LinearMipmapLinearFilter;
    const depth = this.light.depthTexture!;
    depth.compareFunction = LessEqualCompare;
    depth.minFilter = depth.magFilter = LinearFilter;
    const grid = studio.nearFloor[0];
    this.near = [target(grid, grid, true), target(grid, grid, false)];
    this.seen = target(2, 2, true);
    this.seen.texture.minFilter = this.seen.texture.magFilter = NearestFilter;
    this.open = [target(2, 2, false), target(2, 2, false)];

    this.all = uniforms(motion, this.bones, this.light, this.near[0], this.open[1]);
    const skinned = (vertexShader: string, fragmentShader: string): RawShaderMaterial =>
      new RawShaderMaterial({ glslVersion: GLSL3, uniforms: this.all, vertexShader, fragmentShader, side: DoubleSide });
    this.inLight = skinned(shaders.lightVertex, shaders.lightFragment);
    this.fromBelow = skinned(shaders.nearVertex, shaders.nearFragment);
    this.facing = skinned(shaders.facingVertex, shaders.facingFragment);
    const flat = (fragmentShader: string, own: Uniforms): RawShaderMaterial =>
      new RawShaderMaterial({
        glslVersion: GLSL3, uniforms: { ...this.all, ...own }, vertexShader: shaders.screenVertex, fragmentShader,
        depthTest: false, depthWrite: false,
      });
    this.blur = flat(shaders.blurFragment, { source: { value: null }, along: { value: [1, 0] }, reach: { value: 4 } });
    this.occlude = flat(shaders.occlusionFragment, {
      facings: { value: this.seen.texture }, depths: { value: this.seen.depthTexture },
    });
    this.soften = flat(shaders.softenFragment, { source: { value: this.open[0].texture } });
    this.room = flat(shaders.roomFragment, {});

    const corners = new BufferGeometry();
    corners.setAttribute("position", new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
    this.sheet = new Mesh(corners, this.room as Material);
    this.sheet.frustumCulled = false;
    this.screen.add(this.sheet);
    const figure = body.primitives();
    const lit = shares(motionFile, glow, figure.reduce((sum, one) => sum + vertices(one), 0));
    let begin = 0;
    for (const one of figure) {
      const count = vertices(one);
      this.add(one, lit.slice(begin, begin + count));
      begin += count;
    }
    motionFile.primitives().forEach((one, k) => {
      this.add(moved(one, motion.segments + k), new Float32Array(vertices(one)));
    });
  }

  private add(one: Primitive, lit: Float32Array): void {
    const geometry = new BufferGeometry();
    for (const [name, ours] of NAMES) {
      const found = one.attributes[name];
      if (found) geometry.setAttribute(ours, attribute(found));
    }
    geometry.setAttribute("lit", new BufferAttribute(lit, 1));
    geometry.setIndex(new BufferAttribute(one.indices.values, 1));
    const { gloss } = this.motion.extras.studio;
    const colours = "COLOR_0" in one.attributes;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      uniforms: {
        ...this.all,
        baseColour: { value: new Vector3(...one.colour.slice(0, 3)) },
        gloss: { value: new Vector2(...(gloss[one.name] ?? gloss[""] ?? [0, 0])) },
      },
      vertexShader: shaders.bodyVertex,
      fragmentShader: shaders.bodyFragment,
      defines: colours ? { COLOURS: "" } : {},
      side: one.twoSided ? DoubleSide : FrontSide,
    });
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    this.figure.add(mesh);
  }

  resize(width: number, height: number): void {
    this.renderer.setSize(width, height, false);
    const half: [number, number] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    for (const one of [this.seen, ...this.open]) one.setSize(...half);
    (this.all.size!.value as Vector2).set(width, height);
  }

  look(place: Place, field: number): void {
    const { right, up, ahead, position } = place;
    (this.all.eye!.value as Vector3).set(...position);
    (this.all.axes!.value as Matrix3).set(right[0], up[0], ahead[0], right[1], up[1], ahead[1], right[2], up[2], ahead[2]);
    const size = this.all.size!.value as Vector2;
    const high = Math.tan((field * Math.PI) / 360);
    (this.all.slope!.value as Vector2).set((high * size.x) / size.y, high);
  }

  // Paint the moment that `motion.pose` worked out last.
  paint(): void {
    const { renderer } = this;
    this.bones.needsUpdate = true;
    this.all.glowing!.value = this.glow;
    this.all.occluded!.value = this.quality.occlusion;
    this.draw(this.figure, this.inLight, this.light, 0);
    this.draw(this.figure, this.fromBelow, this.near[0], 0);
    for (const reach of [4, 7]) {
      this.smooth(this.near[0], this.near[1], [1, 0], reach);
      this.smooth(this.near[1], this.near[0], [0, 1], reach);
    }
    if (this.quality.occlusion) {
      this.draw(this.figure, this.facing, this.seen, 0);
      this.over(this.occlude, this.open[0]);
      this.over(this.soften, this.open[1]);
    }
    this.figure.overrideMaterial = null;
    renderer.setRenderTarget(null);
    renderer.clear();
    this.sheet.material = this.room;
    renderer.render(this.screen, this.eye);
    renderer.render(this.figure, this.eye);
  }

  private draw(scene: Scene, material: Material, to: WebGLRenderTarget, alpha: number): void {
    scene.overrideMaterial = material;
    this.renderer.setRenderTarget(to);
    this.renderer.setClearColor(BLACK, alpha);
    this.renderer.clear();
    this.renderer.render(scene, this.eye);
  }

  private smooth(from: WebGLRenderTarget, to: WebGLRenderTarget, along: [number, number], reach: number): void {
    this.blur.uniforms.source!.value = from.texture;
    this.blur.uniforms.along!.value = along;
    this.blur.uniforms.reach!.value = reach;
    this.over(this.blur, to);
  }

  private over(material: Material, to: WebGLRenderTarget): void {
    this.sheet.material = material;
    this.renderer.setRenderTarget(to);
    this.renderer.render(this.screen, this.eye);
  }

  // Wait until the picture is there: without it, time between frames says nothing of a hidden canvas.
  settle(): void {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  dispose(): void {
    for (const one of [this.light, ...this.near, this.seen, ...this.open]) {
      one.depthTexture?.dispose();
      one.dispose();
    }
    this.figure.traverse((one) => {
      if (!(one instanceof Mesh)) return;
      (one.geometry as BufferGeometry).dispose();
      (one.material as Material).dispose();
    });
    this.sheet.geometry.dispose();
    const materials = [this.inLight, this.fromBelow, this.facing, this.blur, this.occlude, this.soften, this.room];
    for (const one of materials) one.dispose();
    this.bones.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}

const BLACK = new Color(0, 0, 0);
const NAMES = [
  ["POSITION", "position"], ["NORMAL", "normal"], ["JOINTS_0", "skinIndex"], ["WEIGHTS_0", "skinWeight"],
  ["COLOR_0", "color"],
] as const;

function target(width: number, height: number, depth: boolean): WebGLRenderTarget {
  const found = new WebGLRenderTarget(width, height, {
    type: UnsignedByteType, minFilter: LinearFilter, magFilter: LinearFilter, depthBuffer: depth,
  });
  if (depth) found.depthTexture = new DepthTexture(width, height, UnsignedIntType);
  return found;
}

function attribute(one: Accessor): BufferAttribute | InterleavedBufferAttribute {
  if (one.stride === one.width) return new BufferAttribute(one.values, one.width, one.normalised);
  return new InterleavedBufferAttribute(new InterleavedBuffer(one.values, one.stride), one.width, 0, one.normalised);
}

function vertices(one: Primitive): number {
  const place = one.attributes.POSITION!;
  return place.values.length / place.stride;
}

// How much each vertex of the body glows.
function shares(file: Glb, glow: Glow, count: number): Float32Array {
  const found = new Float32Array(count);
  if (glow.at === null || glow.share === null) return found;
  const share = file.numbers(glow.share);
  file.numbers(glow.at).forEach((vertex, k) => (found[vertex] = share[k]!));
  return found;
}

// A prop has a row of its own.
function moved(one: Primitive, row: number): Primitive {
  const count = vertices(one);
  const index = new Uint8Array(count * 4).fill(row);
  const weight = new Uint8Array(count * 4);
  for (let k = 0; k < count; k++) weight[k * 4] = 255;
  const of = (values: Uint8Array, normalised: boolean): Accessor => ({ values, width: 4, stride: 4, normalised });
  return { ...one, attributes: { ...one.attributes, JOINTS_0: of(index, false), WEIGHTS_0: of(weight, true) } };
}

function uniforms(
  motion: Motion, bones: DataTexture, light: WebGLRenderTarget, near: WebGLRenderTarget, open: WebGLRenderTarget,
): Uniforms {
  const { studio, glow, box } = motion.extras;
  const vector = (v: readonly number[]): IUniform => ({ value: new Vector3(v[0], v[1], v[2]) });
  const lamp = new Vector3(...studio.key);
  const right = new Vector3(0, 1, 0).cross(lamp).normalize();
  const up = lamp.clone().cross(right);
  const [low, high] = box.map((corner) => new Vector3(...corner)) as [Vector3, Vector3];
  const middle = low.clone().add(high).multiplyScalar(0.5);
  // Whole quarter metres, as in the films.
  middle.set(Math.round(middle.x * 4) / 4, Math.round(middle.y * 4) / 4, Math.round(middle.z * 4) / 4);
  let reach = studio.lightReach;
  for (let k = 0; k < 8; k++) {
    const corner = new Vector3(k & 1 ? high.x : low.x, k & 2 ? high.y : low.y, k & 4 ? high.z : low.z).sub(middle);
    reach = Math.max(reach, 2.1 * Math.abs(corner.dot(right)), 2.1 * Math.abs(corner.dot(up)));
  }
  const [, wide] = studio.nearFloor;
  const [x, z] = studio.mat ?? [middle.x, middle.z];
  return {
    bones: { value: bones },
    eye: { value: new Vector3() },
    axes: { value: new Matrix3() },
    slope: { value: new Vector2(1, 1) },
    size: { value: new Vector2(1, 1) },
    key: vector(studio.key),
    keyColour: vector(studio.keyColour),
    rim: vector(studio.rim),
    rimColour: vector(studio.rimColour),
    sky: vector(studio.sky),
    ground: vector(studio.ground),
    floorColour: vector(studio.floor),
    matColour: vector(studio.matColour),
    haze: vector(studio.haze),
    floorAmbient: vector(studio.floorAmbient),
    floorKey: vector(studio.floorKey),
    mat: { value: new Vector4(...(studio.mat ?? [0, 0, 0, 0])) },
    matRound: { value: studio.matRound },
    exposure: { value: studio.exposure },
    radius: { value: studio.occlusion },
    lightAxes: { value: new Matrix3().set(right.x, up.x, lamp.x, right.y, up.y, lamp.y, right.z, up.z, lamp.z) },
    lightMiddle: { value: middle },
    lightReach: { value: reach },
    shadow: { value: light.texture },
    shadowDepth: { value: light.depthTexture },
    nearMap: { value: near.texture },
    nearGrid: { value: new Vector3(x - wide / 2, z - wide / 2, wide) },
    open: { value: open.texture },
    occluded: { value: true },
    glowing: { value: 0 },
    glowColour: vector(glow.colour),
  };
}
