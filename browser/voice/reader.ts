// <recoup-reader>: a button that has the exercise's words read out. The sentence that is heard is
// marked in the text. Nothing is fetched before the touch.
import { type Recording, type Spoken, fetchRecording } from "./recording";

const READ = "Read it to me";
const STOP = "Stop reading";
const NOW = "said-now";

export class RecoupReader extends HTMLElement {
  readonly #button = document.createElement("button");
  readonly #audio = new Audio();
  readonly #stepwise = matchMedia("(prefers-reduced-motion: reduce)");
  #recording: Recording | undefined;
  #marks: (HTMLElement | undefined)[] = [];
  #frame = 0;

  connectedCallback(): void {
    if (this.#button.isConnected) return;
    this.#button.type = "button";
    this.#button.className = "button button--quiet";
    this.#button.textContent = READ;
    this.#button.addEventListener("click", () => void this.#toggle());
    this.#audio.preload = "none";
    for (const event of ["ended", "pause", "error"]) this.#audio.addEventListener(event, () => this.#stop());
    document.addEventListener("recoup-tell", this.#giveWay);
    this.append(this.#button);
  }

  disconnectedCallback(): void {
    document.removeEventListener("recoup-tell", this.#giveWay);
    this.#audio.pause();
  }

  /** The timer's voice goes first. */
  readonly #giveWay = (event: Event): void => {
    if (event.defaultPrevented) this.#audio.pause();
  };

  async #toggle(): Promise<void> {
    if (!this.#audio.paused) {
      this.#audio.pause();
      return;
    }
    try {
      this.#recording ??= await this.#prepare();
      this.#audio.currentTime = 0;
      await this.#audio.play();
    } catch {
      this.#recording = undefined;
      this.#button.textContent = "It cannot be read now. Try again";
      return;
    }
    this.#button.textContent = STOP;
    this.#follow();
  }

  async #prepare(): Promise<Recording> {
    const recording = await fetchRecording(this.getAttribute("src") ?? "");
    const sources = recording.sound.map(({ url, type }) =>
      Object.assign(document.createElement("source"), { src: url, type }),
    );
    this.#audio.replaceChildren(...sources);
    this.#audio.load();
    this.#marks = markSentences(recording.lines);
    return recording;
  }

  /** Mark the sentence that is heard, as long as the sound goes on. */
  #follow(): void {
    const at = this.#audio.currentTime;
    const now = (this.#recording?.lines ?? []).filter((line) => line.start <= at).length - 1;
    this.#mark(now);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #mark(now: number): void {
    for (const [place, mark] of this.#marks.entries()) {
      if (mark === undefined || mark.classList.contains(NOW) === (place === now)) continue;
      mark.classList.toggle(NOW, place === now);
      const behavior = this.#stepwise.matches ? "auto" : "smooth";
      if (place === now) mark.scrollIntoView({ block: "nearest", behavior });
    }
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#mark(-1);
    this.#button.textContent = READ;
  }
}

/** Put an element round each sentence that the page shows; sentences it does not show have none. */
function markSentences(lines: readonly Spoken[]): (HTMLElement | undefined)[] {
  const marks: (HTMLElement | undefined)[] = lines.map(() => undefined);
  const paragraphs = [...document.querySelectorAll<HTMLElement>(".words p")];
  for (const name of new Set(lines.map((line) => line.name))) {
    const block = [...lines.entries()].filter(([, line]) => line.name === name);
    const text = block.map(([, line]) => textOf(line)).join(" ");
    const shown = paragraphs.find((one) => (one.textContent ?? "").split(/\s+/).join(" ").trim() === text);
    if (shown === undefined) continue;
    shown.replaceChildren();
    for (const [place, line] of block) {
      const mark = document.createElement("span");
      mark.textContent = textOf(line);
      marks[place] = mark;
      shown.append(mark, " ");
    }
  }
  return marks;
}

function textOf(line: Spoken): string {
  return line.words.map(([text]) => text).join(" ");
}
