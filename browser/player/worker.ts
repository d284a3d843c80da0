// Registers the worker that shows danger signs when Recoup cannot be reached. Where the browser has
// none, or does not allow it (plain http from another machine), the pages work as before.

export function registerWorker(page: Document): void {
  const address = page.documentElement.dataset["worker"];
  if (address === undefined || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(address, { scope: "/" }).catch(() => undefined);
}
