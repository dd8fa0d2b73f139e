import { barsOf, planBars } from "./bars.layout";
import { Frame } from "./frame";
import type { Table } from "./table";

export function draw(figure: HTMLElement, table: Table): boolean {
  const bars = barsOf(table);
  if (bars) new Frame(figure, planBars(bars)).follow();
  return bars !== null;
}
