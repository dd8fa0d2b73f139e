// What a query gave, below the editor: a table, a word, a graph, or what was wrong.
import { counted, inert, make } from "../dom";
import type { Vocabulary } from "../editor/vocabulary";
import type { Answer, Refusal, Rows, Total } from "./ask";
import type { Places } from "./cell";
import { Drawing, type Sights } from "./drawing";
import { ResultTable } from "./table";

const MOST_TEXT = 200_000;
// Addresses that are longer than this do not get through everywhere.
export const LONGEST_ADDRESS = 6_000;
const TABLES = { json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV" };
const GRAPHS = { ttl: "Turtle", nt: "N-Triples", nq: "N-Quads", trig: "TriG", jsonld: "JSON-LD", rdf: "RDF/XML" };

/** Which query was put where, and how long it took. */
export interface Asked {
  readonly query: string;
  readonly title: string;
  readonly endpoint: string;
  readonly seconds: number;
  // How many rows there are in all, of an answer that was cut.
  readonly total: (() => Promise<Total | null>) | null;
}

export function showAnswer(answer: Answer, { query, title, endpoint, seconds, total }: Asked, places: Places, known: Vocabulary | null, sights: Sights): Node[] {
  const took = ` in ${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s`;
  const formats = answer.kind === "graph" ? GRAPHS : TABLES;
  const bar = (status: Node | string) =>
    make("div", { class: "bar" }, make("div", { class: "printed asked" }, query), make("p", { role: "status" }, status, make("span", { class: "quiet" }, took)), downloads(formats, query, endpoint));
  switch (answer.kind) {
    case "truth":
      return [bar(make("span", { class: "truth" }, answer.truth ? "Yes." : "No."))];
    case "graph":
      return [
        bar(answer.text.length > MOST_TEXT ? make("strong", {}, "Only the beginning is shown; the downloads hold all.") : "A graph"),
        make("pre", { class: "scroll", tabindex: "0" }, make("code", {}, inert(answer.text.slice(0, MOST_TEXT)))),
      ];
    case "rows":
      if (!answer.rows.length) return [bar("No answer: the graph holds nothing that fits.")];
      return [
        bar(answer.isCut && total ? cutOff(answer, total) : counted(answer.rows.length, "row")),
        new Drawing(answer, title, places, known, sights).element,
        new ResultTable(answer, places, known).element,
      ];
  }
}

/** That these are the first rows: of how many is said once they are counted. */
function cutOff({ rows }: Rows, total: () => Promise<Total | null>): HTMLElement {
  const first = rows.length.toLocaleString("en");
  const told = make("strong", {}, `The first ${counted(rows.length, "row")}; the others are being counted …`);
  void total().then((all) => {
    const of = all && all.rows > rows.length ? `${all.more ? "more than " : ""}${all.rows.toLocaleString("en")}` : `more than ${first}`;
    told.textContent = `The first ${first} of ${of} rows. Ask for less, or take them in parts with LIMIT and OFFSET.`;
  });
  return told;
}

export function showRefusal(refusal: Refusal, go: (() => void) | null): Node[] {
  const where = `line ${refusal.line}, column ${refusal.column}`;
  return [
    make(
      "div",
      { class: "refusal", role: "alert" },
      make("p", {}, make("strong", {}, inert(refusal.message)), refusal.line && go ? make("button", { type: "button", class: "plainly", onclick: go }, where) : null),
      refusal.hint ? make("p", {}, inert(refusal.hint)) : null,
    ),
  ];
}

/** The same answer in each format: as addresses that can be shared, or by a form where the query is too long for one. */
function downloads(formats: Readonly<Record<string, string>>, query: string, endpoint: string): HTMLElement {
  const address = (format: string) => `${endpoint}?${new URLSearchParams({ query, format })}`;
  if (address("jsonld").length <= LONGEST_ADDRESS) {
    return make("p", { class: "downloads" }, ...Object.entries(formats).flatMap(([format, label]) => [make("a", { href: address(format) }, label), " "]));
  }
  const kept = make("input", { type: "hidden", name: "query" });
  kept.value = query;
  const buttons = Object.entries(formats).map(([format, label]) => make("button", { name: "format", value: format }, label));
  return make("form", { class: "downloads", method: "post", action: endpoint }, kept, ...buttons);
}
