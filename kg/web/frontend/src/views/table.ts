// The table that stands on the page already, as values: what a view draws from.

export interface Cell {
  readonly text: string;
  // Where the cell leads: the page of a thing, for most.
  readonly href: string | null;
  // The days, months or years of the cell as machines write them: one, or the two ends of an interval.
  readonly times: readonly string[];
}

export interface Column {
  // The variable of the question.
  readonly name: string;
  // What a view takes it for: "source", "target", "through", "date", "end", "label", "value", "place", "kind" or nothing.
  readonly role: string;
  readonly title: string;
}

export interface Table {
  readonly columns: readonly Column[];
  // A row has a cell for each column, empty where nothing is bound.
  readonly rows: readonly (readonly Cell[])[];
}

export const EMPTY: Cell = { text: "", href: null, times: [] };

export function readTable(table: HTMLTableElement): Table {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  return {
    columns: heads.map((head) => ({ name: head.dataset["name"] ?? text(head), role: head.dataset["role"] ?? "", title: text(head) })),
    rows: [...(table.tBodies[0]?.rows ?? [])].map((row) => heads.map((_, place) => readCell(row.cells[place]))),
  };
}

/** The places of the columns with a role, in the order of the table. */
export function withRole(table: Table, ...roles: string[]): number[] {
  return [...table.columns.keys()].filter((place) => roles.includes(table.columns[place]!.role));
}

/** The places of the columns with one of these names. */
export function named(table: Table, ...names: string[]): number[] {
  return [...table.columns.keys()].filter((place) => names.includes(table.columns[place]!.name));
}

/** The cell of a row; an empty one where there is no such column. */
export function at(row: readonly Cell[], place: number | undefined): Cell {
  return (place === undefined ? undefined : row[place]) ?? EMPTY;
}

/** The number that a cell shows, without the commas between its thousands; NaN where it shows none. */
export function numberOf(cell: Cell): number {
  return /^[-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?$/i.test(cell.text) ? Number(cell.text.replaceAll(",", "")) : NaN;
}

function readCell(cell: HTMLTableCellElement | undefined): Cell {
  if (!cell) return EMPTY;
  return {
    text: text(cell),
    href: cell.querySelector("a")?.getAttribute("href") ?? null,
    times: [...cell.querySelectorAll("time")].map((time) => time.dateTime),
  };
}

function text(element: HTMLElement): string {
  return (element.textContent ?? "").trim().replace(/\s+/g, " ");
}
