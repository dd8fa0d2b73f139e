// All rows of an answer, where the table on the page is only a part of them: asked for once, when they are to be drawn.
import { inert } from "../dom";
import { EMPTY, type Cell, type Column, type Table } from "./table";

interface Term {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
}

type Binding = Readonly<Record<string, Term>>;

/** What stands for an IRI in a cell: its name, and where it leads. */
export interface Things {
  name(iri: string): string;
  page(iri: string): string | null;
}

// More bars than this nobody reads: of a longer answer, no more rows are asked for.
export const MOST_BARS = 60;
const TIME = /^-?\d{4}(-\d{2}){0,2}(\/-?\d{4}(-\d{2}){0,2})?$/;
const MOMENT = /#dateTime$/;
const NUMBER = /#(?:integer|decimal|double|float|int|long|short|byte|unsigned\w+|non\w+Integer|\w+tiveInteger)$/;

/**
 * The answer from its first row on, from the address that `data-all` tells, up to as many rows as are drawn: `data-note` says what is left out.
 * Of bars, the first page has all that are drawn.
 * What is on the page where that cannot be had, and `data-part` says so.
 */
export async function readAll(figure: HTMLElement, table: Table): Promise<Table> {
  const { all: address, begin, view, most = "", total = "" } = figure.dataset;
  if (address && view === "bars" && begin === "0" && table.rows.length >= MOST_BARS) {
    figure.dataset["note"] = firstOf(MOST_BARS, Number(total));
    return { ...table, rows: table.rows.slice(0, MOST_BARS) };
  }
  if (address) {
    const from = new URL(address, location.href);
    const limit = view === "bars" ? MOST_BARS : Number(most);
    // The whole answer is what the page was made of: it is there already.
    if (view === "bars" || !total || Number(total) > limit) from.searchParams.set("limit", String(limit));
    const response = await fetch(from).catch(() => null);
    const rows = response?.ok ? ((await response.json()) as { results: { bindings: Binding[] } }).results.bindings : [];
    if (rows.length) {
      if (response!.headers.has("KG-Truncated")) figure.dataset["note"] = firstOf(rows.length, Number(figure.dataset["total"]));
      return fromResults(rows, table.columns, thingsOf(figure));
    }
  }
  if (address !== undefined) figure.dataset["part"] = "";
  return table;
}

/** That these are the first rows of an answer: of how many, where that is known. */
export function firstOf(drawn: number, total: number): string {
  return `The first ${drawn.toLocaleString("en")} ${total > drawn ? `of ${total.toLocaleString("en")} rows` : "rows of a longer answer"} are drawn.`;
}

/** The rows of SPARQL results with the columns of the table: `x` and `xName` are one. */
export function fromResults(rows: readonly Binding[], columns: readonly Column[], things: Things): Table {
  return { columns, rows: rows.map((row) => columns.map((column) => cellOf(column, row, things))) };
}

function cellOf({ name, role }: Column, row: Binding, things: Things): Cell {
  const [term, label] = [row[name], row[`${name}Name`]];
  if (!term) return label ? { ...EMPTY, text: inert(label.value) } : EMPTY;
  if (term.type === "uri") return { ...EMPTY, text: inert(label?.value ?? things.name(term.value)), href: things.page(term.value) };
  if (typeof term.value !== "string") return { ...EMPTY, text: JSON.stringify(term.value) };
  return { ...EMPTY, text: inert(term.value), times: timesOf(term, role === "date") };
}

/** The days, months or years of a literal; a number of four digits is none, but in a column of times. */
function timesOf({ value, datatype = "" }: Term, isDate: boolean): string[] {
  if (MOMENT.test(datatype)) return [value];
  return TIME.test(value) && (isDate || !NUMBER.test(datatype)) ? value.split("/") : [];
}

function thingsOf(figure: HTMLElement): Things {
  const { base = "", page = "" } = figure.dataset;
  return { name: lastOf, page: (iri) => pageOf(iri, base, page) };
}

/** The address of our page of a thing; nothing for what is not ours. */
export function pageOf(iri: string, base: string, page: string): string | null {
  return base && page && iri.startsWith(base) && iri.length > base.length ? page + iri.slice(base.length).split("/").map(encodeURIComponent).join("/") : null;
}

function lastOf(iri: string): string {
  return (/[^/#]*[/#]?$/.exec(iri)?.[0] ?? iri).replace(/[-_]/g, " ").trim() || iri;
}
