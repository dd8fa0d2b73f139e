// A query put to the endpoint, and what comes back as a value; aborting hangs up, and the server then ends the work.

export interface Value {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
}

export type Row = Readonly<Record<string, Value>>;

export interface Rows {
  readonly kind: "rows";
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  // Whether the server left rows out.
  readonly isCut: boolean;
  // Which generation of the graph they are of; empty where the server does not say.
  readonly generation: string;
}

export type Answer = Rows | { readonly kind: "truth"; readonly truth: boolean } | { readonly kind: "graph"; readonly text: string };

/** What the server says of a query that it did not answer. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly hint: string | null;
}

export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

const WANTED = "application/sparql-results+json, text/turtle;q=0.9";

export async function ask(endpoint: string, query: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { Accept: WANTED, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ query }),
    signal,
  });
  if (!response.ok) throw new Refused(await refusal(response));
  if (response.headers.get("Content-Type")?.startsWith("text/turtle")) return { kind: "graph", text: await response.text() };
  const told = await response.json();
  if (typeof told.boolean === "boolean") return { kind: "truth", truth: told.boolean };
  return { kind: "rows", columns: told.head.vars, rows: told.results.bindings, isCut: response.headers.has("KG-Truncated"), generation: response.headers.get("KG-Generation") ?? "" };
}

/** How many rows there are in all, and whether the server stopped counting there; nothing where it did not count them. */
export interface Total {
  readonly rows: number;
  readonly more: boolean;
}

export async function askTotal(address: string, query: string, signal: AbortSignal): Promise<Total | null> {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams({ query }), signal }).catch(() => null);
  return response?.ok ? ((await response.json()) as Total) : null;
}

async function refusal(response: Response): Promise<Refusal> {
  try {
    return await response.json();
  } catch {
    return { status: response.status, error: response.statusText, message: "the server did not answer as it should", line: null, column: null, hint: "Try again in a moment." };
  }
}
