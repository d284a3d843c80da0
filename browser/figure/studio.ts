// What a motion's file says beside its turns: written by recoup.film.live, one source with the films.
import type { Margins } from "./camera";

export type Vector = readonly [number, number, number];

export interface Studio {
  exposure: number;
  key: Vector;
  keyColour: Vector;
  rim: Vector;
  rimColour: Vector;
  sky: Vector;
  ground: Vector;
  floor: Vector;
  matColour: Vector;
  haze: Vector;
  floorAmbient: Vector;
  floorKey: Vector;
  mat: readonly [number, number, number, number] | null;
  matRound: number;
  gloss: Record<string, readonly [number, number]>;
  nearFloor: readonly [number, number];
  occlusion: number;
  lightReach: number;
  lightCells: number;
  field: number;
  margins: Margins;
  views: Record<string, readonly [number, number]>;
}

// Which vertices glow (all meshes of the body after one another), and how much: numbers of accessors.
export interface Glow {
  colour: Vector;
  at: number | null;
  share: number | null;
}

export interface Extras {
  motion: string;
  body: string;
  seconds: number;
  still: number;
  view: string;
  breath: number;
  breathing: readonly (readonly [number, readonly number[]])[];
  // Segments of flesh: what the deepest press adds at rest, and the accessor of how much of it.
  flesh: readonly (readonly [number, readonly number[], number])[];
  points: number;
  box: readonly [Vector, Vector];
  glow: Glow;
  studio: Studio;
}
