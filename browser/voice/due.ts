// Which cues are due: pure, like the clock.

export interface Cue {
  /** Seconds from the start of the exercise. */
  readonly at: number;
  readonly say: readonly string[];
}

/** A cue later than this is left out: a wrong count is worse than none. */
export const LATEST_S = 1.2;

/** Cues after `from` and up to `at`, without those that are too late to be said. */
export function due(plan: readonly Cue[], from: number, at: number): Cue[] {
  return plan.filter((cue) => cue.at > from && cue.at <= at && at - cue.at <= LATEST_S);
}
