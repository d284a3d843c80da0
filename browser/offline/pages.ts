// The pages that are shown when Recoup cannot be reached: made by the server beforehand, with the
// person's emergency number and the reasons put in here.

export interface Country {
  readonly name: string;
  readonly number: string;
}

/** What the server writes at the head of the worker's script. */
export interface Kept {
  readonly pages: Readonly<Record<string, string>>;
  /** Pages of their own, and the rules that alone lead to them. */
  readonly own: Readonly<Record<string, readonly string[]>>;
  /** How a page shows one country's number, with NAME and NUMBER to be filled in. */
  readonly call: string;
  readonly fallback: string;
  readonly countries: Readonly<Record<string, Country>>;
}

const CALL = /<!--call-->[\s\S]*?<!--\/call-->/g;
const REASONS = "<!--reasons-->";

/** The page of the rules that alone made it so urgent; undefined where they have none. */
export function ownCard(kept: Pick<Kept, "own">, fired: readonly string[]): string | undefined {
  return Object.keys(kept.own).find((name) => fired.every((rule) => kept.own[name]?.includes(rule)));
}

export function page(kept: Kept, name: string, country: string, messages: readonly string[]): string {
  const html = (kept.pages[name] ?? "").replace(REASONS, () => messages.map(reason).join("\n"));
  const known = kept.countries[country];
  return known === undefined ? html : withNumber(kept, html, known);
}

function withNumber(kept: Kept, html: string, country: Country): string {
  const call = kept.call.replaceAll("NAME", escaped(country.name)).replaceAll("NUMBER", escaped(country.number));
  return html.replace(CALL, () => call).replaceAll(kept.fallback, country.number);
}

function reason(text: string): string {
  return `<p class="reason">${escaped(text)}</p>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
