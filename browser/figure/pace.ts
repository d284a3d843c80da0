// Whether the device draws smoothly, from the times between its frames.
const FRAMES = 30;
const WARM_UP = 3;
const SMOOTH_MS = 26; // 40 a second, measured in the middle
const HOPELESS_MS = 90;

export type Verdict = "smooth" | "slow" | "unknown";

export class Pace {
  private readonly gaps: number[] = [];
  private last = 0;
  private count = 0;

  // Tell it the time of each frame, in milliseconds.
  frame(now: number): Verdict {
    const gap = now - this.last;
    this.last = now;
    if (++this.count <= WARM_UP) return "unknown";
    this.gaps.push(gap);
    const sorted = [...this.gaps].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1]!;
    if (this.gaps.length >= 4 && middle > HOPELESS_MS) return "slow";
    if (this.gaps.length < FRAMES) return "unknown";
    this.gaps.shift();
    return middle <= SMOOTH_MS ? "smooth" : "slow";
  }

  // After a pause, the first gap says nothing.
  again(): void {
    this.gaps.length = 0;
    this.count = 0;
  }
}
