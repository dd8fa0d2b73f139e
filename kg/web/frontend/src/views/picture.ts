// A drawing as a picture that stands by itself: with its title above, and below it what it must be cited by.
import { inLines, widthOf } from "./letters";
import type { Drawing } from "./plan";
import { INK, LINE, PAPER, QUIET, SANS, SERIF, SVG, shape, type Shape } from "./shape";

export interface Cited {
  readonly title: string;
  // What was asked for: the values of the parameters.
  readonly given: string;
  // Which graph, of which day, and where to find it.
  readonly foot: readonly string[];
}

export const WIDTH = 960;
const MARGIN = 32;
const TITLE = 26;
const GIVEN = 15;
const FOOT = 11.5;

export function pictured(drawing: Drawing, cited: Cited): Shape {
  const room = drawing.width;
  const width = room + 2 * MARGIN;
  const body: Shape[] = [];
  let y = MARGIN;
  const write = (lines: readonly string[], size: number, gap: number, attributes: Record<string, string | number>) => {
    for (const line of lines) {
      y += gap;
      body.push(shape("text", { x: MARGIN, y, "font-size": size, ...attributes }, line));
    }
  };
  write(inLines(cited.title, TITLE * 1.02, room), TITLE, TITLE * 1.2, { "font-family": SERIF, "font-weight": 700, fill: INK });
  write(inLines(cited.given, GIVEN, room), GIVEN, GIVEN * 1.6, { fill: QUIET });
  y += 20;
  body.push(shape("g", { transform: `translate(${MARGIN},${Math.round(y)})` }, ...drawing.body));
  y += Math.round(drawing.height) + 20;
  body.push(shape("line", { x1: MARGIN, x2: width - MARGIN, y1: y, y2: y, stroke: LINE }));
  write(cited.foot.flatMap((line) => broken(line, room)), FOOT, FOOT * 1.6, { fill: QUIET });
  const height = Math.ceil(y + MARGIN / 2 + 4);
  return shape(
    "svg",
    { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": SANS },
    shape("title", {}, cited.title),
    shape("rect", { width, height, fill: PAPER }),
    ...body,
  );
}

/** The name of a file that tells what is in it. */
export function fileName(cited: Pick<Cited, "title" | "given">, generation: string, suffix: string): string {
  const plain = [cited.title, cited.given, generation && `generation ${generation}`].join(" ").normalize("NFKD").replace(/\p{M}/gu, "");
  return `${plain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 100).replace(/^-+|-+$/g, "") || "drawing"}.${suffix}`;
}

/** An address has no spaces: it is broken where it must be. */
function broken(line: string, room: number): string[] {
  const lines: string[] = [];
  for (const part of line.includes(" ") ? inLines(line, FOOT, room) : [line]) {
    let rest = part;
    while (widthOf(rest, FOOT) > room && lines.length < 6) {
      const kept = Math.max(10, Math.floor((rest.length * room) / widthOf(rest, FOOT)) - 1);
      lines.push(rest.slice(0, kept));
      rest = rest.slice(kept);
    }
    lines.push(rest);
  }
  return lines;
}
