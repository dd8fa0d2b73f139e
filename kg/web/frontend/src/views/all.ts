// All rows of an answer, where the table on the page is only a part of them: asked for once, when they are to be drawn.
import { EMPTY, type Cell, type Column, type Table } from "./table";

interface Term {
  readonly type: string;
  readonly value: string;
}

interface Results {
  readonly results: { readonly bindings: readonly Readonly<Record<string, Term>>[] };
}

// These draw the first rows of a table; all of them would be no more.
const FIRST_ONLY = ["bars"];
const TIME = /^-?\d{4}(-\d{2}){0,2}(\/-?\d{4}(-\d{2}){0,2})?$/;

/** The whole answer, from the address that `data-all` tells; what is on the page where that cannot be had, and `data-part` says so. */
export async function readAll(figure: HTMLElement, table: Table): Promise<Table> {
  const address = figure.dataset["all"];
  if (address && !FIRST_ONLY.includes(figure.dataset["view"] ?? "")) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) return fromResults((await response.json()) as Results, table.columns, pageOf(figure));
  }
  if (address !== undefined) figure.dataset["part"] = "";
  return table;
}

/** The rows of SPARQL results with the columns of the table: `x` and `xName` are one. */
export function fromResults(answer: Results, columns: readonly Column[], page: (iri: string) => string | null): Table {
  const rows = answer.results.bindings.map((row) => columns.map(({ name }) => cellOf(row[name], row[`${name}Name`], page)));
  return { columns, rows };
}

function cellOf(term: Term | undefined, label: Term | undefined, page: (iri: string) => string | null): Cell {
  if (!term) return label ? { ...EMPTY, text: label.value } : EMPTY;
  if (term.type === "uri") return { ...EMPTY, text: label?.value ?? lastOf(term.value), href: page(term.value) };
  return { ...EMPTY, text: term.value, times: TIME.test(term.value) ? term.value.split("/") : [] };
}

/** The address of our page of a thing; nothing for what is not ours. */
function pageOf(figure: HTMLElement): (iri: string) => string | null {
  const { base, page } = figure.dataset;
  return (iri) => (base && page && iri.startsWith(base) ? page + iri.slice(base.length).split("/").map(encodeURIComponent).join("/") : null);
}

function lastOf(iri: string): string {
  return (/[^/#]*[/#]?$/.exec(iri)?.[0] ?? iri).replace(/[-_]/g, " ").trim() || iri;
}
