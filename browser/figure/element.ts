// <recoup-figure body="/media/….glb" motion="/media/….glb" name="Cat camel">film or picture</recoup-figure>
// The film or picture inside stays until the device has shown that it draws smoothly.
import { frame, turned, type View } from "./camera";
import { Glb } from "./glb";
import { Motion } from "./motion";
import { Pace } from "./pace";
import { Painter } from "./painter";

const MOST_PIXELS = 1_700_000;
const TURN_MS = 450;
const KEY_DEG = 8;
const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-KEY_DEG, 0], ArrowRight: [KEY_DEG, 0], ArrowUp: [0, KEY_DEG], ArrowDown: [0, -KEY_DEG],
};

export class RecoupFigure extends HTMLElement {
  private painter: Painter | undefined;
  private motion: Motion | undefined;
  private canvas = document.createElement("canvas");
  private readonly bar = document.createElement("div");
  private readonly pace = new Pace();
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private leaving = new AbortController();
  private request = 0;
  private playing = false;
  private shown = true;
  private live = false;
  private time = 0;
  private last = 0;
  private view: View = { yaw: 0, rise: 0 };
  private goal: View | undefined;
  private turnStart = { at: 0, from: this.view };
  private lit = false;

  connectedCallback(): void {
    this.leaving = new AbortController();
    void this.start().catch((error: unknown) => {
      if (this.leaving.signal.aborted) return;
      console.warn("The figure is shown as a film:", error);
      this.leave("error");
    });
  }

  disconnectedCallback(): void {
    this.leave("removed");
  }

  get currentTime(): number {
    return this.time;
  }

  set currentTime(seconds: number) {
    this.time = seconds;
    if (!this.playing) this.draw();
  }

  get duration(): number {
    return this.motion?.seconds ?? 0;
  }

  get paused(): boolean {
    return !this.playing;
  }

  play(): void {
    this.playing = true;
    this.mark();
    this.wake();
  }

  pause(): void {
    this.playing = false;
    this.mark();
  }

  // Look from a named view, at once; null is the film's own.
  look(name: string | null): void {
    const view = this.named(name);
    if (!view) return;
    this.view = view;
    this.goal = undefined;
    this.draw();
  }

  private named(name: string | null): View | undefined {
    const extras = this.motion?.extras;
    const found = extras?.studio.views[name ?? extras.view];
    return found && { yaw: found[0], rise: found[1] };
  }

  // For those who may not measure: draw at once, whatever the device.
  private get certain(): boolean {
    return this.getAttribute("choose") === "always";
  }

  private get still(): boolean {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  private async start(): Promise<void> {
    if (!("WebGL2RenderingContext" in window)) return;
    if (!this.certain && (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
    const [body, moves] = await Promise.all([this.load("body"), this.load("motion")]);
    if (this.leaving.signal.aborted) return;
    this.motion = new Motion(moves, body);
    this.canvas = document.createElement("canvas"); // a canvas has one context in its life
    this.canvas.className = "figure-canvas";
    this.append(this.canvas);
    this.painter = new Painter(this.canvas, body, moves, this.motion, { occlusion: true });
    this.view = this.named(null) ?? this.view;
    this.time = this.motion.extras.still;
    this.listen();
    this.size();
    if (this.certain || this.still) this.choose();
    else this.wake();
  }

  private async load(name: string): Promise<Glb> {
    const address = this.getAttribute(name);
    if (!address) throw new Error(`recoup-figure has no ${name}.`);
    const answer = await fetch(address, { signal: this.leaving.signal });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
    return new Glb(await answer.arrayBuffer());
  }

  private listen(): void {
    const { signal } = this.leaving;
    const { canvas } = this;
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.leave("lost");
    }, { signal });
    const seen = new IntersectionObserver((entries) => {
      this.shown = entries.at(-1)?.isIntersecting ?? true;
      this.pace.again();
      this.wake();
    });
    const sized = new ResizeObserver(() => this.size());
    seen.observe(this);
    sized.observe(this);
    signal.addEventListener("abort", () => {
      seen.disconnect();
      sized.disconnect();
    });
    document.addEventListener("visibilitychange", () => this.pace.again(), { signal });
    this.orbit(signal);
  }

  private orbit(signal: AbortSignal): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId), { signal });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      const scale = 180 / Math.max(canvas.clientWidth, 1);
      this.turn(-event.movementX * scale, event.movementY * scale * 0.6);
    }, { signal });
    canvas.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      this.turn(...step);
    }, { signal });
  }

  private turn(yaw: number, rise: number): void {
    this.goal = undefined;
    this.view = turned(this.view, yaw, rise);
    this.mark();
    this.draw();
  }

  // The device is quick enough: put the figure in the place of the film.
  private choose(): void {
    this.live = true;
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    const name = this.getAttribute("name") ?? "The exercise";
    this.canvas.setAttribute("aria-label", `${name}, a moving figure. The arrow keys turn it.`);
    this.controls();
    this.setAttribute("live", "");
    for (const film of this.querySelectorAll("video")) film.pause();
    this.dispatchEvent(new CustomEvent("recoup-figure", { detail: "live", bubbles: true }));
    if (this.still) {
      this.mark();
      this.draw();
      return;
    }
    this.time = 0;
    this.play();
  }

  private controls(): void {
    this.bar.className = "figure-bar";
    this.bar.setAttribute("role", "group");
    this.bar.setAttribute("aria-label", "Figure");
    this.button("play", () => (this.playing ? this.pause() : this.play()));
    this.button("side", () => this.toggle("side"), "Side", "Side view");
    this.button("above", () => this.toggle("above"), "Top", "Top view");
    if (this.motion?.extras.glow.share != null) this.button("glow", () => this.light(!this.lit), "Target", "Show target");
    this.append(this.bar);
    this.mark();
  }

  private button(key: string, act: () => void, label = "", meaning = ""): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "figure-button";
    button.textContent = label;
    if (meaning) button.ariaLabel = meaning;
    button.addEventListener("click", act, { signal: this.leaving.signal });
    this.buttons.set(key, button);
    this.bar.append(button);
  }

  // Show, or stop showing, where the exercise works.
  light(on: boolean): void {
    this.lit = on;
    if (this.painter) this.painter.glow = on ? 1 : 0;
    this.mark();
    this.draw();
  }

  private toggle(name: string): void {
    const wanted = this.named(this.at(name) ? null : name);
    if (!wanted) return;
    if (this.still) {
      this.view = wanted;
    } else {
      const around = ((wanted.yaw - this.view.yaw + 540) % 360) - 180;
      this.goal = { yaw: this.view.yaw + around, rise: wanted.rise };
      this.turnStart = { at: performance.now(), from: this.view };
    }
    this.mark();
    this.draw();
    this.wake();
  }

  private at(name: string): boolean {
    const here = this.goal ?? this.view;
    const there = this.named(name);
    if (!there) return false;
    const around = Math.abs(((here.yaw - there.yaw + 540) % 360) - 180);
    return around < 0.5 && Math.abs(here.rise - there.rise) < 0.5;
  }

  private mark(): void {
    const play = this.buttons.get("play");
    if (play) play.textContent = this.playing ? "Pause" : "Play";
    for (const name of ["side", "above"]) this.buttons.get(name)?.setAttribute("aria-pressed", String(this.at(name)));
    this.buttons.get("glow")?.setAttribute("aria-pressed", String(this.lit));
  }

  private size(): void {
    const { clientWidth, clientHeight } = this;
    if (!this.painter || clientWidth === 0 || clientHeight === 0) return;
    const sharp = Math.min(devicePixelRatio, 2, Math.sqrt(MOST_PIXELS / (clientWidth * clientHeight)));
    this.painter.resize(Math.round(clientWidth * sharp), Math.round(clientHeight * sharp));
    this.pace.again();
    this.draw();
  }

  private get moving(): boolean {
    return this.playing || this.goal !== undefined || !this.live;
  }

  private wake(): void {
    if (this.request || !this.painter || !this.shown || !this.moving) return;
    this.last = performance.now();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    this.request = 0;
    if (!this.painter || !this.shown || !this.moving) return;
    if (this.playing) this.time += Math.min((now - this.last) / 1000, 0.1);
    this.last = now;
    this.ease(now);
    this.draw();
    if (!this.live) this.painter.settle();
    if (!this.certain) this.judge(now);
    if (this.painter && this.moving) this.request = requestAnimationFrame((then) => this.tick(then));
  }

  private ease(now: number): void {
    if (!this.goal) return;
    const u = Math.min((now - this.turnStart.at) / TURN_MS, 1);
    const share = u * u * (3 - 2 * u);
    const { from } = this.turnStart;
    this.view = {
      yaw: from.yaw + (this.goal.yaw - from.yaw) * share,
      rise: from.rise + (this.goal.rise - from.rise) * share,
    };
    if (u < 1) return;
    this.view = { yaw: ((this.view.yaw + 540) % 360) - 180, rise: this.view.rise };
    this.goal = undefined;
  }

  // Slow: first without the soft corners, then the film again.
  private judge(now: number): void {
    const verdict = this.pace.frame(now);
    if (verdict === "smooth" && !this.live) this.choose();
    if (verdict !== "slow" || !this.painter) return;
    if (this.painter.quality.occlusion) {
      this.painter.quality.occlusion = false;
      this.pace.again();
    } else {
      this.leave("slow");
    }
  }

  private draw(): void {
    const { painter, motion } = this;
    if (!painter || !motion || this.clientWidth === 0) return;
    const { studio } = motion.extras;
    motion.pose(this.time);
    const aspect = this.clientWidth / this.clientHeight;
    painter.look(frame(motion.points, this.view, aspect, studio.margins, studio.field), studio.field);
    painter.paint();
  }

  private leave(why: "error" | "lost" | "removed" | "slow"): void {
    this.leaving.abort();
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.playing = false;
    this.painter?.dispose();
    this.painter = undefined;
    this.motion = undefined;
    this.buttons.clear();
    this.bar.replaceChildren();
    this.bar.remove();
    this.canvas.remove();
    this.removeAttribute("live");
    if (why === "removed") return;
    if (this.live) for (const film of this.querySelectorAll("video")) void film.play().catch(() => undefined);
    this.live = false;
    this.dispatchEvent(new CustomEvent("recoup-figure", { detail: why, bubbles: true }));
  }
}
