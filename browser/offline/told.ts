// What a person has told, from a form that could not be sent: what the page knew already, and what
// was answered on it.
import type { Facts } from "./rules";

/** What the server wrote into the page: the facts so far, and what the screen's own fields mean. */
interface Told {
  readonly tokens: readonly string[];
  readonly numbers: Readonly<Record<string, number>>;
  /** The prefix of the screen's list, such as "sx"; empty where it has none. */
  readonly prefix: string;
  readonly keys: readonly string[];
  /** Fields that hold one choice, and their names in the rules. */
  readonly choices: Readonly<Record<string, string>>;
}

const NOTHING: Told = { tokens: [], numbers: {}, prefix: "sx", keys: [], choices: {} };
const NONE = "none-of-these";
const UNSURE = "not-sure";
const EACH = "each-";

/** "Not sure" about one sign counts as yes: unknown is not no. About a whole screen it says nothing
 * yet, because each sign would be asked alone next. */
export function facts(form: FormData): Facts {
  const told = read(form);
  const own = new Set(told.keys.map((key) => `${told.prefix}:${key}`));
  const tokens = new Set(told.tokens.filter((token) => !own.has(token)));
  for (const [name, value] of form) {
    if (typeof value !== "string" || value === "") continue;
    if (name === "keys" && value === UNSURE) unsure(tokens, told);
    else if (name === "keys" && value !== NONE) tokens.add(`${told.prefix}:${value}`);
    else if (name.startsWith(EACH) && value !== "no") tokens.add(`${told.prefix}:${name.slice(EACH.length)}`);
    else if (told.choices[name] !== undefined) choose(tokens, told.choices[name], value);
  }
  return { tokens, numbers: told.numbers };
}

function unsure(tokens: Set<string>, told: Told): void {
  if (told.keys.length === 1) tokens.add(`${told.prefix}:${told.keys[0]}`);
}

function choose(tokens: Set<string>, name: string, value: string): void {
  for (const token of tokens) if (token.startsWith(`${name}=`)) tokens.delete(token);
  tokens.add(`${name}=${value}`);
}

function read(form: FormData): Told {
  const text = form.get("told");
  if (typeof text !== "string") return NOTHING;
  try {
    return { ...NOTHING, ...(JSON.parse(text) as Partial<Told>) };
  } catch {
    return NOTHING;
  }
}
