import { Frame } from "./frame";
import type { Table } from "./table";
import { planTimeline, timelineOf } from "./timeline.layout";

export function draw(figure: HTMLElement, table: Table): boolean {
  const timeline = timelineOf(table);
  // One dot alone says nothing that its row does not.
  if (!timeline || timeline.happenings.length < 2) return false;
  new Frame(figure, planTimeline(timeline)).follow();
  return true;
}
