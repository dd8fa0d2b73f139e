// The rows of a free query as a drawing, beside their table: the views that they allow, and the one that is chosen.
import { make } from "../dom";
import type { Vocabulary } from "../editor/vocabulary";
import { firstOf, fromResults, pageOf, type Things } from "../views/all";
import { drawFrom } from "../views";
import { TITLES, offered, withRoles } from "../views/offer";
import type { Table } from "../views/table";
import type { Rows } from "./ask";
import { columnsOf, nameOf, words, type Places } from "./cell";

// As many names as the server tells at once.
const MOST_LEARNT = 1000;

/** What the page tells of drawing, and what its reader has chosen. */
export interface Sights {
  // What columns of these names are taken for.
  readonly roles: Readonly<Record<string, string>>;
  // The most rows that are drawn.
  readonly most: number;
  // What the page knows of the live graph: its generation, and the day on which it was published.
  readonly generation: string;
  readonly built: string;
  // The view that is chosen; empty for the table alone.
  view: string;
  // Told when another is chosen.
  chosen(): void;
}

export class Drawing {
  readonly element = make("div", { class: "drawing" });
  private readonly tells = make("p", { class: "quiet", role: "status" });
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly table: Table;
  private figure: HTMLElement | null = null;

  constructor(private readonly answer: Rows, private readonly title: string, private readonly places: Places, private readonly known: Vocabulary | null, private readonly sights: Sights) {
    this.table = this.read();
    const views = offered(this.table);
    this.buttons = ["", ...views].map((view) =>
      make("button", { type: "button", value: view, onclick: () => this.choose(view) }, view ? TITLES[view] : "Table"),
    );
    if (!views.length) return;
    this.element.append(make("div", { class: "choices", role: "group", "aria-label": "View" }, ...this.buttons), this.tells);
    this.show(views.includes(sights.view) ? sights.view : "");
  }

  private choose(view: string): void {
    this.sights.view = view;
    this.sights.chosen();
    this.show(view);
  }

  private show(view: string): void {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.value === view));
    this.figure?.remove();
    this.figure = null;
    this.tells.textContent = "";
    if (view) void this.draw(view);
  }

  private async draw(view: string): Promise<void> {
    const { generation } = this.answer;
    const built = generation === this.sights.generation ? this.sights.built : "";
    const figure = make("figure", { class: "view", "data-view": view, "data-of": "answer", "data-generation": generation, "data-built": built, "data-note": this.note(), "aria-label": this.title });
    this.figure = figure;
    this.element.append(figure);
    await drawFrom(figure, () => this.named());
    if (this.figure === figure && figure.hidden) this.tells.textContent = `These rows cannot be drawn as a ${TITLES[view]!.toLowerCase()}.`;
  }

  private note(): string {
    const { rows, isCut } = this.answer;
    const drawn = this.table.rows.length;
    return isCut || drawn < rows.length ? firstOf(drawn, isCut ? NaN : rows.length) : "";
  }

  /** The rows with the names of things, asked for where they are not known yet. */
  private async named(): Promise<Table> {
    if (!this.known || this.known.names) return this.table;
    const ours = (value: { type: string; value: string } | undefined) => value?.type === "uri" && value.value.startsWith(this.places.base);
    const iris = new Set(this.answer.rows.slice(0, this.sights.most).flatMap((row) => Object.values(row).filter(ours).map((value) => value.value)));
    const every = [...iris];
    for (let begin = 0; begin < every.length; begin += MOST_LEARNT) await this.known.learn(every.slice(begin, begin + MOST_LEARNT));
    return this.read();
  }

  private read(): Table {
    const { roles, most } = this.sights;
    const columns = columnsOf(this.answer.columns).map(({ name }) => ({ name, title: words(name), role: roles[name] ?? "" }));
    const things: Things = { name: (iri) => nameOf(iri, this.places, this.known), page: (iri) => this.leads(iri) };
    return withRoles(fromResults(this.answer.rows.slice(0, most), columns, things), roles);
  }

  /** Where a thing leads: to its page here, or outward; terms of the ontology are no things. */
  private leads(iri: string): string | null {
    const { base, page, terms } = this.places;
    if (iri.startsWith(terms)) return null;
    return pageOf(iri, base, page) ?? (/^https?:\/\//i.test(iri) ? iri : null);
  }
}
