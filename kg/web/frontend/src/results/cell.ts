// A value as a page shows it: the label before the IRI, dates and texts as they are; as the server does it for plain pages.
import { inert, make } from "../dom";
import type { Vocabulary } from "../editor/vocabulary";
import type { Row, Value } from "./ask";

/** Where the pages of things and of the ontology are, and whose they are. */
export interface Places {
  readonly base: string;
  readonly page: string;
  readonly terms: string;
  readonly ontology: string;
}

/** A column of the shown table: a variable, and the one that holds its label, if there is one. */
export interface Column {
  readonly name: string;
  readonly label: string | null;
}

/** `x` and `xName` are one column. */
export function columnsOf(variables: readonly string[]): Column[] {
  const labels = new Set(variables.map((name) => `${name}Name`).filter((name) => variables.includes(name)));
  return variables.filter((name) => !labels.has(name)).map((name) => ({ name, label: labels.has(`${name}Name`) ? `${name}Name` : null }));
}

// What a link says of a longer name; its page says all of it.
const LONGEST_LINK = 160;

export function words(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])|[_-]/g, " ").toLowerCase();
}

/** What stands in a cell, as a text: for sorting, for finding. */
export function textOf(row: Row, column: Column, places: Places, known: Vocabulary | null): string {
  const label = column.label ? row[column.label] : undefined;
  const value = row[column.name];
  if (label) return label.value;
  if (!value) return "";
  return value.type === "uri" ? nameOf(value.value, places, known) : typeof value.value === "string" ? value.value : JSON.stringify(value.value);
}

export function cell(row: Row, column: Column, places: Places, known: Vocabulary | null, shows: { iris: boolean }): Node[] {
  const value = row[column.name];
  const text = inert(textOf(row, column, places, known));
  if (!text) return [];
  if (value?.type !== "uri") return text.split(" | ").flatMap((part, place) => [place > 0 && make("br"), make("bdi", {}, ...whole(part))].filter((node): node is HTMLElement => node !== false));
  return [link(value, text.length > LONGEST_LINK ? `${text.slice(0, LONGEST_LINK)}…` : text, places), ...(shows.iris ? [make("br"), make("code", { class: "quiet long" }, inert(value.value))] : [])];
}

function link(value: Value, text: string, places: Places): HTMLElement {
  const iri = value.value;
  const shown = make("bdi", {}, text);
  if (iri.startsWith(places.terms)) return make("a", { href: `${places.ontology}#${encodeURIComponent(iri.slice(places.terms.length))}`, title: iri }, shown);
  if (iri.startsWith(places.base) && iri.length > places.base.length) {
    const path = iri.slice(places.base.length).split("/").map(encodeURIComponent).join("/");
    return make("a", { href: places.page + path, title: inert(iri) }, make("bdi", {}, ...whole(text)));
  }
  if (/^https?:\/\//i.test(iri)) return make("a", { href: iri, rel: "noreferrer noopener", class: "outward" }, shown);
  return shown;
}

/** A name or a day, the day at its end as one word. */
function whole(text: string): (Node | string)[] {
  const day = /(?<=^|\s)\d{4}-\d{2}(?:-\d{2})?$/.exec(text);
  return day ? [text.slice(0, day.index), make("span", { class: "date" }, day[0])] : [text];
}

export function nameOf(iri: string, places: Places, known: Vocabulary | null): string {
  if (iri.startsWith(places.terms)) return words(iri.slice(places.terms.length));
  const label = known?.label(iri) ?? known?.short(iri);
  return label ?? (iri.startsWith(places.base) ? iri.slice(places.base.length) : iri);
}
