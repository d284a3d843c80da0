// Sound, off until the person turns it on: short beeps, where no voice speaks instead.

const KEPT = "recoup-sound";

export class Sound {
  #context: AudioContext | undefined;
  #on: boolean;

  constructor() {
    this.#on = soundIsOn();
  }

  get on(): boolean {
    return this.#on;
  }

  set on(value: boolean) {
    this.#on = value;
    try {
      localStorage.setItem(KEPT, value ? "on" : "off");
    } catch {
      // a browser that keeps nothing: the choice lasts for this page
    }
    if (value) this.beep("start");
  }

  /** Must first be called from a tap: browsers allow sound only then. */
  beep(kind: "count" | "start" | "end"): void {
    if (!this.#on) return;
    this.#context ??= new AudioContext();
    const { currentTime: now, destination } = this.#context;
    const [pitch, length] = { count: [520, 0.08], start: [780, 0.18], end: [1040, 0.4] }[kind] as [number, number];
    const tone = this.#context.createOscillator();
    const gain = this.#context.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, now);
    gain.gain.exponentialRampToValueAtTime(0.25, now + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, now + length);
    tone.connect(gain).connect(destination);
    tone.start(now);
    tone.stop(now + length);
  }
}

/** Whether the person has turned the sound on, here or on an earlier page. */
export function soundIsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) === "on";
  } catch {
    return false;
  }
}
