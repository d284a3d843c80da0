// Reads the glTF binaries that recoup.film.live writes: the parts of glTF that they use, no more.
export type Values = Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array;

export interface Accessor {
  values: Values;
  width: number;
  stride: number;
  normalised: boolean;
}

export interface Primitive {
  name: string;
  attributes: Record<string, Accessor>;
  indices: Accessor;
  colour: readonly number[];
  twoSided: boolean;
}

export interface Node {
  name: string;
  parent: number;
  translation: readonly number[];
  rotation: readonly number[];
}

export interface Channel {
  node: number;
  path: string;
  times: Float32Array;
  values: Float32Array;
}

interface Json {
  nodes: { name: string; children?: number[]; translation?: number[]; rotation?: number[] }[];
  meshes?: { name: string; primitives: { attributes: Record<string, number>; indices: number; material: number }[] }[];
  materials?: { pbrMetallicRoughness: { baseColorFactor?: number[] }; doubleSided?: boolean }[];
  skins?: { joints: number[]; inverseBindMatrices: number }[];
  animations?: {
    channels: { sampler: number; target: { node: number; path: string } }[];
    samplers: { input: number; output: number }[];
  }[];
  accessors: { bufferView: number; componentType: number; count: number; type: string; normalized?: boolean }[];
  bufferViews: { byteOffset: number; byteLength: number; byteStride?: number }[];
  extras: Record<string, unknown>;
}

const MAGIC = 0x46546c67;
const ARRAYS = {
  5120: Int8Array, 5121: Uint8Array, 5122: Int16Array, 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array,
} as const;
const FULL: Record<number, number> = { 5120: 127, 5121: 255, 5122: 32767, 5123: 65535 };
const WIDTH: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`Broken glTF file: ${what} is missing.`);
  return value;
}

export class Glb {
  readonly nodes: Node[];
  private readonly json: Json;
  private readonly start: number;

  constructor(private readonly buffer: ArrayBuffer) {
    const head = new DataView(buffer);
    if (buffer.byteLength < 20 || head.getUint32(0, true) !== MAGIC) throw new Error("This is no glTF binary.");
    const length = head.getUint32(12, true);
    this.json = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 20, length))) as Json;
    this.start = 20 + length + 8;
    this.nodes = this.json.nodes.map((node) => ({
      name: node.name, parent: -1, translation: node.translation ?? [0, 0, 0], rotation: node.rotation ?? [0, 0, 0, 1],
    }));
    this.json.nodes.forEach((node, place) => {
      for (const child of node.children ?? []) must(this.nodes[child], "a node").parent = place;
    });
  }

  get extras(): Record<string, unknown> {
    return this.json.extras;
  }

  accessor(number: number): Accessor {
    const part = must(this.json.accessors[number], "an accessor");
    const view = must(this.json.bufferViews[part.bufferView], "a view");
    const kind = must(ARRAYS[part.componentType as keyof typeof ARRAYS], "a number format");
    const width = must(WIDTH[part.type], "a row format");
    const stride = (view.byteStride ?? width * kind.BYTES_PER_ELEMENT) / kind.BYTES_PER_ELEMENT;
    const values = new kind(this.buffer, this.start + view.byteOffset, part.count * stride);
    return { values, width, stride, normalised: part.normalized === true };
  }

  // Plain numbers, shares of whole numbers worked out.
  numbers(number: number): Float32Array {
    const { values, normalised } = this.accessor(number);
    const full = normalised ? must(FULL[must(this.json.accessors[number], "an accessor").componentType], "a share") : 1;
    return Float32Array.from(values, (value) => value / full);
  }

  primitives(): Primitive[] {
    return (this.json.meshes ?? []).flatMap((mesh) =>
      mesh.primitives.map((one) => {
        const material = must(this.json.materials?.[one.material], "a material");
        const attributes: Record<string, Accessor> = {};
        for (const [name, number] of Object.entries(one.attributes)) attributes[name] = this.accessor(number);
        return {
          name: mesh.name,
          attributes,
          indices: this.accessor(one.indices),
          colour: material.pbrMetallicRoughness.baseColorFactor ?? [1, 1, 1, 1],
          twoSided: material.doubleSided === true,
        };
      }),
    );
  }

  inverseBinds(): Float32Array {
    return this.numbers(must(this.json.skins?.[0], "the skin").inverseBindMatrices);
  }

  channels(): Channel[] {
    const animation = must(this.json.animations?.[0], "the animation");
    return animation.channels.map(({ sampler, target }) => ({
      node: target.node,
      path: target.path,
      times: this.numbers(must(animation.samplers[sampler], "a sampler").input),
      values: this.numbers(must(animation.samplers[sampler], "a sampler").output),
    }));
  }
}
