// Small comforts of every page: errors are met first, "None of these" stands alone, the time zone
// is known, and a page can be left without a trace in the back button.

export function enhancePage(page: Document): void {
  page.querySelector<HTMLElement>("[data-focus]")?.focus();
  for (const field of page.querySelectorAll<HTMLInputElement>("[data-time-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  page.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") keepAlone(event.target);
  });
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a") : null;
    if (link === null) return;
    if (link.hasAttribute("data-away")) {
      event.preventDefault();
      location.replace(link.href);
    } else if (link.hasAttribute("data-place")) {
      event.preventDefault();
      open(page, link.getAttribute("data-place") ?? "");
    } else if (link.hash && link.closest(".problems")) {
      reach(page, link.hash.slice(1));
    }
  });
}

/** Ticking "None of these" clears the others, and ticking another clears it. */
function keepAlone(ticked: HTMLInputElement): void {
  if (!ticked.checked) return;
  const alone = ticked.hasAttribute("data-alone");
  for (const other of document.getElementsByName(ticked.name)) {
    if (!(other instanceof HTMLInputElement) || other === ticked) continue;
    if (alone || other.hasAttribute("data-alone")) other.checked = false;
  }
}

/** Open the list of a part of the body and go to its first place. */
function open(page: Document, id: string): void {
  const list = page.getElementById(id);
  list?.closest("details")?.setAttribute("open", "");
  list?.querySelector<HTMLElement>("input")?.focus();
}

/** Open the fold a field stands in, so that the link of an error finds it. */
function reach(page: Document, id: string): void {
  const field = page.getElementById(id);
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
