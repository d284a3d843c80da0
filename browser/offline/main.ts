// The service worker: nothing but care when Recoup cannot be reached. It keeps the pages of the
// danger signs and of each urgency, and the few files they need. Of a person it keeps two words:
// how soon they should be seen, and their country. Everything else goes to the server as ever.
import { facts } from "./told";
import { ownCard, page, type Kept } from "./pages";
import { outcome, type Rule } from "./rules";

interface Recoup extends Kept {
  readonly version: string;
  readonly assets: readonly string[];
  readonly rules: readonly Rule[];
  /** How the addresses end of the danger signs and of erasing everything. */
  readonly signs: string;
  readonly erase: string;
}

/** What is remembered of one person. */
interface Known {
  readonly care: string;
  readonly country: string;
}

// The DOM library that these sources are checked with has no types for a worker's own scope.
interface Scope {
  readonly RECOUP: Recoup;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: string, heard: (event: Happening) => void): void;
}
interface Happening {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const RECOUP = scope.RECOUP;
const FILES = `recoup-files-${RECOUP.version}`;
const KNOWN = "recoup-known";
const PERSON = /^\/p\/[0-9a-f-]{36}\//;
const GONE = [502, 503, 504];
const WITHOUT_WAY_ROUND = ["emergency", "same_day"];
const UNREACHABLE = "unreachable";
const NOBODY: Known = { care: "", country: "" };

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll([...RECOUP.assets])).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldFiles().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request, url.pathname));
  else if (request.method === "GET" && RECOUP.assets.includes(url.pathname)) event.respondWith(file(request));
});

async function forgetOldFiles(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name !== FILES && name !== KNOWN) await caches.delete(name);
  }
}

async function file(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept === undefined) throw error;
    return kept;
  }
}

async function visit(request: Request, path: string): Promise<Response> {
  const copy = request.method === "POST" ? request.clone() : null;
  try {
    const answer = await fetch(request);
    if (!GONE.includes(answer.status)) {
      await (copy !== null && path.endsWith(RECOUP.erase) ? forget(path) : remember(path, answer));
      return answer;
    }
  } catch {
    // Not reached: what follows is for that.
  }
  return alone(path, copy);
}

/** Answer from the device: by what was just answered, or by what was known before. */
async function alone(path: string, sent: Request | null): Promise<Response> {
  const known = await recall(path);
  const said = sent === null ? null : await judged(sent);
  const urgency = said?.urgency ?? null;
  if (said !== null && urgency !== null && !milder(urgency, known.care)) {
    return shown(ownCard(RECOUP, said.rules) ?? urgency, known.country, said.messages);
  }
  if (path.endsWith(RECOUP.signs)) return shown("signs", known.country, []);
  return shown(WITHOUT_WAY_ROUND.includes(known.care) ? known.care : UNREACHABLE, known.country, []);
}

/** Whether one more answer seems less urgent than what was known before: then the older counts. */
function milder(urgency: string, known: string): boolean {
  const order = ["routine", "urgent_2w", ...[...WITHOUT_WAY_ROUND].reverse()];
  return WITHOUT_WAY_ROUND.includes(known) && order.indexOf(urgency) < order.indexOf(known);
}

async function judged(sent: Request): Promise<ReturnType<typeof outcome> | null> {
  try {
    return outcome(RECOUP.rules, facts(await sent.formData()));
  } catch {
    return null;
  }
}

function shown(name: string, country: string, messages: readonly string[]): Response {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(page(RECOUP, name, country, messages), { headers });
}

async function remember(path: string, answer: Response): Promise<void> {
  const person = PERSON.exec(path)?.[0];
  const country = answer.headers.get("Recoup-Country");
  if (person === undefined || country === null) return;
  const before = await recall(path);
  const known: Known = { care: answer.headers.get("Recoup-Care") ?? before.care, country };
  if (known.care === before.care && known.country === before.country) return;
  const kept = await caches.open(KNOWN);
  await kept.put(person, new Response(JSON.stringify(known)));
}

async function forget(path: string): Promise<void> {
  const person = PERSON.exec(path)?.[0];
  if (person !== undefined) await (await caches.open(KNOWN)).delete(person);
}

async function recall(path: string): Promise<Known> {
  const person = PERSON.exec(path)?.[0];
  if (person === undefined) return NOBODY;
  const found = await (await caches.open(KNOWN)).match(person);
  return found === undefined ? NOBODY : ((await found.json()) as Known);
}
