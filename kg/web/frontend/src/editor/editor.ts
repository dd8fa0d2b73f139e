// The editor of /sparql in place of the plain text field: runs and cancels the query, shows what it gives, keeps what was run.
import { make } from "../dom";
import { Refused, ask, askTotal, type Refusal } from "../results/ask";
import type { Places } from "../results/cell";
import type { Sights } from "../results/drawing";
import { LONGEST_ADDRESS, showAnswer, showRefusal } from "../results/results";
import { Code } from "./code";
import { forget, gist, keep, past, titleOf } from "./store";
import { undeclared } from "./prefixes";
import { Vocabulary } from "./vocabulary";

export function begin(form: HTMLElement): void {
  if (form instanceof HTMLFormElement) new Editor(form);
}

const KEYS = [
  ["Ctrl-Enter", "runs,"],
  ["Ctrl-Space", "completes,"],
  ["Alt-Enter", "adds missing prefixes."],
];

class Editor {
  private readonly field: HTMLTextAreaElement;
  private readonly code: Code;
  private readonly results = document.getElementById("results")!;
  private readonly runs: HTMLButtonElement;
  private readonly cancels = make("button", { type: "button", hidden: true, onclick: () => this.running?.abort() }, "Cancel");
  private readonly declares = make("button", { type: "button", hidden: true, title: "Alt-Enter", onclick: () => void this.code.declare() }, "Add missing prefixes");
  private readonly shares = make("button", { type: "button", onclick: () => void this.share() }, "Copy link");
  private readonly told = make("span", { role: "status", class: "told" });
  private readonly clock = make("span", { class: "quiet", "aria-hidden": "true" });
  private readonly earlier = make("details", { class: "earlier" });
  private readonly sights: Sights;
  private running: AbortController | null = null;
  // Of the rows of an answer that was cut: nobody waits for it any more when another query is run.
  private counting: AbortController | null = null;
  // The query that the rows below are the answer to.
  private asked = "";
  private known: Promise<Vocabulary> | null = null;

  constructor(private readonly form: HTMLFormElement) {
    this.field = form.querySelector("textarea")!;
    this.sights = this.sightsOf();
    this.runs = form.querySelector("button")!;
    const host = make("div", { class: "code" });
    this.field.after(host);
    this.field.hidden = true;
    this.code = new Code(host, this.field.value, {
      vocabulary: () => this.vocabulary(),
      run: () => void this.run(),
      changed: (text) => this.changed(text),
      label: "SPARQL query",
    });
    this.runs.title = "Ctrl-Enter";
    this.runs.after(this.cancels, this.declares, this.shares, this.told, this.clock);
    form.querySelector("label")?.addEventListener("click", () => this.code.view.focus());
    form.append(make("p", { class: "quiet keys" }, ...KEYS.flatMap(([key, what]) => [make("kbd", {}, key), ` ${what} `])), this.earlier);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    this.changed(this.code.text);
    this.listEarlier();
    const refused = form.dataset["refused"];
    if (refused) this.code.mark(JSON.parse(refused) as Refusal);
    // The rows that came with the page, once more: to be sorted, filtered, and all of them. The server has them at hand.
    else if (this.results.querySelector("table")) void this.run(false);
    form.dataset["ready"] = "";
  }

  private get endpoint(): string {
    return new URL(this.form.action).pathname;
  }

  private sightsOf(): Sights {
    const { roles = "{}", drawn = "0", generation = "", built = "" } = this.form.dataset;
    const view = new URLSearchParams(location.search).get("view") ?? "";
    return { roles: JSON.parse(roles) as Sights["roles"], most: Number(drawn), generation, built, view, chosen: () => this.address(this.asked) };
  }

  private get places(): Places {
    const { base = "", page = "", terms = "", ontology = "" } = this.form.dataset;
    return { base, page, terms, ontology };
  }

  /** The vocabulary, asked for once; again, where that failed. */
  private vocabulary(): Promise<Vocabulary> {
    this.known ??= Vocabulary.load(this.form.dataset["vocabulary"] ?? "").catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  private changed(text: string): void {
    this.field.value = text;
    this.declares.hidden = !undeclared(text).length;
    this.told.textContent = "";
  }

  /** Runs the query; `isAsked` says that somebody wants it to, and that it is kept. */
  private async run(isAsked = true): Promise<void> {
    if (this.running) return;
    const query = this.code.text;
    const running = (this.running = new AbortController());
    const began = performance.now();
    const isOnButton = document.activeElement === this.runs;
    this.counting?.abort();
    this.busy(true, began);
    if (isAsked) {
      keep(query, Date.now());
      this.listEarlier();
    }
    try {
      const known = this.vocabulary().catch(() => null);
      const answer = await ask(this.endpoint, query, running.signal);
      const seconds = (performance.now() - began) / 1000;
      this.code.mark(null);
      this.asked = query;
      const total = () => askTotal(this.form.dataset["total"] ?? "", query, (this.counting = new AbortController()).signal);
      const asked = { query, title: titleOf(query), endpoint: this.endpoint, seconds, total };
      this.results.replaceChildren(...showAnswer(answer, asked, this.places, await known, this.sights));
      this.told.textContent = "";
      this.address(query);
    } catch (error) {
      this.failed(error, query);
    } finally {
      this.running = null;
      const isOnCancel = document.activeElement === this.cancels;
      this.busy(false, began);
      // A button that is off or away holds no focus: whoever was there goes on from here.
      if (isOnButton || isOnCancel) this.runs.focus();
    }
  }

  private failed(error: unknown, query: string): void {
    if (error instanceof Refused) {
      const { refusal } = error;
      this.code.mark(refusal.status === 400 ? refusal : null);
      this.results.replaceChildren(...showRefusal(refusal, () => this.code.go(refusal)));
      this.told.textContent = "";
      this.address(query);
    } else if (error instanceof DOMException && error.name === "AbortError") {
      this.results.replaceChildren();
      this.told.textContent = "Cancelled.";
    } else {
      this.results.replaceChildren();
      this.told.textContent = "The server cannot be reached. Try again in a moment.";
    }
  }

  private busy(isBusy: boolean, began: number): void {
    this.cancels.hidden = !isBusy;
    this.runs.disabled = isBusy;
    this.results.setAttribute("aria-busy", String(isBusy));
    this.results.classList.toggle("waiting", isBusy);
    this.clock.textContent = "";
    if (!isBusy) return;
    this.told.textContent = "Running …";
    const tick = window.setInterval(() => {
      if (!this.running) clearInterval(tick);
      else this.clock.textContent = `${Math.round((performance.now() - began) / 1000)} s`;
    }, 1000);
  }

  /** The address of this page with the query and the view of its answer, where it is not too long for one. */
  private link(query: string): string | null {
    const { view } = this.sights;
    const link = `${location.origin}${this.endpoint}?${new URLSearchParams({ query, ...(view && { view }) })}`;
    return link.length <= LONGEST_ADDRESS ? link : null;
  }

  private address(query: string): void {
    // What is too long for an address has none: that of another query would be wrong.
    history.replaceState(null, "", this.link(query) ?? this.endpoint);
  }

  private async share(): Promise<void> {
    const link = this.link(this.code.text);
    if (!link) {
      this.told.textContent = "The query is too long for a link.";
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      this.told.textContent = "The link is copied.";
    } catch {
      // Without a secure connection a page may not write to the clipboard: the reader does.
      const shown = make("input", { readonly: true, "aria-label": "Link to this query", value: link });
      this.told.replaceChildren(shown);
      shown.select();
    }
  }

  private listEarlier(): void {
    const queries = past();
    this.earlier.hidden = !queries.length;
    const take = (text: string) => () => {
      this.code.text = text;
      this.code.view.focus();
    };
    const clear = () => {
      forget();
      this.listEarlier();
      this.code.view.focus();
    };
    this.earlier.replaceChildren(
      make("summary", {}, `Earlier queries (${queries.length})`),
      make("p", { class: "quiet" }, "Kept on this device only. ", make("button", { type: "button", onclick: clear }, "Forget them")),
      make(
        "ol",
        { class: "plain" },
        ...queries.map((one) =>
          make(
            "li",
            {},
            make("button", { type: "button", class: "plainly", onclick: take(one.text) }, gist(one.text)),
            make("time", { class: "quiet", datetime: new Date(one.at).toISOString() }, ` ${new Date(one.at).toLocaleString()}`),
          ),
        ),
      ),
    );
  }
}
