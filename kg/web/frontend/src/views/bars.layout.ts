// Bars: one line for each row, in the order of the table, with the number at the end of each bar.
import { scaleLinear } from "d3-scale";
import { MOST_BARS } from "./all";
import { labelsOf, measuresOf } from "./columns";
import { fitted, widthOf } from "./letters";
import { counted, type Drawing, type Plan } from "./plan";
import { ACCENT, INK, LINE, QUIET, leading, shape, type Shape } from "./shape";
import { at, numberOf, type Cell, type Table } from "./table";
import { inWords } from "./when";

export interface Bar {
  readonly label: string;
  readonly href: string | null;
  // One for each measure; NaN where the table has no number.
  readonly values: readonly number[];
}

export interface Bars {
  readonly measures: readonly string[];
  readonly bars: readonly Bar[];
  readonly total: number;
}

const SIZE = 13;
const ROW = 26;
const THICK = 14;
const HEAD = 26;
const GAP = 24;
const WIDEST = 560;
// Below this, a label stands above its bars, not beside them.
const NARROW = 480;

/** What there is to draw; nothing where the table has no numbers. */
export function barsOf(table: Table): Bars | null {
  const measures = measuresOf(table);
  const labels = labelsOf(table, measures);
  if (!measures.length || !labels.length || !table.rows.length) return null;
  const bars = table.rows.slice(0, MOST_BARS).map((row) => ({
    label: labels.map((place) => spoken(at(row, place))).filter(Boolean).join(" – "),
    href: at(row, labels.at(-1)).href,
    values: measures.map((place) => numberOf(at(row, place))),
  }));
  return { measures: measures.map((place) => table.columns[place]!.title), bars, total: table.rows.length };
}

export function planBars(bars: Bars): Plan {
  const [first] = bars.measures;
  const greatest = [...bars.bars].sort((one, other) => (other.values[0] || 0) - (one.values[0] || 0))[0]!;
  const left = bars.total - bars.bars.length;
  return {
    summary: `Bar chart of ${counted(bars.bars.length, "row")}: ${bars.measures.join(" and ")}. The longest bar is that of ${greatest.label}, with ${written(greatest.values[0]!)} ${first}.`,
    notes: left > 0 ? [`The first ${bars.bars.length.toLocaleString("en")} of ${counted(bars.total, "row")} are drawn.`] : [],
    draw: (width) => draw(bars, width),
  };
}

function draw({ bars, measures }: Bars, width: number): Drawing {
  const isNarrow = width < NARROW;
  const longest = Math.max(...bars.map((bar) => widthOf(bar.label, SIZE)));
  const beside = isNarrow ? 0 : Math.min(longest + 12, width * 0.42);
  const panel = Math.min(WIDEST, (width - beside - GAP * (measures.length - 1)) / measures.length);
  const row = isNarrow ? ROW + 18 : ROW;
  const top = measures.length > 1 ? HEAD : 4;
  // One scale for all measures: what is longer is more.
  const most = Math.max(1, ...bars.flatMap((bar) => bar.values).filter(Number.isFinite));
  const panels = measures.map((name, place) => {
    const values = bars.map((bar) => bar.values[place]!);
    const room = Math.max(...values.map((value) => widthOf(written(value), SIZE))) + 8;
    const x = beside + place * (panel + GAP);
    return { name, x, scale: scaleLinear([0, most], [0, Math.max(20, panel - room)]), fill: place === 0 ? ACCENT : QUIET };
  });
  const heads = measures.length > 1 ? panels.map(({ name, x }) => text(x, 14, capital(name), { "font-weight": 600, fill: QUIET })) : [];
  const lines = bars.flatMap((bar, place) => {
    const y = top + place * row;
    const middle = isNarrow ? y + 18 + ROW / 2 : y + ROW / 2;
    const told = `${bar.label}: ${measures.map((name, which) => `${written(bar.values[which]!)} ${name}`).join(", ")}`;
    const label = isNarrow
      ? text(0, y + 15, fitted(bar.label, SIZE, width), { fill: bar.href ? ACCENT : INK })
      : text(beside - 12, middle + 4.5, fitted(bar.label, SIZE, beside - 12), { "text-anchor": "end", fill: bar.href ? ACCENT : INK });
    const drawn = panels.flatMap(({ x, scale, fill }, which) => {
      const value = bar.values[which]!;
      const long = Number.isFinite(value) ? Math.max(0, scale(value)) : 0;
      return [
        shape("line", { x1: x, x2: x, y1: middle - ROW / 2, y2: middle + ROW / 2, stroke: LINE }),
        shape("rect", { class: "mark", "pointer-events": "none", x, y: middle - THICK / 2, width: value > 0 ? Math.max(1, long) : 0, height: THICK, fill }),
        text(x + long + 6, middle + 4.5, written(value), { fill: value > 0 ? INK : QUIET }),
      ];
    });
    return [leading(bar.href, told, hit(0, y, width, row)), label, ...drawn];
  });
  const height = top + bars.length * row + 4;
  return { width, height, body: [...heads, ...lines] };
}

function spoken(cell: Cell): string {
  return /^\d{4}-\d{2}(-\d{2})?$/.test(cell.text) ? inWords(cell.text) : cell.text;
}

function text(x: number, y: number, written: string, more: Readonly<Record<string, string | number>>): Shape {
  return shape("text", { x, y, "font-size": SIZE, "pointer-events": "none", ...more }, written);
}

function hit(x: number, y: number, width: number, height: number): Shape {
  return shape("rect", { class: "hit", x, y, width, height, fill: "transparent" });
}

function written(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString("en") : "–";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
