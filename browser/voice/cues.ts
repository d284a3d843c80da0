// <recoup-cues>: says the timer's cues while the sound is on. The timer asks with "recoup-tell"; who
// prevents the event has spoken. Until the sound is here the timer beeps instead.
import { soundIsOn } from "../player/sound";
import { type Cue, due } from "./due";
import { type Spoken, fetchRecording, fetchSound } from "./recording";

/** Between two cues that are said one after the other. */
const GAP_S = 0.04;
/** A cue that would have to wait longer for the one before is left out. */
const PATIENCE_S = 1;

export class RecoupCues extends HTMLElement {
  #plan: Cue[] = [];
  #spans = new Map<string, Spoken>();
  #sound: AudioBuffer | undefined;
  #context: AudioContext | undefined;
  #loading: Promise<void> | undefined;
  /** When the last cue ends, on the context's clock. */
  #free = 0;
  readonly #playing = new Set<AudioBufferSourceNode>();

  connectedCallback(): void {
    const rows = this.querySelector("template")?.content.children ?? [];
    this.#plan = Array.from(rows, (row) => {
      const { at, say = "" } = (row as HTMLElement).dataset;
      return { at: Number(at), say: say.split(" ") };
    });
    document.addEventListener("recoup-sound", this.#prepare);
    document.addEventListener("recoup-tell", this.#tell);
    document.addEventListener("recoup-hush", this.#hush);
    this.#prepare();
  }

  disconnectedCallback(): void {
    document.removeEventListener("recoup-sound", this.#prepare);
    document.removeEventListener("recoup-tell", this.#tell);
    document.removeEventListener("recoup-hush", this.#hush);
    this.#hush();
  }

  /** Have the sound ready before it is needed; with the sound off, nothing is fetched. */
  readonly #prepare = (): void => {
    if (soundIsOn()) this.#load();
  };

  readonly #load = (): void => {
    this.#loading ??= this.#fetch().catch(() => {
      this.#loading = undefined; // the next exercise tries again; until then the timer beeps
    });
  };

  async #fetch(): Promise<void> {
    const recording = await fetchRecording(this.getAttribute("src") ?? "");
    this.#sound = await fetchSound(recording);
    this.#spans = new Map(recording.lines.map((line) => [line.name, line]));
  }

  readonly #tell = (event: Event): void => {
    this.#load();
    // the first event comes from the touch on Start: browsers allow sound only then
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") void this.#context.resume();
    if (this.#sound === undefined) return;
    event.preventDefault();
    const { from, at } = (event as CustomEvent<{ from: number; at: number }>).detail;
    for (const cue of due(this.#plan, from, at)) this.#say(cue.say);
  };

  #say(names: readonly string[]): void {
    const context = this.#context;
    if (context === undefined || this.#sound === undefined) return;
    let start = Math.max(context.currentTime, this.#free);
    if (start - context.currentTime > PATIENCE_S) return;
    for (const name of names) {
      const span = this.#spans.get(name);
      if (span === undefined) continue;
      const source = context.createBufferSource();
      source.buffer = this.#sound;
      source.connect(context.destination);
      source.start(start, span.start, span.end - span.start);
      this.#playing.add(source);
      source.addEventListener("ended", () => this.#playing.delete(source));
      start += span.end - span.start + GAP_S;
    }
    this.#free = start;
    this.dataset["said"] = names.join(" ");
  }

  readonly #hush = (): void => {
    for (const source of this.#playing) source.stop();
    this.#playing.clear();
    this.#free = 0;
  };
}
