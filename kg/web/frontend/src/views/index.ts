// The views of an answer, by the `data-view` of the figure that they draw into; each is fetched when its figure is near.
import { readAll } from "./all";
import { readTable, type Table } from "./table";

export interface View {
  // Draws what the table holds into the figure; false where it holds nothing that could be drawn.
  draw(figure: HTMLElement, table: Table): boolean | Promise<boolean>;
}

export const views: Readonly<Record<string, () => Promise<View>>> = {
  bars: () => import("./bars"),
  map: () => import("./map"),
  network: () => import("./network"),
  timeline: () => import("./timeline"),
};

const NEAR = "400px";

/** Draws every figure on the page once it comes near to being seen. */
export async function drawAll(page: ParentNode): Promise<void> {
  const figures = [...page.querySelectorAll<HTMLElement>("figure[data-view]:not([data-drawn])")].filter((figure) => views[figure.dataset["view"] ?? ""]);
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
  // Paper shows all of the page.
  addEventListener("beforeprint", () => figures.forEach((figure) => void draw(figure)), { once: true });
}

/** Draws one figure from the table that `data-of` names by its id; where that cannot be, the table is all. */
async function draw(figure: HTMLElement): Promise<void> {
  const table = document.getElementById(figure.dataset["of"] ?? "");
  if (table instanceof HTMLTableElement) await drawFrom(figure, () => readAll(figure, readTable(table)));
}

/** Draws one figure from these rows; where that cannot be, it is hidden. */
export async function drawFrom(figure: HTMLElement, read: () => Table | Promise<Table>): Promise<void> {
  const load = views[figure.dataset["view"] ?? ""];
  if (!load || "drawn" in figure.dataset || figure.ariaBusy === "true") return;
  figure.ariaBusy = "true";
  try {
    figure.hidden = !(await (await load()).draw(figure, await read()));
    if (!figure.hidden) figure.dataset["drawn"] = "";
  } catch (error) {
    console.error(error);
    figure.hidden = true;
  } finally {
    figure.removeAttribute("aria-busy");
  }
}
