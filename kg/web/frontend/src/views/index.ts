// The views of an answer, by the `data-view` of the figure that they draw into; each is fetched when its figure is near.
import { make } from "../dom";
import { readAll } from "./all";
import { readTable, type Table } from "./table";

export interface View {
  // Draws what the table holds into the figure; false where it holds nothing that could be drawn.
  draw(figure: HTMLElement, table: Table): boolean;
}

export const views: Readonly<Record<string, () => Promise<View>>> = {
  bars: () => import("./bars"),
  map: () => import("./map"),
  network: () => import("./network"),
  timeline: () => import("./timeline"),
};

const NEAR = "400px";
const UNDRAWN = "This was printed before it was drawn. Its table holds the same.";

/** What a figure is drawn by, and from. */
interface Prepared {
  readonly view: View;
  readonly table: Table;
}

const coming = new WeakMap<HTMLElement, Promise<Prepared | null>>();
const prepared = new WeakMap<HTMLElement, Prepared>();

/** Draws every figure on the page once it comes near to being seen, and when the page is printed. */
export async function drawAll(page: ParentNode): Promise<void> {
  // What is drawn later, from the rows of a free query, is printed too.
  addEventListener("beforeprint", () => document.querySelectorAll<HTMLElement>("figure[data-view]").forEach(drawOnPaper));
  const figures = [...page.querySelectorAll<HTMLElement>("figure[data-view]:not([data-drawn])")].filter((figure) => views[figure.dataset["view"] ?? ""]);
  if (!figures.length) return;
  const watch = new IntersectionObserver(
    (seen) => {
      for (const entry of seen.filter((one) => one.isIntersecting)) {
        watch.unobserve(entry.target);
        void draw(entry.target as HTMLElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const figure of figures) {
    // What is hidden is never near.
    figure.hidden = false;
    watch.observe(figure);
  }
  await idle();
  for (const figure of figures) await prepare(figure).catch(() => null);
}

/** Once the page is there and nothing else is to be done. */
async function idle(): Promise<void> {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  // Not every browser tells when it is idle.
  await new Promise<unknown>((done) => ("requestIdleCallback" in window ? requestIdleCallback(done) : setTimeout(done, 1000)));
}

/** No browser waits for what is drawn on its way to paper: what is at hand is drawn, of the rest is said where else it stands. */
function drawOnPaper(figure: HTMLElement): void {
  const has = prepared.get(figure);
  if (has && isOpen(figure)) drawWith(figure, has);
  if (isOpen(figure) && !figure.hidden && !figure.querySelector(".printed")) figure.append(make("p", { class: "printed quiet" }, UNDRAWN));
  figure.dispatchEvent(new Event("print"));
}

/** What draws one figure, and the table that `data-of` names by its id: fetched once, before it is seen. */
function prepare(figure: HTMLElement): Promise<Prepared | null> {
  const table = document.getElementById(figure.dataset["of"] ?? "");
  const begun = coming.get(figure) ?? (table instanceof HTMLTableElement ? fetchFor(figure, () => readAll(figure, readTable(table))) : Promise.resolve(null));
  coming.set(figure, begun);
  return begun;
}

async function fetchFor(figure: HTMLElement, read: () => Table | Promise<Table>): Promise<Prepared | null> {
  const load = views[figure.dataset["view"] ?? ""];
  if (!load) return null;
  const has = { view: await load(), table: await read() };
  prepared.set(figure, has);
  return has;
}

/** Draws one figure; where that cannot be, the table is all. */
function draw(figure: HTMLElement): Promise<void> {
  return drawOnce(figure, () => prepare(figure));
}

/** Draws one figure from these rows; where that cannot be, it is hidden. */
export function drawFrom(figure: HTMLElement, read: () => Table | Promise<Table>): Promise<void> {
  return drawOnce(figure, () => fetchFor(figure, read));
}

async function drawOnce(figure: HTMLElement, get: () => Promise<Prepared | null>): Promise<void> {
  if (!isOpen(figure) || figure.ariaBusy === "true") return;
  figure.ariaBusy = "true";
  try {
    const has = await get();
    // Paper may have been quicker.
    if (has && isOpen(figure)) drawWith(figure, has);
  } catch (error) {
    console.error(error);
    figure.hidden = true;
  } finally {
    figure.removeAttribute("aria-busy");
  }
}

function drawWith(figure: HTMLElement, { view, table }: Prepared): void {
  try {
    figure.hidden = !view.draw(figure, table);
    if (!figure.hidden) figure.dataset["drawn"] = "";
  } catch (error) {
    console.error(error);
    figure.hidden = true;
  }
}

function isOpen(figure: HTMLElement): boolean {
  return !("drawn" in figure.dataset) && !figure.hidden;
}
