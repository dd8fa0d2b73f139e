// The table that stands on the page already, as values: what a view draws from.

export interface Cell {
  readonly text: string;
  // Where the cell leads: the page of a thing, for most.
  readonly href: string | null;
}

export interface Table {
  // The variables of the question, in order.
  readonly columns: readonly string[];
  // A row has a cell for each column, empty where nothing is bound.
  readonly rows: readonly (readonly Cell[])[];
}

export function readTable(table: HTMLTableElement): Table {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  return {
    columns: heads.map((head) => head.dataset["name"] ?? text(head)),
    rows: [...(table.tBodies[0]?.rows ?? [])].map((row) => heads.map((_, place) => readCell(row.cells[place]))),
  };
}

/** The cells of a column, by the name of its variable; empty where there is no such column. */
export function column(table: Table, name: string): readonly Cell[] {
  const place = table.columns.indexOf(name);
  return place < 0 ? [] : table.rows.map((row) => row[place]!);
}

function readCell(cell: HTMLTableCellElement | undefined): Cell {
  return { text: cell ? text(cell) : "", href: cell?.querySelector("a")?.getAttribute("href") ?? null };
}

function text(element: HTMLElement): string {
  return (element.textContent ?? "").trim();
}
