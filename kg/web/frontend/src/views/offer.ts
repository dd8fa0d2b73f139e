// Which views the answer of any query allows: a free query names its columns as it likes, so what stands in them counts.
import { degreesOf, endsOf, isNumeric, labelsOf, measuresOf, timesOf } from "./columns";
import { at, numberOf, type Column, type Table } from "./table";
import { stretchOf } from "./when";

/** The views by their names, as a reader is offered them. */
export const TITLES: Readonly<Record<string, string>> = { network: "Network", timeline: "Timeline", bars: "Bar chart", map: "Map" };

// Names that many give to columns of these roles, beyond those that the saved questions have.
const NAMES: Readonly<Record<string, string>> = { end: "end", ended: "end", latitude: "lat", lat: "lat", longitude: "long", lng: "long", lon: "long", long: "long" };

/** The table with the role of each column: what its name says, where its cells are of that sort; else what they show. */
export function withRoles(table: Table, roles: Readonly<Record<string, string>>): Table {
  const told = table.columns.map((column, place) => ({ ...column, role: roleOf(table, place, roles[column.name] ?? "") }));
  const isFree = !told.some((column) => column.role === "value");
  const first = told.findIndex((column, place) => column.role === "" && isNumeric(table, place));
  // Where no column is known to count, the first of numbers does.
  return { ...table, columns: told.map((column, place): Column => (isFree && place === first ? { ...column, role: "value" } : column)) };
}

/** The views that have something to draw here. */
export function offered(table: Table): string[] {
  const drawable: Readonly<Record<string, (table: Table) => boolean>> = { network: hasLinks, timeline: hasTimes, bars: hasBars, map: hasPlaces };
  return Object.keys(TITLES).filter((view) => drawable[view]!(table));
}

function roleOf(table: Table, place: number, told: string): string {
  const cells = table.rows.map((row) => at(row, place)).filter((cell) => cell.text);
  const isThing = cells.some((cell) => cell.href);
  const isTime = cells.length > 0 && cells.every((cell) => cell.times.length);
  const isNumber = isNumeric(table, place) && !isTime;
  const holds: Readonly<Record<string, boolean>> = { source: isThing, target: isThing, through: isThing, label: isThing, date: isTime, end: isTime, value: isNumber, lat: isNumber, long: isNumber, place: !isNumber, kind: !isNumber };
  if (holds[told]) return told;
  const called = NAMES[table.columns[place]!.name] ?? "";
  return holds[called] ? called : isTime ? "date" : "";
}

function hasLinks(table: Table): boolean {
  const ends = endsOf(table);
  return table.rows.some((row) => new Set(ends.map((place) => at(row, place)).filter((cell) => cell.text).map((cell) => cell.href ?? cell.text)).size > 1);
}

function hasTimes(table: Table): boolean {
  const columns = timesOf(table);
  return table.rows.filter((row) => columns.some((place) => stretchOf(...at(row, place).times))).length > 1;
}

function hasBars(table: Table): boolean {
  const measures = measuresOf(table);
  return table.rows.length > 1 && measures.length > 0 && labelsOf(table, measures).length > 0;
}

function hasPlaces(table: Table): boolean {
  const [lat, long] = degreesOf(table);
  return lat !== undefined && long !== undefined && table.rows.some((row) => Math.abs(numberOf(at(row, lat))) <= 90 && Math.abs(numberOf(at(row, long))) <= 180);
}
