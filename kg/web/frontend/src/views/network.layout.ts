// A network: who is linked with whom, how often, and where each stands; the same table gives the same picture, always.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { endsOf } from "./columns";
import { fitted, widthOf } from "./letters";
import { counted, type Drawing, type Plan } from "./plan";
import { ACCENT, EDGE, INK, PAPER, leading, shape } from "./shape";
import { at, named, numberOf, type Cell, type Table } from "./table";

export interface Node {
  readonly id: string;
  readonly label: string;
  readonly href: string | null;
  // How often somebody is linked with it, and with how many others.
  readonly weight: number;
  readonly degree: number;
  readonly radius: number;
  // Where it stands; the first is in the middle of nothing, and nothing has an edge.
  readonly x: number;
  readonly y: number;
}

export interface Edge {
  // Places in the list of nodes.
  readonly one: number;
  readonly other: number;
  readonly weight: number;
}

export interface Network {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  // How many edges there are in the table, drawn or not.
  readonly total: number;
  // What an edge counts.
  readonly unit: string;
}

export const MOST_EDGES = 2000;
export const LABEL = 12;
// The widths that a network is laid out for: that of a page, and that of a telephone.
export const WIDE = 860;
export const SLIM = 320;
// A name takes no more of the room than this.
const MOST_OF_ROOM = 0.6;
const WIDEST_LABEL = 280;
const STRETCH = 1.5;
const MANY = 60;
// Up to this many nodes are moved until no label touches another.
const MOST_SPREAD = 150;
const COUNTS = ["meetings", "calls", "contacts", "events", "count", "times", "contacts", "number", "total", "n"];
const LARGEST = 16;
// Of a ring, on which all have their place.
const LARGEST_IN_RING = 6;
const LARGEST_SCALE = 1.2;
// Of so many names, where so large a part of all pairs is linked, forces make a heap.
const FEWEST_IN_RING = 16;
const DENSE = 0.4;
const SMALLEST = 4;

interface Standing extends SimulationNodeDatum {
  readonly radius: number;
  readonly wide: number;
}

/** What there is to draw; nothing where the table has no two columns of things. */
export function networkOf(table: Table, hub: Cell | null = null, room = WIDE): Network | null {
  const ends = endsOf(table, hub !== null);
  if (!ends.length) return null;
  const counts = named(table, ...COUNTS).filter((place) => table.columns[place]!.role === "value");
  // A chain is one way, whatever it counts.
  const weigh = (row: readonly Cell[]) => (counts.length ? counts.reduce((sum, place) => sum + (numberOf(at(row, place)) || 0), 0) : 1);
  const cells = new Map<string, Cell>();
  const edges = new Map<string, { one: string; other: string; weight: number }>();
  for (const row of table.rows) {
    const chain = [...(ends.length === 1 && hub ? [hub] : []), ...ends.map((place) => at(row, place))].filter((cell) => cell.text);
    for (const [place, cell] of chain.entries()) {
      const before = chain[place - 1];
      if (!before || keyOf(before) === keyOf(cell)) continue;
      const [one, other] = [keyOf(before), keyOf(cell)].sort() as [string, string];
      const key = JSON.stringify([one, other]);
      const known = edges.get(key);
      if (ends.length > 2) edges.set(key, { one, other, weight: 1 });
      else if (weigh(row) > 0) edges.set(key, { one, other, weight: (known?.weight ?? 0) + weigh(row) });
    }
    for (const cell of chain) if (!cells.has(keyOf(cell))) cells.set(keyOf(cell), cell);
  }
  if (!edges.size) return null;
  const heaviest = [...edges.values()].sort((a, b) => b.weight - a.weight || compare(a.one, b.one) || compare(a.other, b.other));
  const unit = ends.length > 2 ? "link" : counts.length > 1 ? "contact" : counts.length ? table.columns[counts[0]!]!.title.replace(/s$/, "") : named(table, "meeting").length ? "meeting" : "row";
  return settle(heaviest.slice(0, MOST_EDGES), cells, { total: edges.size, unit }, room);
}

export function planNetwork(network: Network, forWidth: (width: number) => Network = () => network): Plan {
  const { nodes, edges, total, unit } = network;
  const [first] = [...edges].sort((one, other) => other.weight - one.weight);
  const busiest = [...nodes].sort((one, other) => other.degree - one.degree || compare(one.label, other.label))[0]!;
  const heaviest = first && first.weight > 1 ? ` ${nodes[first.one]!.label} and ${nodes[first.other]!.label} have the most, ${counted(first.weight, unit)}.` : "";
  return {
    summary: `Network of ${counted(nodes.length, "name")} and ${counted(edges.length, "link")}. ${busiest.label} is linked with the most others, ${busiest.degree.toLocaleString("en")}.${heaviest}`,
    notes: edges.length < total ? [`The ${edges.length.toLocaleString("en")} heaviest of ${counted(total, "link")} are drawn.`] : [],
    draw: (width) => draw(forWidth(width), width),
  };
}

/** How thick an edge of this weight is, where the heaviest weighs so much. */
export function thicknessOf(weight: number, heaviest: number): number {
  return heaviest <= 1 ? 1.5 : 1 + 6 * Math.sqrt((weight - 1) / (heaviest - 1));
}

/** How faint edges are: the more there are, the more. */
export function opacityOf(edges: number): number {
  return Math.max(0.14, Math.min(0.6, 0.6 * Math.sqrt(120 / edges)));
}

/** The nodes whose labels are shown: those that weigh most first, each where it covers no other. */
export function shownLabels(nodes: readonly Node[], scale: number): Set<number> {
  const order = [...nodes.keys()].sort((one, other) => nodes[other]!.weight - nodes[one]!.weight || one - other);
  const taken: [number, number, number, number][] = nodes.map((node) => box(node.x * scale, node.y * scale, node.radius * 2, node.radius * 2));
  const labels: [number, number, number, number][] = [];
  const shown = new Set<number>();
  for (const place of order) {
    const node = nodes[place]!;
    const wanted = box(node.x * scale, node.y * scale + node.radius + LABEL * 0.75 + 2, widthOf(node.label, LABEL) + 4, LABEL + 2);
    // Among many, the name of one who is linked often may cover the dot of one who is not.
    const counts = (at: number) => at !== place && (nodes.length <= MANY || nodes[at]!.weight >= node.weight);
    if (labels.some((other) => touch(wanted, other)) || taken.some((other, at) => counts(at) && touch(wanted, other))) continue;
    labels.push(wanted);
    shown.add(place);
  }
  return shown;
}

function draw({ nodes, edges }: Network, width: number): Drawing {
  const wide = nodes.map((node) => Math.max(node.radius, widthOf(node.label, LABEL) / 2) + 6);
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y - node.radius)) - 8, Math.max(...nodes.map((node) => node.y + node.radius)) + LABEL + 10];
  // Places are scaled, letters are not: the names at the edges say how large it may be.
  const ends = (scale: number) => [Math.min(...nodes.map((node, place) => node.x * scale - wide[place]!)), Math.max(...nodes.map((node, place) => node.x * scale + wide[place]!))] as const;
  const scale = largest(LARGEST_SCALE, (scale) => ends(scale)[1] - ends(scale)[0] <= width);
  const [left, right] = ends(scale);
  const height = (bottom - top) * scale;
  const x = (node: Node) => node.x * scale - (left + right) / 2 + width / 2;
  const y = (node: Node) => (node.y - top) * scale;
  const heaviest = Math.max(...edges.map((edge) => edge.weight));
  const shown = shownLabels(nodes, scale);
  const lines = edges.map(({ one, other, weight }) => shape("line", { class: "mark", x1: x(nodes[one]!), y1: y(nodes[one]!), x2: x(nodes[other]!), y2: y(nodes[other]!), stroke: EDGE, "stroke-opacity": opacityOf(edges.length), "stroke-width": thicknessOf(weight, heaviest), "stroke-linecap": "round" }));
  const dots = nodes.map((node) => leading(node.href, node.label, shape("circle", { class: "mark", cx: x(node), cy: y(node), r: node.radius, fill: ACCENT, stroke: PAPER, "stroke-width": 1.5 })));
  const labels = nodes.flatMap((node, place) =>
    shown.has(place) ? [shape("text", { x: x(node), y: y(node) + node.radius + LABEL + 1, "font-size": LABEL, "text-anchor": "middle", fill: INK, "paint-order": "stroke", stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round" }, node.label)] : [],
  );
  return { width, height, body: [...lines, ...dots, ...labels] };
}

/** The largest number up to this one that fits, to a thousandth; a small one where none does. */
function largest(most: number, fits: (value: number) => boolean): number {
  let [low, high] = [0.05, most];
  if (fits(high)) return high;
  while (high - low > 0.001) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function keyOf(cell: Cell): string {
  return cell.href ?? cell.text;
}

/** Everybody in place: where most are linked with most others in a ring, else as the links draw them. */
function settle(edges: readonly { one: string; other: string; weight: number }[], cells: ReadonlyMap<string, Cell>, told: Pick<Network, "total" | "unit">, room: number): Network {
  const keys = [...new Set(edges.flatMap((edge) => [edge.one, edge.other]))].sort(compare);
  const places = new Map(keys.map((key, place) => [key, place]));
  const links = edges.map((edge) => ({ one: places.get(edge.one)!, other: places.get(edge.other)!, weight: edge.weight }));
  const weights = keys.map(() => 0);
  const degrees = keys.map(() => 0);
  for (const { one, other, weight } of links) {
    for (const end of [one, other]) {
      weights[end]! += weight;
      degrees[end]! += 1;
    }
  }
  const most = Math.max(...weights);
  const isRing = keys.length >= FEWEST_IN_RING && keys.length <= MOST_SPREAD && links.length > (DENSE * keys.length * (keys.length - 1)) / 2;
  const radii = weights.map((weight) => SMALLEST + ((isRing ? LARGEST_IN_RING : LARGEST) - SMALLEST) * Math.sqrt(weight / most));
  const labels = keys.map((key) => fitted(cells.get(key)!.text, LABEL, Math.min(WIDEST_LABEL, MOST_OF_ROOM * room)));
  const standing: Standing[] = radii.map((radius, place) => ({ radius, wide: widthOf(labels[place]!, LABEL) }));
  if (isRing) ring(standing, labels, room);
  else push(standing, links, room);
  const nodes = keys.map((key, place) => ({
    id: key,
    label: labels[place]!,
    href: cells.get(key)!.href,
    weight: weights[place]!,
    degree: degrees[place]!,
    radius: radii[place]!,
    x: Math.round(standing[place]!.x! * 100) / 100,
    y: Math.round(standing[place]!.y! * 100) / 100,
  }));
  return { nodes, edges: links, ...told };
}

/** Nothing; all are pushed apart and drawn together along the edges, and at last moved until every label has its room. */
function push(standing: Standing[], links: readonly Edge[], room: number): void {
  const isLarge = standing.length > MOST_SPREAD;
  const rounds = isLarge ? 120 : 300;
  forceSimulation(standing)
    .force("apart", forceManyBody<Standing>().strength(isLarge ? -120 : -420).distanceMax(isLarge ? 400 : 900))
    .force("links", forceLink<Standing, SimulationLinkDatum<Standing>>(links.map(({ one, other }) => ({ source: one, target: other }))).distance(isLarge ? 60 : 95))
    .force("x", forceX<Standing>().strength(room < WIDE ? 0.09 : 0.05))
    .force("y", forceY<Standing>().strength(room < WIDE ? 0.05 : 0.09))
    .force("room", forceCollide<Standing>((node) => node.radius + 4))
    .alphaDecay(1 - 0.001 ** (1 / rounds))
    .stop()
    .tick(rounds);
  fill(standing, room);
  if (!isLarge) spread(standing, room);
}

/** Nothing; all stand around the middle in the order of their names, from the top down the left side and then the right one. */
function ring(nodes: Standing[], labels: readonly string[], room: number): void {
  const order = [...nodes.keys()].sort((one, other) => labels[one]!.localeCompare(labels[other]!, "en") || one - other);
  const half = Math.ceil(order.length / 2);
  const step = 2 * LARGEST_IN_RING + LABEL + 5;
  const reach = (room - Math.min(room / 3, Math.max(...nodes.map((node) => node.wide)))) / 2;
  for (const [at, place] of order.entries()) {
    const down = ((at % half) + 0.5) / half - 0.5;
    nodes[place]!.x = (at < half ? -1 : 1) * reach * Math.sqrt(1 - 4 * down * down);
    nodes[place]!.y = down * half * step;
  }
}

/** Nothing; all stand within the width that there is, and within a height that fits it. */
function fill(nodes: Standing[], room: number): void {
  const widest = Math.max(...nodes.map((node) => node.wide / 2));
  const fits = (values: number[], most: number) => Math.min(STRETCH, most / Math.max(1, Math.max(...values) - Math.min(...values)));
  const across = fits(nodes.map((node) => node.x!), Math.max(room / 3, room - 2 * widest - 8));
  const down = Math.min(fits(nodes.map((node) => node.y!), room * (room < WIDE ? 1.5 : 0.6)), 1.5 * across);
  const middle = (Math.min(...nodes.map((node) => node.x!)) + Math.max(...nodes.map((node) => node.x!))) / 2;
  for (const node of nodes) {
    node.x = (node.x! - middle) * across;
    node.y! *= down;
  }
}

/** Nothing; those whose dots or labels touch are moved apart, by the shorter way, and none out of the width. */
function spread(nodes: Standing[], room: number): void {
  const height = (node: Standing) => 2 * node.radius + LABEL + 8;
  const width = (node: Standing) => Math.max(2 * node.radius, node.wide) + 8;
  const reach = (node: Standing) => Math.max(1, (room - width(node)) / 2);
  const within = (node: Standing, x: number) => Math.max(-1, Math.min(1, x / reach(node))) * reach(node);
  for (const node of nodes) node.x = within(node, node.x!);
  for (let round = 0; round < 300; round++) {
    let moved = false;
    for (const [place, one] of nodes.entries()) {
      for (const other of nodes.slice(place + 1)) {
        const [dx, dy] = [other.x! - one.x!, other.y! + height(other) / 2 - other.radius - (one.y! + height(one) / 2 - one.radius)];
        const across = (width(one) + width(other)) / 2 - Math.abs(dx);
        const down = (height(one) + height(other)) / 2 - Math.abs(dy);
        if (across <= 0 || down <= 0) continue;
        moved = true;
        if (down < across * (room < WIDE ? 3 : 1)) {
          const step = ((dy < 0 ? -1 : 1) * (down + 0.5)) / 2;
          one.y! -= step;
          other.y! += step;
        } else {
          const step = ((dx < 0 ? -1 : 1) * (across + 0.5)) / 2;
          one.x = within(one, one.x! - step);
          other.x = within(other, other.x! + step);
        }
      }
    }
    if (!moved) return;
  }
}

function box(x: number, y: number, width: number, height: number): [number, number, number, number] {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

function touch(one: readonly [number, number, number, number], other: readonly [number, number, number, number]): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
