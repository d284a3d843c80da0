// The red flags, evaluated on the device: the same language and the same outcome as the server's
// (src/recoup/model/expression.py), for the time in which it cannot be reached.

export type Tree = readonly [string, ...(string | number | Tree)[]];

export interface Rule {
  readonly id: string;
  readonly urgency: string;
  readonly message: string;
  readonly when: Tree;
  /** Numbers whose absence counts as true. */
  readonly assume: readonly string[];
}

export interface Facts {
  readonly tokens: ReadonlySet<string>;
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Outcome {
  /** The most urgent level that fired; null when no rule did. */
  readonly urgency: string | null;
  /** What the rules of that level say. */
  readonly messages: readonly string[];
  /** Their ids. */
  readonly rules: readonly string[];
}

export function holds(tree: Tree, facts: Facts, assume: readonly string[]): boolean {
  const [kind, ...rest] = tree;
  switch (kind) {
    case "any":
      return rest.some((token) => facts.tokens.has(String(token)));
    case "all":
      return rest.every((part) => holds(part as Tree, facts, assume));
    case "or":
      return rest.some((part) => holds(part as Tree, facts, assume));
    case "not":
      return !holds(rest[0] as Tree, facts, assume);
    default:
      return compares(kind, String(rest[0]), Number(rest[1]), facts, assume);
  }
}

function compares(sign: string, name: string, limit: number, facts: Facts, assume: readonly string[]): boolean {
  const given = facts.numbers[name];
  if (given === undefined) return assume.includes(name);
  switch (sign) {
    case "<":
      return given < limit;
    case "<=":
      return given <= limit;
    case ">":
      return given > limit;
    case ">=":
      return given >= limit;
    default:
      throw new Error(`no such comparison: ${sign}`);
  }
}

/** The rules stand in the order of urgency, so the first that fires says how soon. */
export function outcome(rules: readonly Rule[], facts: Facts): Outcome {
  const fired = rules.filter((rule) => holds(rule.when, facts, rule.assume));
  const urgency = fired[0]?.urgency ?? null;
  const first = fired.filter((rule) => rule.urgency === urgency);
  return { urgency, messages: first.map((rule) => rule.message), rules: first.map((rule) => rule.id) };
}
