// The views of an answer, by the `data-view` of the figure that they draw into; each is fetched when its figure is near.
import { readTable, type Table } from "./table";

export interface View {
  // Draws what the table holds into the figure, and says in `figure.dataset.drawn` when that is done.
  draw(figure: HTMLElement, table: Table): void | Promise<void>;
}

export const views: Readonly<Record<string, () => Promise<View>>> = {
  // network: () => import("./network"),
};

const NEAR = "400px";

/** Draws every figure on the page once it comes near to being seen. */
export async function drawAll(page: ParentNode): Promise<void> {
  const figures = [...page.querySelectorAll<HTMLElement>("figure[data-view]")];
  const watch = new IntersectionObserver(
    (seen) => {
      for (const entry of seen.filter((one) => one.isIntersecting)) {
        watch.unobserve(entry.target);
        void draw(entry.target as HTMLElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const figure of figures) watch.observe(figure);
}

/** Draws one figure from the table that `data-of` names by its id; without a view of that name the table is all. */
export async function draw(figure: HTMLElement): Promise<void> {
  const load = views[figure.dataset["view"] ?? ""];
  const table = document.getElementById(figure.dataset["of"] ?? "");
  if (!load || !(table instanceof HTMLTableElement)) return;
  figure.setAttribute("aria-busy", "true");
  try {
    await (await load()).draw(figure, readTable(table));
    figure.hidden = false;
    figure.dataset["drawn"] = "";
  } catch (error) {
    console.error(error);
    figure.hidden = true;
  } finally {
    figure.removeAttribute("aria-busy");
  }
}
