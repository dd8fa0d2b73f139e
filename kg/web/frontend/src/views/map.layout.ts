// A map: dots for places, as large as what happened there, on land without borders.
import { geoEqualEarth, geoMercator, geoPath, type GeoPermissibleObjects, type GeoProjection } from "d3-geo";
import { degreesOf } from "./columns";
import { widthOf } from "./letters";
import { counted, type Drawing, type Plan } from "./plan";
import { ACCENT, INK, LINE, PAPER, QUIET, leading, shape, type Shape } from "./shape";
import { at, named, numberOf, withRole, type Cell, type Table } from "./table";

export interface Place {
  readonly label: string;
  readonly href: string | null;
  readonly lat: number;
  readonly long: number;
  readonly count: number;
}

export interface Places {
  // The most frequented first.
  readonly places: readonly Place[];
  // What cannot be drawn, and why.
  readonly left: readonly string[];
  readonly total: number;
  readonly unit: string;
}

// What is looked at: how many times closer than all of it, and around which point of it, in parts of its sides.
export interface Look {
  readonly close: number;
  readonly x: number;
  readonly y: number;
}

export const MOST_PLACES = 500;
const MOST_NAMED = 20;
export const ALL: Look = { close: 1, x: 0.5, y: 0.5 };
const SIZE = 12;
const LARGEST = 20;
const SMALLEST = 3.5;
// More degrees than this are the world; fewer than the other are no map.
const WORLD = 100;
const NEAR = 14;

/** Of what nobody has told where it lies, by name; and how many rows name no place. */
export function leftOf(table: Table): string[] {
  const [lat, long] = degreesOf(table);
  const name = nameOf(table);
  const open = table.rows.filter((row) => !lies(row, lat, long)).map((row) => at(row, name).text);
  const names = [...new Set(open.filter(Boolean))].sort((one, other) => one.localeCompare(other, "en"));
  const more = names.length - MOST_NAMED;
  const listed = names.slice(0, MOST_NAMED).join("; ") + (more > 0 ? `; and ${counted(more, "other")}` : "");
  const nameless = open.filter((one) => !one).length;
  return [
    ...(names.length ? [`${counted(names.length, "place")} cannot be drawn, as nobody has told where ${names.length === 1 ? "it lies" : "they lie"}: ${listed}.`] : []),
    ...(nameless ? [`${counted(nameless, "row")} without a place ${nameless === 1 ? "is" : "are"} only in the table.`] : []),
  ];
}

function nameOf(table: Table): number | undefined {
  return [...withRole(table, "place"), ...named(table, "place", "where", "country", "town"), ...withRole(table, "label", "")][0];
}

/** What there is to draw; nothing where no row lies anywhere. */
export function placesOf(table: Table): Places | null {
  const [lat, long] = degreesOf(table);
  const name = nameOf(table);
  const [value] = withRole(table, "value");
  const found = new Map<string, Place>();
  for (const row of table.rows) {
    const cell = at(row, name);
    const degrees = lies(row, lat, long);
    if (!degrees) continue;
    const count = value === undefined ? 1 : numberOf(at(row, value)) || 0;
    const key = JSON.stringify([cell.href ?? cell.text, degrees]);
    const known = found.get(key);
    found.set(key, { label: cell.text || "?", href: cell.href, lat: degrees[0], long: degrees[1], count: (known?.count ?? 0) + count });
  }
  if (!found.size) return null;
  const places = [...found.values()].sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : one.label > other.label ? 1 : one.long - other.long));
  return { places: places.slice(0, MOST_PLACES), left: leftOf(table), total: places.length, unit: value === undefined ? "entries" : table.columns[value]!.title };
}

export function planMap(places: Places, land: GeoPermissibleObjects, look: Look = ALL): Plan {
  const [first] = places.places;
  const notes = [];
  if (places.places.length < places.total) notes.push(`The first ${counted(places.places.length, "place")} of ${places.total.toLocaleString("en")} are drawn.`);
  notes.push(...places.left);
  return {
    summary: `Map of ${counted(places.places.length, "place")}. Most ${places.unit} are those of ${first!.label}: ${first!.count.toLocaleString("en")}.`,
    notes,
    draw: (width) => draw(places, land, look, width),
  };
}

export function heightOf(places: readonly Place[], width: number): number {
  return Math.round(width * (isWorldwide(places) ? 0.48 : width < 600 ? 0.8 : 0.55));
}

function isWorldwide(places: readonly Place[]): boolean {
  const [west, east] = ends(places.map((place) => place.long));
  return east - west > WORLD || places.some((place) => Math.abs(place.lat) > 72);
}

/** How the places are laid on paper: a part of the world where they are near each other, else all of it but the Antarctic. */
export function projectionOf(places: readonly Place[], look: Look, width: number, height: number): GeoProjection {
  const [west, east] = ends(places.map((place) => place.long));
  const [south, north] = ends(places.map((place) => place.lat));
  const frame: [[number, number], [number, number]] = [[24, 24], [width - 24, height - 24]];
  const points = (pairs: [number, number][]) => ({ type: "MultiPoint" as const, coordinates: pairs });
  let projection: GeoProjection;
  if (isWorldwide(places)) {
    projection = geoEqualEarth().fitExtent([[0, 4], [width, height - 4]], points([[-170, 0], [179, 0], [0, 80], [0, -57]]));
  } else {
    const [midLong, midLat] = [(west + east) / 2, (south + north) / 2];
    const half = Math.max((east - west) / 2, NEAR);
    const tall = Math.max((north - south) / 2, NEAR / 2);
    projection = geoMercator().rotate([-midLong, 0]).fitExtent(frame, points([[midLong - half, midLat], [midLong + half, midLat], [midLong, Math.min(78, midLat + tall)], [midLong, Math.max(-70, midLat - tall)]]));
  }
  const [x, y] = projection.translate();
  projection.scale(projection.scale() * look.close).translate([width / 2 + (x - look.x * width) * look.close, height / 2 + (y - look.y * height) * look.close]);
  return projection.clipExtent([[-2, -2], [width + 2, height + 2]]);
}

function draw({ places, unit }: Places, land: GeoPermissibleObjects, look: Look, width: number): Drawing {
  const height = heightOf(places, width);
  const projection = projectionOf(places, look, width, height);
  const most = Math.max(1, ...places.map((place) => place.count));
  const largest = Math.min(LARGEST, Math.max(9, width / 45));
  const drawn = places.flatMap((place) => {
    const at = projection([place.long, place.lat]);
    const isWithin = at && at[0] >= 0 && at[0] <= width && at[1] >= 0 && at[1] <= height;
    return isWithin ? [{ place, x: at[0], y: at[1], r: SMALLEST + (largest - SMALLEST) * Math.sqrt(place.count / most) }] : [];
  });
  const labels = labelled(drawn, width, height);
  const dots = drawn.map(({ place, x, y, r }) =>
    leading(
      place.href,
      `${place.label}: ${place.count.toLocaleString("en")} ${unit}`,
      shape("circle", { class: "hit", cx: x, cy: y, r: Math.max(12, r), fill: "transparent" }),
      shape("circle", { class: "mark", cx: x, cy: y, r, fill: ACCENT, "fill-opacity": 0.6, stroke: PAPER, "stroke-width": 1 }),
    ),
  );
  const sea = shape("rect", { x: 0, y: 0, width, height, fill: PAPER });
  const earth = shape("path", { class: "land", d: geoPath(projection).digits(1)(land) ?? "", fill: LINE, "fill-opacity": 0.75 });
  return { width, height, body: [sea, earth, ...dots, ...labels, shape("rect", { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: "none", stroke: LINE })] };
}

type Box = readonly [number, number, number, number];

/** The labels that find room beside their dots, those of the most frequented places first. */
function labelled(dots: readonly { place: Place; x: number; y: number; r: number }[], width: number, height: number): Shape[] {
  const taken: Box[] = dots.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  return dots.flatMap(({ place, x, y, r }, own) => {
    const text = place.label;
    const count = place.count > 1 ? ` ${place.count.toLocaleString("en")}` : "";
    const wide = widthOf(text + count, SIZE);
    const [right, left, middle, above, below, tilt] = [x + r + 4, x - r - 4 - wide, x - wide / 2, y - r - 5, y + r + SIZE + 1, r * 0.7];
    const sides: [number, number][] = [[right, y + 4], [left, y + 4], [middle, above], [middle, below], [x + tilt + 3, y - tilt - 3], [x + tilt + 3, y + tilt + SIZE], [x - tilt - 3 - wide, y - tilt - 3], [x - tilt - 3 - wide, y + tilt + SIZE], [2, below], [2, above]];
    for (const [left, base] of sides) {
      const box: Box = [left - 2, base - SIZE, left + wide + 2, base + 3];
      if (box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height) continue;
      if (taken.some((other, at) => at !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      return [shape("text", { x: left, y: base, "font-size": SIZE, fill: INK, "paint-order": "stroke", stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round", "pointer-events": "none" }, text, count ? shape("tspan", { fill: QUIET }, count) : null)];
    }
    return [];
  });
}

function lies(row: readonly Cell[], lat: number | undefined, long: number | undefined): [number, number] | null {
  if (lat === undefined || long === undefined) return null;
  const degrees: [number, number] = [numberOf(at(row, lat)), numberOf(at(row, long))];
  return Math.abs(degrees[0]) <= 90 && Math.abs(degrees[1]) <= 180 ? degrees : null;
}

function ends(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
