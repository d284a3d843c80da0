// An exercise as a function of time: what the timer shows at any moment. Pure, like pose(t).

export interface Step {
  /** The one large word: "Hold", "Rest", "Change sides". */
  readonly do: string;
  readonly seconds: number;
  /** Where in the exercise we are: "Left side, 1 of 3". */
  readonly place: string;
  /** How many repetitions the step counts; 0 when it counts seconds. */
  readonly reps: number;
  /** Seconds of one repetition: out, hold, back. */
  readonly tempo: readonly [number, number, number];
  /** Sides that swap every repetition. */
  readonly sides: readonly string[];
}

export interface Moment {
  readonly index: number;
  readonly do: string;
  readonly number: string;
  readonly place: string;
  /** Whole seconds left in the step. */
  readonly left: number;
  /** How much of the step is done, 0 to 1. */
  readonly share: number;
  readonly finished: boolean;
}

/** A pause this short is a part of the movement, not a hold to be told. */
const SHORT_PAUSE_S = 1;

export function totalSeconds(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + step.seconds, 0);
}

/** When a step starts, in seconds: startOf(steps, 0) is 0. */
export function startOf(steps: readonly Step[], index: number): number {
  return totalSeconds(steps.slice(0, index));
}

/** What to show `at` seconds after the start; the end stays at the end. */
export function momentAt(steps: readonly Step[], at: number): Moment {
  let start = 0;
  for (const [index, step] of steps.entries()) {
    if (at < start + step.seconds) return inStep(step, index, at - start);
    start += step.seconds;
  }
  return { index: steps.length, do: "Finished", number: "", place: "", left: 0, share: 1, finished: true };
}

function inStep(step: Step, index: number, at: number): Moment {
  const left = Math.ceil(step.seconds - at);
  const base = { index, left, share: at / step.seconds, finished: false };
  if (step.reps === 0) return { ...base, do: step.do, number: seconds(left), place: step.place };
  const [out, hold, back] = step.tempo;
  const one = out + hold + back;
  const rep = Math.min(Math.floor(at / one), step.reps - 1);
  const swaps = step.sides.length || 1;
  const side = step.sides[rep % swaps];
  const word = phase(at - rep * one, out, hold);
  const count = Math.floor(rep / swaps) + 1;
  return {
    ...base,
    do: side === undefined ? word : `${capital(side)}: ${word.toLowerCase()}`,
    number: String(count),
    place: [`of ${step.reps / swaps}`, step.place].filter(Boolean).join(". "),
  };
}

function phase(at: number, out: number, hold: number): string {
  if (at < out) return "Go";
  if (at < out + hold && hold > SHORT_PAUSE_S) return "Hold";
  return "And back";
}

/** Seconds as read from the floor: 45, or 4:30 from two minutes on. */
function seconds(left: number): string {
  if (left < 120) return String(left);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
