// One cycle of a motion: from a time to the transforms that the figure's vertices are moved by.
import type { Glb } from "./glb";
import type { Extras } from "./studio";

export class Motion {
  readonly extras: Extras;
  readonly seconds: number;
  readonly points: Float32Array;
  // Three rows of four numbers by segment, then by prop.
  readonly rows: Float32Array;
  // When the frames are that `turns` and `paths` hold, in seconds; all channels share them.
  private readonly times: Float32Array;
  private readonly turns: (Float32Array | undefined)[];
  private readonly paths: (Float32Array | undefined)[];
  private readonly root: Float32Array;
  private readonly breath: Float32Array;
  private readonly flesh: readonly { n: number; added: readonly number[]; shares: Float32Array }[];
  private readonly rest: Float32Array;
  private readonly world: { turn: Float32Array; place: Float32Array };
  private readonly count: number;
  private readonly bound: { low: Float32Array; size: number };

  constructor(private readonly file: Glb, body: Glb) {
    this.extras = file.extras as unknown as Extras;
    if (body.extras.body !== this.extras.body) throw new Error("The motion was made for another body.");
    this.seconds = this.extras.seconds;
    this.points = file.numbers(this.extras.points);
    this.breath = file.numbers(this.extras.breath);
    this.flesh = this.extras.flesh.map(([n, added, shares]) => ({ n, added, shares: file.numbers(shares) }));
    const bind = body.inverseBinds();
    this.count = bind.length / 16;
    const nodes = file.nodes.length;
    this.turns = new Array<Float32Array | undefined>(nodes).fill(undefined);
    this.paths = new Array<Float32Array | undefined>(nodes).fill(undefined);
    const channels = file.channels();
    this.times = channels[0]?.times ?? Float32Array.of(0, this.seconds);
    for (const { node, path, values } of channels) {
      if (path === "rotation") this.turns[node] = values;
      else this.paths[node] = values;
    }
    this.root = this.paths[0] ?? new Float32Array(this.times.length * 3);
    this.rest = new Float32Array(this.count * 3);
    for (let k = 0; k < this.count; k++) {
      const { parent, translation } = file.nodes[k]!;
      for (let i = 0; i < 3; i++) {
        this.rest[k * 3 + i] = translation[i]! + (parent < 0 ? 0 : this.rest[parent * 3 + i]!);
      }
    }
    const low = Float32Array.from([0, 1, 2], (i) => bind[12 + i]! + this.rest[i]!);
    this.bound = { low, size: bind[0]! };
    this.world = { turn: new Float32Array(this.count * 9), place: new Float32Array(this.count * 3) };
    this.rows = new Float32Array(nodes * 12);
  }

  // How many segments there are: the row of the first prop.
  get segments(): number {
    return this.count;
  }

  // Work out `rows` at a time in seconds; the cycle goes on for ever.
  pose(time: number): void {
    const at = ((time % this.seconds) + this.seconds) % this.seconds;
    const k = this.before(at);
    const share = Math.min((at - this.times[k]!) / (this.times[k + 1]! - this.times[k]!), 1);
    this.place(k, share);
    const { turn, place } = this.world;
    const { low, size } = this.bound;
    for (let n = 0; n < this.count; n++) {
      for (let i = 0; i < 3; i++) {
        let shift = place[n * 3 + i]!;
        for (let j = 0; j < 3; j++) {
          const r = turn[n * 9 + i * 3 + j]!;
          this.rows[n * 12 + i * 4 + j] = r * size;
          shift += r * (low[j]! - this.rest[n * 3 + j]!);
        }
        this.rows[n * 12 + i * 4 + 3] = shift;
      }
    }
    this.press(at);
    this.props(k, share);
  }

  // Return the last frame that is not after `at`, never the very last.
  private before(at: number): number {
    let low = 0;
    let high = this.times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  // Add what breath and pressed flesh do to segments; both stand on an even clock of their own.
  private press(at: number): void {
    const breath = this.even(this.breath, at);
    for (const [n, added] of this.extras.breathing) this.add(n, added, breath);
    for (const { n, added, shares } of this.flesh) this.add(n, added, this.even(shares, at));
  }

  private even(values: Float32Array, at: number): number {
    const place = (at / this.seconds) * (values.length - 1);
    const k = Math.min(Math.floor(place), values.length - 2);
    return values[k]! * (k + 1 - place) + values[k + 1]! * (place - k);
  }

  private props(k: number, share: number): void {
    const q = new Float32Array(4);
    const turn = new Float32Array(9);
    for (let n = this.count; n < this.file.nodes.length; n++) {
      const { translation, rotation } = this.file.nodes[n]!;
      const path = this.paths[n];
      mix(q, this.turns[n], rotation, k, share);
      matrix(q, turn);
      for (let i = 0; i < 3; i++) {
        this.rows.set(turn.subarray(i * 3, i * 3 + 3), n * 12 + i * 4);
        const at = path ? path[k * 3 + i]! * (1 - share) + path[(k + 1) * 3 + i]! * share : translation[i]!;
        this.rows[n * 12 + i * 4 + 3] = at;
      }
    }
  }

  private place(k: number, share: number): void {
    const { turn, place } = this.world;
    const q = new Float32Array(4);
    const local = new Float32Array(9);
    for (let n = 0; n < this.count; n++) {
      const { parent, translation, rotation } = this.file.nodes[n]!;
      mix(q, this.turns[n], rotation, k, share);
      matrix(q, local);
      for (let i = 0; i < 3; i++) {
        if (parent < 0) {
          place[n * 3 + i] = this.root[k * 3 + i]! * (1 - share) + this.root[(k + 1) * 3 + i]! * share;
          for (let j = 0; j < 3; j++) turn[n * 9 + i * 3 + j] = local[i * 3 + j]!;
          continue;
        }
        let at = place[parent * 3 + i]!;
        for (let j = 0; j < 3; j++) {
          at += turn[parent * 9 + i * 3 + j]! * translation[j]!;
          let sum = 0;
          for (let m = 0; m < 3; m++) sum += turn[parent * 9 + i * 3 + m]! * local[m * 3 + j]!;
          turn[n * 9 + i * 3 + j] = sum;
        }
        place[n * 3 + i] = at;
      }
    }
  }

  // Add a share of a change at rest to a segment's rows.
  private add(n: number, added: readonly number[], share: number): void {
    if (share === 0) return;
    const { turn } = this.world;
    const { low, size } = this.bound;
    for (let i = 0; i < 3; i++) {
      for (let m = 0; m < 3; m++) {
        const r = turn[n * 9 + i * 3 + m]! * share;
        let shift = added[m * 4 + 3]!;
        for (let j = 0; j < 3; j++) {
          this.rows[n * 12 + i * 4 + j]! += r * added[m * 4 + j]! * size;
          shift += added[m * 4 + j]! * low[j]!;
        }
        this.rows[n * 12 + i * 4 + 3]! += r * shift;
      }
    }
  }
}

function mix(to: Float32Array, turns: Float32Array | undefined, rest: readonly number[], k: number, share: number): void {
  let length = 0;
  for (let i = 0; i < 4; i++) {
    to[i] = turns ? turns[k * 4 + i]! * (1 - share) + turns[(k + 1) * 4 + i]! * share : rest[i]!;
    length += to[i]! * to[i]!;
  }
  for (let i = 0; i < 4; i++) to[i]! /= Math.sqrt(length);
}

function matrix(q: Float32Array, to: Float32Array): void {
  const x = q[0]!, y = q[1]!, z = q[2]!, w = q[3]!;
  to[0] = 1 - 2 * (y * y + z * z); to[1] = 2 * (x * y - w * z); to[2] = 2 * (x * z + w * y);
  to[3] = 2 * (x * y + w * z); to[4] = 1 - 2 * (x * x + z * z); to[5] = 2 * (y * z - w * x);
  to[6] = 2 * (x * z - w * y); to[7] = 2 * (y * z + w * x); to[8] = 1 - 2 * (x * x + y * y);
}
