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

const RISE = { least: 3, most: 86 };

export function turned(view: View, yaw: number, rise: number): View {
  return { yaw: view.yaw + yaw, rise: Math.min(RISE.most, Math.max(RISE.least, view.rise + rise)) };
}

// As `frame` of recoup.film.draw.camera.
export function frame(points: Float32Array, view: View, aspect: number, margin: number, field: number): Place {
  const yaw = (view.yaw * Math.PI) / 180;
  const rise = (view.rise * Math.PI) / 180;
  const ahead: Place["ahead"] = [-Math.sin(yaw) * Math.cos(rise), -Math.sin(rise), -Math.cos(yaw) * Math.cos(rise)];
  const right: Place["right"] = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up: Place["up"] = [
    right[1] * ahead[2] - right[2] * ahead[1],
    right[2] * ahead[0] - right[0] * ahead[2],
    right[0] * ahead[1] - right[1] * ahead[0],
  ];
  const high = Math.tan((field * Math.PI) / 360) * (1 - 2 * margin);
  const across = edges(points, right, ahead, high * aspect);
  const tall = edges(points, up, ahead, high);
  const depth = Math.min(across.depth, tall.depth);
  const position: Place["position"] = [0, 0, 0];
  for (let i = 0; i < 3; i++) position[i] = across.middle * right[i]! + tall.middle * up[i]! + depth * ahead[i]!;
  return { position, right, up, ahead };
}

function edges(points: Float32Array, axis: Place["up"], ahead: Place["up"], slope: number): { middle: number; depth: number } {
  let low = -Infinity;
  let high = Infinity;
  for (let k = 0; k < points.length; k += 3) {
    const x = points[k]!, y = points[k + 1]!, z = points[k + 2]!;
    const aside = x * axis[0] + y * axis[1] + z * axis[2];
    const far = (x * ahead[0] + y * ahead[1] + z * ahead[2]) * slope;
    low = Math.max(low, aside - far);
    high = Math.min(high, aside + far);
  }
  return { middle: (low + high) / 2, depth: (high - low) / 2 / slope };
}
