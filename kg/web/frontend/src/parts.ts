// The parts of pages that a script makes better, by the `data-part` of the element that they begin with.
export interface Part {
  begin(element: HTMLElement): void | Promise<void>;
}

export const parts: Readonly<Record<string, () => Promise<Part>>> = {
  editor: () => import("./editor/editor"),
  rows: () => import("./results/rows"),
  suggest: () => import("./suggest"),
};
