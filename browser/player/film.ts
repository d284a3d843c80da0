// <recoup-film>: a film that loops beside the words. Without a script the browser's own controls
// remain. It plays by itself only where motion is welcome; one switch stops it for good.

export class RecoupFilm extends HTMLElement {
  #film: HTMLVideoElement | null = null;
  readonly #switch = document.createElement("button");

  connectedCallback(): void {
    if (this.#film !== null) return;
    this.#film = this.querySelector("video");
    if (this.#film === null) return;
    this.#film.controls = false;
    this.#switch.type = "button";
    this.#switch.className = "chip film-switch";
    this.#switch.addEventListener("click", () => this.#toggle());
    this.#film.addEventListener("click", () => this.#toggle());
    for (const event of ["play", "pause"]) this.#film.addEventListener(event, () => this.#show());
    this.append(this.#switch);
    this.#show();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) void this.#play();
  }

  #toggle(): void {
    if (this.#film?.paused) void this.#play();
    else this.#film?.pause();
  }

  async #play(): Promise<void> {
    try {
      await this.#film?.play();
    } catch {
      // the browser wants a touch first, or there is nothing it can play: the switch still says Play
    }
  }

  #show(): void {
    const paused = this.#film?.paused ?? true;
    this.#switch.textContent = paused ? "Play" : "Pause";
    this.#switch.ariaLabel = paused ? "Play the film" : "Pause the film";
  }
}
