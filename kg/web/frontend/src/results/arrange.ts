// Rows as a reader wants them, in any table of the pages: those with a word, sorted by a column; by its heading or a field.
import { counted, make } from "../dom";
import { fold } from "../fold";

// More different texts than this are compared letter by letter: it is what can be done while somebody waits.
const MOST_COLLATED = 20_000;
const WAIT = 150;

type Direction = "ascending" | "descending";
// What a cell is sorted by; nothing where it is empty.
export type Key = string | number | null;

/** What a table tells of its rows. */
export interface Cells {
  readonly count: number;
  // What each row shows, folded; asked for only where a word is looked for.
  texts(): readonly (readonly string[])[];
  // A key for each row; all of a column are numbers, or texts.
  keys(column: number): readonly Key[];
  // Told when the rows are others, or stand in another order.
  changed(places: readonly number[]): void;
}

export class Arranged {
  private sorted: { column: number; direction: Direction } | null = null;
  private wanted = "";
  private readonly heads: HTMLElement[] = [];

  constructor(private readonly cells: Cells) {}

  /** The button that sorts by this column, in place of the heading's own words. */
  head(head: HTMLElement, column: number, ...words: Node[]): void {
    this.heads[column] = head;
    head.replaceChildren(make("button", { type: "button", class: "sort", onclick: () => this.sort(column) }, ...words));
  }

  /** The field in which a word is written that the rows must have. */
  field(): HTMLElement {
    let timer = 0;
    const later = (event: Event) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.filter((event.target as HTMLInputElement).value), WAIT);
    };
    return make("label", {}, "Only rows with ", make("input", { type: "search", oninput: later, autocomplete: "off" }));
  }

  /** How many rows there are with the word; empty where none is looked for. */
  told(count: number): string {
    return this.wanted ? `${counted(count, "row")} of ${this.cells.count.toLocaleString("en")} with “${this.wanted}”` : "";
  }

  private sort(column: number): void {
    const again = this.sorted?.column === column && this.sorted.direction === "ascending";
    this.sorted = { column, direction: again ? "descending" : "ascending" };
    this.heads.forEach((head, place) => (place === column ? head.setAttribute("aria-sort", this.sorted!.direction) : head.removeAttribute("aria-sort")));
    this.arrange();
  }

  private filter(text: string): void {
    this.wanted = fold(text.trim());
    this.arrange();
  }

  private arrange(): void {
    let places = [...Array(this.cells.count).keys()];
    if (this.wanted) {
      const texts = this.cells.texts();
      places = places.filter((place) => texts[place]!.some((text) => text.includes(this.wanted)));
    }
    if (this.sorted) inOrder(places, this.cells.keys(this.sorted.column), this.sorted.direction);
    this.cells.changed(places);
  }
}

/** Nothing; the places stand in the order of their keys, those without one at the end, and else as they stood. */
export function inOrder(places: number[], keys: readonly Key[], direction: Direction): void {
  const sign = direction === "ascending" ? 1 : -1;
  const ranks = ranked(keys);
  const order = (one: number, other: number) => {
    const [a, b] = [ranks[one]!, ranks[other]!];
    const emptyLast = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return emptyLast || sign * (a - b) || one - other;
  };
  places.sort(order);
}

/** Numbers are their own ranks; of texts, what stands in many rows is compared once. */
function ranked(keys: readonly Key[]): number[] {
  const texts = [...new Set(keys.filter((key) => typeof key === "string"))];
  texts.sort(texts.length <= MOST_COLLATED ? new Intl.Collator("en", { numeric: true }).compare : undefined);
  const ranks = new Map<Key, number>(texts.map((text, rank) => [text, rank]));
  return keys.map((key) => (key === null || key === "" ? NaN : typeof key === "number" ? key : ranks.get(key)!));
}
