// <recoup-timer>: counts down the steps that the page lists. Without a script the list remains.
import { type Moment, type Step, momentAt, startOf, totalSeconds } from "./clock";
import { Sound } from "./sound";

type State = "ready" | "running" | "paused" | "finished";

const LAST_SECONDS = 3;
const TICK_MS = 100;
const START: Record<State, string> = { ready: "Start", running: "Pause", paused: "Go on", finished: "Again" };

export class RecoupTimer extends HTMLElement {
  #steps: Step[] = [];
  #state: State = "ready";
  /** Seconds already counted when the clock was last started, and when that was. */
  #counted = 0;
  #since = 0;
  #ticking: number | undefined;
  #lock: WakeLockSentinel | undefined;
  #shown: Moment | undefined;
  /** Up to when the voice has been asked to speak. */
  #told = -1;
  readonly #sound = new Sound();
  readonly #stepwise = matchMedia("(prefers-reduced-motion: reduce)");

  readonly #do = make("p", "timer-do");
  readonly #number = make("p", "timer-number");
  readonly #place = make("p", "timer-place");
  readonly #voice = make("p", "hidden-text");
  readonly #start = button("button");
  readonly #next = button("link-button", "Next step");
  readonly #again = button("link-button", "Start over");

  connectedCallback(): void {
    if (this.#steps.length > 0) return;
    this.#steps = readSteps(this);
    if (this.#steps.length === 0) return;
    this.#build();
    this.#set("ready");
    document.addEventListener("visibilitychange", this.#wake);
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#wake);
    this.#stop();
  }

  #build(): void {
    const face = make("div", "timer-face");
    face.append(make("div", "timer-fill"), this.#do, this.#number, this.#place);
    for (const part of [this.#do, this.#number, this.#place]) part.ariaHidden = "true"; // said by #voice
    this.#voice.role = "status";
    this.#voice.ariaLive = "polite";
    const more = make("div", "timer-more");
    more.append(this.#soundSwitch(), this.#again, this.#next);
    this.prepend(face, more, this.#voice);
    // the page keeps a place for the one big button, within reach of the thumb
    (document.querySelector("[data-timer-start]") ?? face).append(this.#start);
    this.#start.addEventListener("click", () => this.#toggle());
    this.#next.addEventListener("click", () => this.#skip());
    this.#again.addEventListener("click", () => this.#reset());
  }

  #soundSwitch(): HTMLElement {
    const label = make("label", "timer-sound");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.#sound.on;
    box.addEventListener("change", () => {
      this.#sound.on = box.checked;
      this.dispatchEvent(new CustomEvent("recoup-sound", { bubbles: true }));
      if (!box.checked) this.#hush();
    });
    label.append(box, "Sound");
    return label;
  }

  get #at(): number {
    const running = this.#state === "running" ? (performance.now() - this.#since) / 1000 : 0;
    return this.#counted + running;
  }

  #toggle(): void {
    if (this.#state === "running") this.#pause();
    else if (this.#state === "finished") this.#reset();
    else this.#run();
  }

  #run(): void {
    this.#since = performance.now();
    this.#set("running");
    this.#ticking = window.setInterval(() => this.#show(), TICK_MS);
    this.scrollIntoView({
      block: "start",
      behavior: this.#stepwise.matches ? "auto" : "smooth",
    });
    void this.#wake();
  }

  #pause(): void {
    this.#counted = this.#at;
    this.#stop();
    this.#set("paused");
    this.#hush();
    this.#say("Paused.");
  }

  #skip(): void {
    const now = momentAt(this.#steps, this.#at);
    this.#counted = startOf(this.#steps, now.index + 1);
    this.#since = performance.now();
    this.#told = this.#counted - TICK_MS / 1000;
    this.#hush();
    this.#show();
  }

  #reset(): void {
    this.#stop();
    this.#counted = 0;
    this.#shown = undefined;
    this.#told = -1;
    this.#hush();
    this.#set("ready");
  }

  #stop(): void {
    window.clearInterval(this.#ticking);
    this.#ticking = undefined;
    void this.#lock?.release();
    this.#lock = undefined;
  }

  #set(state: State): void {
    this.#state = state;
    this.dataset["state"] = state;
    this.#start.textContent = START[state];
    this.#next.hidden = this.#again.hidden = state === "finished";
    this.#show();
  }

  #show(): void {
    const now = momentAt(this.#steps, this.#at);
    if (now.finished && this.#state !== "finished") {
      this.#counted = totalSeconds(this.#steps);
      this.#stop();
      this.#set("finished");
      return;
    }
    const share = this.#stepwise.matches ? Math.round(now.share * 20) / 20 : now.share;
    this.style.setProperty("--done", String(this.#state === "ready" ? 0 : share));
    this.#write(this.#do, now.finished ? "Well done" : now.do);
    this.#write(this.#number, now.finished ? "\u2713" : now.number);
    this.#write(this.#place, now.place);
    this.#number.toggleAttribute("data-long", now.number.length > 2);
    this.#tell(now);
    this.#shown = now;
  }

  /** Say and sound what changed since the last moment shown. */
  #tell(now: Moment): void {
    const before = this.#shown;
    if (this.#state === "ready" || this.#state === "paused") return;
    const counts = this.#steps[now.index]?.reps ?? 0;
    const beep = this.#speaks() ? () => undefined : this.#sound.beep.bind(this.#sound);
    if (now.finished) {
      if (!before?.finished) {
        this.#say("Well done. Finished.");
        beep("end");
      }
    } else if (before === undefined || now.index !== before.index) {
      this.#say([now.place, now.do, counts ? "" : `${now.left} seconds`].filter(Boolean).join(". "));
      beep("start");
    } else if (counts && now.number !== before.number) {
      this.#say(now.number);
      beep("count");
    } else if (!counts && now.left !== before.left && now.left <= LAST_SECONDS) {
      beep("count");
    }
  }

  /** Ask the voice to say what is due; it answers by preventing the event. While it speaks, a
   *  screen reader is not told the same a second time. */
  #speaks(): boolean {
    const [from, at] = [this.#told, this.#at];
    this.#told = at;
    const event = new CustomEvent("recoup-tell", { bubbles: true, cancelable: true, detail: { from, at } });
    const speaks = this.#sound.on && !this.dispatchEvent(event);
    this.#voice.ariaLive = speaks ? "off" : "polite";
    return speaks;
  }

  #hush(): void {
    this.#voice.ariaLive = "polite";
    this.dispatchEvent(new CustomEvent("recoup-hush", { bubbles: true }));
  }

  #say(text: string): void {
    this.#voice.textContent = text;
  }

  #write(part: HTMLElement, text: string): void {
    if (part.textContent !== text) part.textContent = text;
  }

  /** Keep the screen on while the timer runs, where the browser can. */
  readonly #wake = async (): Promise<void> => {
    if (this.#state !== "running" || document.hidden || !("wakeLock" in navigator)) return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      // a low battery may forbid it: the timer runs on by itself
    }
  };
}

function readSteps(element: HTMLElement): Step[] {
  const rows = element.querySelector("template")?.content.children ?? [];
  return Array.from(rows, (row) => {
    const { do: word = "", seconds, place = "", reps, tempo, sides } = (row as HTMLElement).dataset;
    const [out = 0, hold = 0, back = 0] = (tempo ?? "").split(" ").map(Number);
    return {
      do: word,
      seconds: Number(seconds),
      place,
      reps: Number(reps ?? 0),
      tempo: [out, hold, back] as const,
      sides: sides ? sides.split(" ") : [],
    };
  }).filter((step) => step.seconds > 0);
}

function make(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function button(className: string, text = ""): HTMLButtonElement {
  const element = make("button", className) as HTMLButtonElement;
  element.type = "button";
  element.textContent = text;
  return element;
}
