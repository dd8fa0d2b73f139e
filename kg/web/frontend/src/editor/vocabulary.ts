// What one may write in a query of this graph, as the server tells it in one document.

import { fold } from "../fold";

export type Kind = "class" | "property" | "value";

export interface Term {
  readonly iri: string;
  readonly kind: Kind;
  readonly label?: string;
  readonly comment?: string;
  readonly count: number;
}

/** A thing of the graph by its name. */
export interface Name {
  readonly iri: string;
  readonly label: string;
  readonly kind: string;
  readonly date: string;
}

type Row = readonly [path: string, label: string, kind: string, date: string];

const MOST_FOUND = 50;
const PLAIN = new Set(["Leader", "Summit", "Country", "Organization", "Office", "Place", "Topic"]);

/** Whether a thing goes by a name of its own, and not by those of others: these are looked for first. */
export function isPlain(name: Name): boolean {
  return PLAIN.has(name.kind);
}

export class Vocabulary {
  private labels = new Map<string, string>();

  private constructor(
    readonly prefixes: Readonly<Record<string, string>>,
    readonly terms: readonly Term[],
    readonly names: readonly Name[] | null,
    private readonly base: string,
    private readonly address: string,
  ) {
    for (const name of names ?? []) this.labels.set(name.iri, name.label);
    for (const term of terms) if (term.label) this.labels.set(term.iri, term.label);
  }

  /** The vocabulary at this address; of a graph with very many names, these stay with the server. */
  static async load(address: string): Promise<Vocabulary> {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const told = await answer.json();
    const names: Name[] | null = told.names && (told.names as Row[]).map((row) => nameOf(row, told.base));
    names?.sort((one, other) => Number(isPlain(other)) - Number(isPlain(one)));
    return new Vocabulary(told.prefixes, told.terms, names, told.base, address.replace(/\.json$/, "/"));
  }

  /** The IRI as a prefixed name, where one of our prefixes fits. */
  short(iri: string): string | null {
    for (const [prefix, namespace] of Object.entries(this.prefixes)) {
      const rest = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[A-Za-z_][\w-]*$/.test(rest)) return `${prefix}:${rest}`;
    }
    return null;
  }

  /** The things whose names hold every word of the text as a beginning of a word. */
  async find(text: string): Promise<readonly Name[]> {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    if (!this.names) return this.ask(text);
    const holds = (name: Name) => {
      const padded = ` ${fold(name.label)}`;
      return words.every((word) => padded.includes(` ${word}`) || padded.includes(`-${word}`));
    };
    const found: Name[] = [];
    for (const name of this.names) {
      if (holds(name) && found.push(name) >= MOST_FOUND) break;
    }
    return found;
  }

  /** The label of a thing or a term; `null` where it has none that is known yet. */
  label(iri: string): string | null {
    return this.labels.get(iri) ?? null;
  }

  /** Asks the server for labels that are not known yet; where it gives none, there is none. */
  async learn(iris: Iterable<string>): Promise<void> {
    const unknown = [...new Set(iris)].filter((iri) => !this.labels.has(iri));
    if (this.names || !unknown.length) return;
    const answer = await fetch(`${this.address}labels.json`, {
      method: "POST",
      body: new URLSearchParams(unknown.map((iri) => ["iri", iri])),
    });
    if (!answer.ok) return;
    const { labels } = await answer.json();
    for (const [iri, label] of Object.entries<string>(labels)) this.labels.set(iri, label);
  }

  private async ask(text: string): Promise<readonly Name[]> {
    const answer = await fetch(`${this.address}names.json?${new URLSearchParams({ q: text })}`);
    return answer.ok ? ((await answer.json()).names as Row[]).map((row) => nameOf(row, this.base)) : [];
  }
}

function nameOf([path, label, kind, date]: Row, base: string): Name {
  return { iri: /^[a-z][a-z0-9+.-]*:/.test(path) ? path : base + path, label, kind, date };
}
