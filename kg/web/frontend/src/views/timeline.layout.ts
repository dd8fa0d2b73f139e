// A timeline: dots for days, bars for what is known to the month or between two days; labels that never overlap.
import { scaleUtc } from "d3-scale";
import { timesOf } from "./columns";
import { fitted, widthOf } from "./letters";
import { counted, type Drawing, type Plan } from "./plan";
import { ACCENT, EDGE, INK, LINE, PAPER, QUIET, leading, shape, type Shape } from "./shape";
import { at, named, withRole, type Cell, type Table } from "./table";
import { DAY, spanInWords, stretchOf, utc, yearOf, type Stretch } from "./when";

export interface Happening extends Stretch {
  readonly label: string;
  readonly kind: string;
  readonly href: string | null;
  readonly told: string;
}

export interface Timeline {
  // In order of time.
  readonly happenings: readonly Happening[];
  readonly kinds: readonly string[];
  // Rows without a time that can be drawn.
  readonly undated: number;
  readonly total: number;
}

interface Band {
  readonly title: string;
  readonly begin: number;
  readonly end: number;
  readonly within: readonly Happening[];
}

export const MOST_HAPPENINGS = 300;
const MOST_KINDS = 4;
const SIZE = 12.5;
const LANE = 26;
// Where there is little room, a label stands below its sign.
const TALL_LANE = 42;
const AXIS = 24;
const RADIUS = 5.5;
const WIDEST = 320;
const YEAR = 365.25 * DAY;
// Up to this, one axis holds all.
const WHOLE = 1.5 * YEAR;
const FEW = 4;

/** What there is to draw; nothing where no row has a time. */
export function timelineOf(table: Table): Timeline | null {
  const when = timesOf(table);
  const [until] = withRole(table, "end");
  const label = labelOf(table);
  // Both of a pair are named where nothing names all who took part.
  const other = label !== undefined && table.columns[label]!.role === "source" ? withRole(table, "target")[0] : undefined;
  const places = { label, other, kind: withRole(table, "kind")[0], link: withRole(table, "label")[0] };
  const found = table.rows.map((row) => happening(row, when, until, places)).filter((one) => one !== null);
  if (!found.length) return null;
  found.sort((one, other) => one.begin - other.begin || one.end - other.end || (one.label < other.label ? -1 : one.label > other.label ? 1 : 0));
  const kinds = [...new Set(found.map((one) => one.kind))].filter(Boolean).sort();
  return {
    happenings: found.slice(-MOST_HAPPENINGS),
    kinds: kinds.length > 1 && kinds.length <= MOST_KINDS ? kinds : [],
    undated: table.rows.length - found.length,
    total: found.length,
  };
}

export function planTimeline(timeline: Timeline): Plan {
  const { happenings, undated, total } = timeline;
  const [first, last] = [happenings[0]!, happenings.at(-1)!];
  const notes = [];
  if (happenings.length < total) notes.push(`The latest ${happenings.length.toLocaleString("en")} of ${total.toLocaleString("en")} are drawn.`);
  if (undated) notes.push(`${counted(undated, "row")} without a year ${undated === 1 ? "is" : "are"} only in the table.`);
  if (happenings.some((one) => !one.isDay)) notes.push("A dot is a day; a bar is all the time in which it may have been, or in which it lasted.");
  return {
    summary: happenings.length === 1 ? `Timeline of 1 entry: ${first.told}.` : `Timeline of ${counted(happenings.length, "entry", "entries")}, from ${first.told} to ${last.told}.`,
    notes,
    draw: (width) => draw(timeline, width),
  };
}

/** The stretches of time that each have an axis of their own: all at once, or a line for a year or ten, without empty ones. */
export function bandsOf(happenings: readonly Happening[]): Band[] {
  const begin = Math.min(...happenings.map((one) => one.begin));
  const end = Math.max(...happenings.map((one) => one.end));
  if (end - begin <= WHOLE || happenings.length <= FEW) return [whole(happenings, begin, end)];
  const years = (end - begin) / YEAR;
  const step = years <= 12 || happenings.length / years >= 3 ? 1 : 10;
  const bands: Band[] = [];
  for (let year = Math.floor(yearOf(begin) / step) * step; utc(year, 0, 1) < end; year += step) {
    const [from, to] = [utc(year, 0, 1), utc(year + step, 0, 1)];
    const within = happenings.filter((one) => one.begin < to && one.end > from);
    if (within.length) bands.push({ title: step === 1 ? String(year) : `${year}s`, begin: from, end: to, within });
  }
  return bands;
}

function whole(within: readonly Happening[], begin: number, end: number): Band {
  const edge = Math.max((end - begin) * 0.03, DAY);
  return { title: "", begin: begin - edge, end: end + edge, within };
}

function draw({ happenings, kinds }: Timeline, width: number): Drawing {
  const body: Shape[] = [];
  const bands = bandsOf(happenings);
  const isNarrow = width < 480;
  const margin = bands[0]!.title && !isNarrow ? 60 : 8;
  let y = kinds.length ? legend(kinds, width, body) : 6;
  for (const band of bands) y = drawBand(band, kinds, { width, margin, isNarrow }, y, body);
  return { width, height: y, body };
}

function drawBand(band: Band, kinds: readonly string[], room: { width: number; margin: number; isNarrow: boolean }, top: number, body: Shape[]): number {
  const { width, margin, isNarrow } = room;
  let y = top;
  if (band.title && isNarrow) y += 20;
  const scale = scaleUtc([band.begin, band.end], [margin + RADIUS, width - RADIUS - 8]);
  const placed = inLanes(band, (moment) => scale(moment), margin, width, isNarrow);
  const lanes = 1 + Math.max(...placed.map((one) => one.lane));
  const lane = isNarrow ? TALL_LANE : LANE;
  const bottom = y + lanes * lane + 6;
  if (band.title) {
    body.push(shape("text", { x: 0, y: isNarrow ? top + 15 : y + 19, "font-size": 17, "font-weight": 650, "font-family": "var(--serif)", fill: INK }, band.title));
  }
  const ticks = axis(scale, band, width - margin, isNarrow);
  for (const { x } of ticks) body.push(shape("line", { x1: x, x2: x, y1: y, y2: bottom, stroke: LINE }));
  for (const one of placed) body.push(...mark(one, y + one.lane * lane + LANE / 2 + 2, kinds, width, isNarrow));
  body.push(shape("line", { x1: margin, x2: width, y1: bottom, y2: bottom, stroke: EDGE }));
  for (const { x, text } of ticks) body.push(shape("text", { x, y: bottom + 15, "font-size": 11, fill: QUIET, "text-anchor": x > width - 20 ? "end" : x < 20 ? "start" : "middle" }, text));
  return bottom + AXIS + 10;
}

const HALO = { "paint-order": "stroke", stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round" };

interface Placed {
  readonly one: Happening;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly textAt: number;
  // Where the label ends at its sign, and where it begins there.
  readonly anchor: "start" | "end";
  readonly lane: number;
  readonly left: number;
  readonly right: number;
}

/** Every happening with its label in the first lane that has room for both. */
export function inLanes(band: Band, x: (moment: number) => number, left: number, width: number, isBelow = false): Placed[] {
  const lanes: [number, number][][] = [];
  return band.within.map((one) => {
    const from = Math.max(x(Math.max(one.begin, band.begin)), left);
    const to = one.isDay ? from : Math.max(x(Math.min(one.end, band.end)), from + 4);
    const [begin, end] = one.isDay ? [from - RADIUS, from + RADIUS] : [from, to];
    const isWithin = !isBelow && !one.isDay && to - from - 12 >= Math.min(WIDEST, widthOf(one.label, SIZE));
    const most = isBelow ? width - left - 8 : isWithin ? to - from - 12 : Math.min(WIDEST, Math.max(width - end - 6, begin - left - 6));
    const text = fitted(one.label, SIZE, most);
    const wide = widthOf(text, SIZE);
    const textAt = isWithin ? from + 6 : isBelow ? Math.max(left, Math.min((begin + end - wide) / 2, width - wide - 4)) : width - end - 6 >= wide ? end + 6 : begin - 6 - wide;
    const [low, high] = [Math.min(begin, textAt) - 6, Math.max(end, textAt + wide) + 6];
    let lane = lanes.findIndex((taken) => taken.every(([a, b]) => high <= a || low >= b));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane]!.push([low, high]);
    const anchor = !isWithin && !isBelow && textAt < begin && textAt + wide <= end ? "end" : "start";
    return { one, from, to, text, textAt: anchor === "end" ? textAt + wide : textAt, anchor, lane, left: low, right: high };
  });
}

function mark({ one, from, to, text, textAt, anchor, left, right }: Placed, y: number, kinds: readonly string[], width: number, isBelow: boolean): Shape[] {
  const lane = isBelow ? TALL_LANE : LANE;
  const drawn = one.isDay
    ? sign(from, y, kinds.indexOf(one.kind))
    : shape("rect", { class: "mark", x: from, y: y - 9, width: to - from, height: 18, rx: 3, fill: ACCENT, "fill-opacity": 0.22 });
  const link = leading(
    one.href,
    one.told,
    shape("rect", { class: "hit", x: Math.max(0, left + 3), y: y - LANE / 2, width: Math.min(width, right) - Math.max(0, left) - 6, height: lane, fill: "transparent" }),
    drawn,
  );
  const label = shape("text", { "pointer-events": "none", x: textAt, y: y + 4.5 + (isBelow ? 19 : 0), "font-size": SIZE, "text-anchor": anchor, fill: one.href ? ACCENT : INK, ...(anchor === "start" && textAt > from && textAt < to ? {} : HALO) }, text);
  return [link, label];
}

/** A sign for each kind: a dot, a ring, a diamond, a square. */
function sign(x: number, y: number, kind: number): Shape {
  const r = RADIUS;
  const paint = { class: "mark", fill: ACCENT, stroke: ACCENT, "stroke-width": 2 };
  if (kind === 1) return shape("circle", { ...paint, cx: x, cy: y, r: r - 1, fill: PAPER });
  if (kind === 2) return shape("path", { ...paint, d: `M${x},${y - r}L${x + r},${y}L${x},${y + r}L${x - r},${y}Z` });
  if (kind === 3) return shape("rect", { ...paint, x: x - r + 1, y: y - r + 1, width: 2 * r - 2, height: 2 * r - 2, fill: PAPER });
  return shape("circle", { ...paint, cx: x, cy: y, r: r - 1 });
}

function legend(kinds: readonly string[], width: number, body: Shape[]): number {
  let [x, y] = [8, 12];
  kinds.forEach((kind, place) => {
    const wide = widthOf(kind, SIZE) + 34;
    if (x + wide > width && x > 8) [x, y] = [8, y + 20];
    body.push({ ...sign(x, y, place), attributes: { ...sign(x, y, place).attributes, class: undefined } });
    body.push(shape("text", { x: x + 11, y: y + 4.5, "font-size": SIZE, fill: QUIET }, kind));
    x += wide;
  });
  return y + 18;
}

/** Ticks as wide apart as their words need. */
function axis(scale: ReturnType<typeof scaleUtc<number, number>>, band: Band, room: number, isNarrow: boolean): { x: number; text: string }[] {
  const count = Math.max(2, Math.floor(room / (isNarrow ? 70 : 90)));
  const ticks = scale.ticks(band.title.length === 4 ? Math.min(12, count) : count).filter((tick) => !band.title || tick.getTime() < band.end);
  const step = ticks.length > 1 ? ticks[1]!.getTime() - ticks[0]!.getTime() : 0;
  let edge = -Infinity;
  return ticks.flatMap((tick, place) => {
    const text = tickText(tick, step, place === 0, Boolean(band.title));
    const x = scale(tick);
    const half = widthOf(text, 11) / 2;
    if (step < DAY && tick.getUTCHours() !== 0) return [];
    if (x - half < edge + 8) return [];
    edge = x + half;
    return [{ x, text }];
  });
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const DAYS = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function tickText(tick: Date, step: number, isFirst: boolean, isTitled: boolean): string {
  if (step >= 360 * DAY) return String(tick.getUTCFullYear());
  const year = !isTitled && (isFirst || (tick.getUTCMonth() === 0 && tick.getUTCDate() <= 7)) ? ` ${tick.getUTCFullYear()}` : "";
  return (step >= 28 * DAY ? MONTH : DAYS).format(tick) + year;
}

// The columns that say what an entry is: what it is called, with whom, of which kind, and where it leads.
type Told = Readonly<Record<"label" | "other" | "kind" | "link", number | undefined>>;

function labelled(row: readonly Cell[], { label, other }: Told): string {
  return [at(row, label).text, at(row, other).text].filter(Boolean).join(" – ");
}

function happening(row: readonly Cell[], when: readonly number[], until: number | undefined, places: Told): Happening | null {
  const ended = at(row, until).times;
  const begun = when.map((place) => at(row, place).times).find((times) => times.length) ?? ended;
  if (!begun.length) return null;
  const stretch = stretchOf(...begun, ...ended.slice(-1));
  if (!stretch) return null;
  const link = at(row, places.link);
  const bare = bareLabel(link.text);
  const label = (places.label === places.link ? "" : labelled(row, places)) || bare.label || "–";
  const words = spanInWords([...begun, ...ended.slice(-1)]);
  const kind = at(row, places.kind).text || bare.kind;
  return { ...stretch, label, kind, href: link.href ?? row.find((cell) => cell.href)?.href ?? null, told: [label, kind, words].filter(Boolean).join(", ") };
}

/** What the label of an event says beside its kind and its day, which the drawing says itself. */
function bareLabel(text: string): { label: string; kind: string } {
  const match = /^(?:((?:\p{L}+ ){0,3}\p{L}+): )?(.*?)(?:, (?:\d{1,2} )?(?:\p{L}+ )?\d{4}(?:-\d{2}){0,2}(?: – [\d-]+)?)?$/u.exec(text);
  return { label: match?.[2] ?? text, kind: match?.[1]?.toLowerCase() ?? "" };
}

/** The column that says most in few words and tells rows apart: who took part, before what it is called. */
function labelOf(table: Table): number | undefined {
  const open = [...named(table, "with", "who", "anniversary", "parties"), ...withRole(table, "source", "target"), ...named(table, "office"), ...withRole(table, "label", "place", "")];
  return open.find((place) => new Set(table.rows.map((row) => at(row, place).text)).size > 1) ?? open[0];
}
