// The table of a saved question or of a thing, as the server wrote it, with its rows sorted and searched where they stand.
import { make } from "../dom";
import { fold } from "../fold";
import { numberOf, readTable, type Cell } from "../views/table";
import { Arranged, type Key } from "./arrange";

// Fewer rows are found by looking.
const SEARCHED = 8;

export function begin(scroll: HTMLElement): void {
  const table = scroll.querySelector("table");
  const body = table?.tBodies[0];
  if (table && body && body.rows.length > 1) arrange(scroll, table, body);
}

function arrange(scroll: HTMLElement, table: HTMLTableElement, body: HTMLTableSectionElement): void {
  const rows = [...body.rows];
  const read = readTable(table);
  const shown = make("p", { role: "status", class: "quiet" });
  let texts: string[][] | null = null;
  const arranged = new Arranged({
    count: rows.length,
    texts: () => (texts ??= read.rows.map((row) => row.map((cell) => fold(cell.text)))),
    keys: (column) => keysOf(read.rows.map((row) => row[column]!)),
    changed: (places) => {
      const wanted = new Set(places);
      rows.forEach((row, place) => (row.hidden = !wanted.has(place)));
      body.append(...places.map((place) => rows[place]!));
      shown.textContent = arranged.told(places.length);
    },
  });
  // What leads to the evidence is the same in every row.
  [...table.tHead!.rows[0]!.cells].forEach((head, column) => head.dataset["role"] === "lead" || arranged.head(head, column, ...head.childNodes));
  const part = partOf(scroll);
  if (rows.length >= SEARCHED || part) scroll.before(make("div", { class: "bar tools" }, rows.length >= SEARCHED && arranged.field(), shown, part));
  scroll.dataset["ready"] = "";
}

/** That these are not all rows, and where all of them are sorted and searched. */
function partOf(scroll: HTMLElement): HTMLElement | null {
  const { told, whole } = scroll.dataset;
  if (!told) return null;
  return make("p", { class: "quiet" }, `${told} `, whole ? make("a", { href: whole }, "All of them in the editor") : null);
}

/** What each cell is sorted by: a number where all are, a time where it has one, else its words. */
function keysOf(cells: readonly Cell[]): Key[] {
  const isNumber = cells.every((cell) => !cell.text || (!cell.times.length && Number.isFinite(numberOf(cell))));
  return cells.map((cell) => (!cell.text ? null : isNumber ? numberOf(cell) : (cell.times[0] ?? fold(cell.text))));
}
