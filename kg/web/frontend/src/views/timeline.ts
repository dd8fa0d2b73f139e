import { Frame } from "./frame";
import type { Table } from "./table";
import { planTimeline, timelineOf } from "./timeline.layout";

export function draw(figure: HTMLElement, table: Table): boolean {
  const timeline = timelineOf(table);
  if (timeline) new Frame(figure, planTimeline(timeline)).follow();
  return timeline !== null;
}
