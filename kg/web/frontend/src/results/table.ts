// An answer of any length as a table: a page of rows at a time, sorted and filtered over all of them.
import { make } from "../dom";
import type { Vocabulary } from "../editor/vocabulary";
import { fold } from "../fold";
import { Arranged, type Key } from "./arrange";
import type { Row, Rows } from "./ask";
import { cell, columnsOf, textOf, words, type Column, type Places } from "./cell";

const ROWS = 100;
const MOST_COLUMNS = 50;
const NUMBERS = /#(?:integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger|gYear)$/;

export class ResultTable {
  readonly element = make("div", { class: "answer" });
  private readonly columns: Column[];
  private readonly body = make("tbody", { role: "rowgroup" });
  private readonly arranged: Arranged;
  private readonly shown = make("p", { role: "status", class: "quiet" });
  private readonly pager = make("nav", { class: "pager", "aria-label": "Pages of the answer" });
  private readonly shows = { iris: false };
  private texts: string[][] | null = null;
  private order: readonly Row[];
  private page = 0;

  constructor(private readonly answer: Rows, private readonly places: Places, private readonly known: Vocabulary | null) {
    this.columns = columnsOf(answer.columns).slice(0, MOST_COLUMNS);
    this.order = answer.rows;
    this.arranged = new Arranged({
      count: answer.rows.length,
      texts: () => this.all(),
      keys: (column) => this.keys(column),
      changed: (places) => {
        this.order = places.map((place) => answer.rows[place]!);
        this.page = 0;
        void this.draw();
      },
    });
    const heads = this.columns.map((column, place) => this.head(column, place));
    const scroll = make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answer" },
      make(
        "table",
        { role: "table", id: "answer" },
        make("caption", { class: "unseen", id: "answer-caption" }, "Answer"),
        make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
        this.body,
      ),
    );
    this.element.append(this.tools(), scroll, this.pager);
    void this.draw();
  }

  private tools(): HTMLElement {
    const iris = (event: Event) => {
      this.shows.iris = (event.target as HTMLInputElement).checked;
      void this.draw();
    };
    return make(
      "div",
      { class: "bar tools" },
      this.arranged.field(),
      make("label", {}, make("input", { type: "checkbox", onchange: iris }), " Show IRIs"),
      this.shown,
    );
  }

  private head(column: Column, place: number): HTMLTableCellElement {
    const head = make("th", { scope: "col", role: "columnheader", "data-name": column.name });
    this.arranged.head(head, place, document.createTextNode(words(column.name)));
    return head as HTMLTableCellElement;
  }

  private keys(column: number): Key[] {
    const { name } = this.columns[column]!;
    const { rows } = this.answer;
    const isNumber = rows.every((row) => !row[name] || NUMBERS.test(row[name]!.datatype ?? ""));
    return isNumber ? rows.map((row) => (row[name] ? Number(row[name]!.value) : null)) : this.all().map((row) => row[column]!);
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
    const parts = [this.arranged.told(all)].filter(Boolean);
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
