import { barsOf, planBars } from "./bars.layout";
import { Frame } from "./frame";
import type { Table } from "./table";

export function draw(figure: HTMLElement, table: Table): boolean {
  const bars = barsOf(table);
  // One bar alone is as long as nothing.
  if (!bars || bars.bars.length < 2) return false;
  new Frame(figure, planBars(bars)).follow();
  return true;
}
