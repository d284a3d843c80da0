// The films' camera: the nearest place that shows every point of the cycle with a margin.
export interface View {
  yaw: number; // degrees from the front towards the figure's left
  rise: number; // degrees up
}

export interface Place {
  position: [number, number, number];
  right: [number, number, number];
  up: [number, number, number];
  ahead: [number, number, number];
}

// At the sides, above and below: shares of the picture's width and height.
export interface Margins {
  tall: [number, number, number];
  wide: [number, number, number];
}

const RISE = { least: 3, most: 86 };

export function turned(view: View, yaw: number, rise: number): View {
  return { yaw: view.yaw + yaw, rise: Math.min(RISE.most, Math.max(RISE.least, view.rise + rise)) };
}

// As `frame` of recoup.film.draw.camera.
export function frame(points: Float32Array, view: View, aspect: number, margins: Margins, field: number): Place {
  const yaw = (view.yaw * Math.PI) / 180;
  const rise = (view.rise * Math.PI) / 180;
  const ahead: Place["ahead"] = [-Math.sin(yaw) * Math.cos(rise), -Math.sin(rise), -Math.cos(yaw) * Math.cos(rise)];
  const right: Place["right"] = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up: Place["up"] = [
    right[1] * ahead[2] - right[2] * ahead[1],
    right[2] * ahead[0] - right[0] * ahead[2],
    right[0] * ahead[1] - right[1] * ahead[0],
  ];
  const [side, above, below] = aspect < 1 ? margins.tall : margins.wide;
  const high = Math.tan((field * Math.PI) / 360);
  const wide = high * aspect * (1 - 2 * side);
  const across = new Edges(points, right, ahead, wide, wide);
  const upright = new Edges(points, up, ahead, high * (1 - 2 * below), high * (1 - 2 * above));
  const depth = Math.min(across.depth, upright.depth);
  const position: Place["position"] = [0, 0, 0];
  for (let i = 0; i < 3; i++) {
    position[i] = across.place(depth) * right[i]! + upright.place(depth) * up[i]! + depth * ahead[i]!;
  }
  return { position, right, up, ahead };
}

// Two opposite margins as slopes from the line of sight.
class Edges {
  private least = -Infinity;
  private most = Infinity;

  constructor(points: Float32Array, axis: Place["up"], ahead: Place["up"], private readonly low: number, private readonly high: number) {
    for (let k = 0; k < points.length; k += 3) {
      const x = points[k]!, y = points[k + 1]!, z = points[k + 2]!;
      const aside = x * axis[0] + y * axis[1] + z * axis[2];
      const far = x * ahead[0] + y * ahead[1] + z * ahead[2];
      this.least = Math.max(this.least, aside - high * far);
      this.most = Math.min(this.most, aside + low * far);
    }
  }

  // How far ahead a camera may go that still sees all points.
  get depth(): number {
    return (this.most - this.least) / (this.low + this.high);
  }

  // Where a camera at this depth has the same room on both sides.
  place(depth: number): number {
    return (this.least + this.high * depth + this.most - this.low * depth) / 2;
  }
}
