// An answer of any length as a table: a page of rows at a time, sorted and filtered over all of them.
import { counted, make } from "../dom";
import { fold, type Vocabulary } from "../editor/vocabulary";
import type { Row, Rows } from "./ask";
import { cell, columnsOf, textOf, words, type Column, type Places } from "./cell";

const ROWS = 100;
const MOST_COLUMNS = 50;
const NUMBERS = /#(?:integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger|gYear)$/;
// More different texts than this are compared letter by letter: it is what can be done while somebody waits.
const MOST_COLLATED = 20_000;
const WAIT = 150;

type Direction = "ascending" | "descending";

export class ResultTable {
  readonly element = make("div", { class: "answer" });
  private readonly columns: Column[];
  private readonly body = make("tbody", { role: "rowgroup" });
  private readonly heads: HTMLTableCellElement[];
  private readonly shown = make("p", { role: "status", class: "quiet" });
  private readonly pager = make("nav", { class: "pager", "aria-label": "Pages of the answer" });
  private readonly shows = { iris: false };
  private texts: string[][] | null = null;
  private order: readonly Row[];
  private sorted: { column: number; direction: Direction } | null = null;
  private wanted = "";
  private page = 0;

  constructor(private readonly answer: Rows, private readonly places: Places, private readonly known: Vocabulary | null) {
    this.columns = columnsOf(answer.columns).slice(0, MOST_COLUMNS);
    this.order = answer.rows;
    this.heads = this.columns.map((column, place) => this.head(column, place));
    const scroll = make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answer" },
      make(
        "table",
        { role: "table", id: "answer" },
        make("caption", { class: "unseen", id: "answer-caption" }, "Answer"),
        make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...this.heads)),
        this.body,
      ),
    );
    this.element.append(this.tools(), scroll, this.pager);
    void this.draw();
  }

  private tools(): HTMLElement {
    let timer = 0;
    const later = (event: Event) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.filter((event.target as HTMLInputElement).value), WAIT);
    };
    const iris = (event: Event) => {
      this.shows.iris = (event.target as HTMLInputElement).checked;
      void this.draw();
    };
    return make(
      "div",
      { class: "bar tools" },
      make("label", {}, "Only rows with ", make("input", { type: "search", oninput: later, autocomplete: "off" })),
      make("label", {}, make("input", { type: "checkbox", onchange: iris }), " Show IRIs"),
      this.shown,
    );
  }

  private head(column: Column, place: number): HTMLTableCellElement {
    const button = make("button", { type: "button", class: "sort", onclick: () => this.sort(place) }, words(column.name));
    return make("th", { scope: "col", role: "columnheader", "data-name": column.name }, button) as HTMLTableCellElement;
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

  /** The rows that are wanted, in the order that is wanted; then the first page of them. */
  private arrange(): void {
    const rows = this.answer.rows;
    let places = rows.map((_, place) => place);
    if (this.wanted) {
      const texts = this.all();
      places = places.filter((place) => texts[place]!.some((text) => text.includes(this.wanted)));
    }
    if (this.sorted) this.inOrder(places);
    this.order = places.map((place) => rows[place]!);
    this.page = 0;
    void this.draw();
  }

  private inOrder(places: number[]): void {
    const { column, direction } = this.sorted!;
    const shown = this.columns[column]!;
    const sign = direction === "ascending" ? 1 : -1;
    const rows = this.answer.rows;
    const isNumber = rows.every((row) => !row[shown.name] || NUMBERS.test(row[shown.name]!.datatype ?? ""));
    if (isNumber) {
      const numbers = rows.map((row) => (row[shown.name] ? Number(row[shown.name]!.value) : -Infinity));
      places.sort((one, other) => sign * (numbers[one]! - numbers[other]!) || one - other);
      return;
    }
    // What stands in many rows is compared once.
    const texts = this.all().map((row) => row[column]!);
    const different = [...new Set(texts)];
    different.sort(different.length <= MOST_COLLATED ? new Intl.Collator("en", { numeric: true }).compare : undefined);
    const ranks = new Map(different.map((text, rank) => [text, rank]));
    const ranked = texts.map((text) => ranks.get(text)!);
    places.sort((one, other) => sign * (ranked[one]! - ranked[other]!) || one - other);
  }

  /** What stands in every cell, folded; worked out when it is first needed. */
  private all(): string[][] {
    const folded = new Map<string, string>();
    const once = (text: string) => folded.get(text) ?? (folded.set(text, fold(text)), folded.get(text)!);
    this.texts ??= this.answer.rows.map((row) => this.columns.map((column) => once(textOf(row, column, this.places, this.known))));
    return this.texts;
  }

  private async draw(): Promise<void> {
    const begin = this.page * ROWS;
    const rows = this.order.slice(begin, begin + ROWS);
    const write = () =>
      this.body.replaceChildren(
        ...rows.map((row) =>
          make(
            "tr",
            { role: "row" },
            ...this.columns.map((column) => {
              const shown = cell(row, column, this.places, this.known, this.shows);
              return make("td", { role: "cell", "data-title": words(column.name) }, shown.length ? make("span", {}, ...shown) : null);
            }),
          ),
        ),
      );
    write();
    this.tell(begin, rows.length);
    const iris = rows.flatMap((row) => this.columns.map((column) => row[column.name]).filter((value) => value?.type === "uri"));
    if (this.known && !this.known.names) {
      await this.known.learn(iris.map((value) => value!.value));
      if (this.page * ROWS === begin) write();
    }
  }

  private tell(begin: number, count: number): void {
    const all = this.order.length;
    const parts = [];
    if (this.wanted) parts.push(`${counted(all, "row")} of ${this.answer.rows.length.toLocaleString("en")} with “${this.wanted}”`);
    if (all > ROWS) parts.push(`rows ${(begin + 1).toLocaleString("en")} to ${(begin + count).toLocaleString("en")} are shown`);
    this.shown.textContent = parts.join("; ");
    const last = Math.max(0, Math.ceil(all / ROWS) - 1);
    this.pager.hidden = last === 0;
    const go = (page: number) => () => {
      this.page = page;
      void this.draw();
      this.element.scrollIntoView({ block: "start" });
    };
    const button = (text: string, page: number, isOff: boolean) => make("button", { type: "button", disabled: isOff, onclick: go(page) }, text);
    const focused = [...this.pager.children].indexOf(document.activeElement!);
    this.pager.replaceChildren(
      button("First", 0, this.page === 0),
      button("Previous", this.page - 1, this.page === 0),
      make("span", {}, `Page ${(this.page + 1).toLocaleString("en")} of ${(last + 1).toLocaleString("en")}`),
      button("Next", this.page + 1, this.page === last),
      button("Last", last, this.page === last),
    );
    // Whoever pages on with the keyboard stays where they are.
    const next = this.pager.children[focused];
    if (next instanceof HTMLButtonElement) (next.disabled ? (this.pager.querySelector("button:enabled") as HTMLElement | null) : next)?.focus();
  }
}
