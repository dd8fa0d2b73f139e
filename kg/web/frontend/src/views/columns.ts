// Which columns of an answer a view takes for what: by their roles, and by what stands in them.
import { at, named, numberOf, withRole, type Table } from "./table";

const LABELS = ["source", "target", "label", "place", "", "date", "kind"];
const MOST_MEASURES = 2;

/** The columns that a network joins: both ends of a line with what lies between, or the ends of the page's own thing. */
export function endsOf(table: Table, hasHub = false): number[] {
  const [source, target] = [withRole(table, "source")[0], withRole(table, "target")[0]];
  if (source !== undefined && target !== undefined) return [source, ...withRole(table, "through"), target];
  const isNamed = (place: number) => table.rows.some((row) => at(row, place).href);
  const others = [...table.columns.keys()].filter((place) => place !== target && !["value", "date", "end", "kind", "lead"].includes(table.columns[place]!.role) && isNamed(place));
  if (target !== undefined) return hasHub ? [target] : others.length ? [others[0]!, target] : [];
  return others.length > 1 ? others.slice(0, 2) : hasHub && others.length ? others : [];
}

/** The columns of times: when it was, or when it began; where that is not known, when it was seen to be so. */
export function timesOf(table: Table): number[] {
  return [...withRole(table, "date"), ...named(table, "seen")].filter((place) => table.rows.some((row) => at(row, place).times.length));
}

/** The columns of numbers: those that the page says are counts, else the first in which every cell is a number. */
export function measuresOf(table: Table): number[] {
  const told = withRole(table, "value").filter((place) => isNumeric(table, place));
  return told.length ? told.slice(0, MOST_MEASURES) : withRole(table, "").filter((place) => isNumeric(table, place)).slice(0, 1);
}

/** What the rows are told apart by: the first column that differs, with that of the other side of a pair. */
export function labelsOf(table: Table, measures: readonly number[]): number[] {
  const open = LABELS.flatMap((role) => withRole(table, role)).filter((place) => !measures.includes(place) && !isNumeric(table, place));
  const varying = open.filter((place) => new Set(table.rows.map((row) => at(row, place).text)).size > 1);
  const [first, second] = varying;
  if (first === undefined) return open.slice(0, 1);
  const isPair = table.columns[first]!.role === "source" && second !== undefined && table.columns[second]!.role === "target";
  return isPair ? [first, second] : [first];
}

/** The columns of degrees: north and east. */
export function degreesOf(table: Table): readonly [number | undefined, number | undefined] {
  return [[...withRole(table, "lat"), ...named(table, "lat")][0], [...withRole(table, "long"), ...named(table, "long")][0]];
}

/** Whether every cell of a column that holds anything holds a number. */
export function isNumeric(table: Table, place: number): boolean {
  const cells = table.rows.map((row) => at(row, place)).filter((cell) => cell.text && !cell.times.length);
  return cells.length > 0 && cells.every((cell) => Number.isFinite(numberOf(cell)));
}
