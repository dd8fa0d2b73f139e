// Drawings as values: a tree of SVG elements that becomes nodes on the page, or a file of its own. Texts are only ever texts.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export interface Shape {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly (Shape | string)[];
}

export const SVG = "http://www.w3.org/2000/svg";
// Colours and letters of the page, by the names that its style sheet gives them: light and dark come by themselves.
export const INK = "var(--ink)";
export const QUIET = "var(--quiet)";
export const LINE = "var(--line)";
export const EDGE = "var(--edge)";
export const ACCENT = "var(--accent)";
export const TINT = "var(--tint)";
export const PAPER = "var(--paper)";
export const RAISED = "var(--raised)";
export const SUNK = "var(--sunk)";
export const SANS = "var(--sans)";
export const SERIF = "var(--serif)";

export function shape(name: string, attributes: Attributes, ...children: (Shape | string | null)[]): Shape {
  return { name, attributes, children: children.filter((child) => child !== null) };
}

/** A shape that leads to a page, if there is one; what it says is told on hovering, and to those who do not see it. */
export function leading(href: string | null, told: string, ...children: (Shape | null)[]): Shape {
  const title = shape("title", {}, told);
  const safe = href !== null && /^(?:\/|https?:\/\/)/i.test(href) ? href : null;
  return safe ? shape("a", { href: safe, "aria-label": told }, title, ...children) : shape("g", {}, title, ...children);
}

export function toNode(drawn: Shape): SVGElement {
  const node = document.createElementNS(SVG, drawn.name) as SVGElement;
  for (const [name, value] of Object.entries(drawn.attributes)) if (value !== undefined) node.setAttribute(name, written(value));
  for (const child of drawn.children) node.append(typeof child === "string" ? child : toNode(child));
  return node;
}

/** The drawing as a document: every variable of the style sheet is replaced by what it stands for. */
export function toXml(drawn: Shape, resolve: (variable: string) => string): string {
  const attributes = Object.entries(drawn.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(written(value!).replace(/var\((--[\w-]+)\)/g, (_, variable: string) => resolve(variable)))}"`);
  const children = drawn.children.map((child) => (typeof child === "string" ? escaped(child) : toXml(child, resolve)));
  return children.length ? `<${drawn.name}${attributes.join("")}>${children.join("")}</${drawn.name}>` : `<${drawn.name}${attributes.join("")}/>`;
}

/** All shapes of a name within a drawing, in its order. */
export function every(drawn: Shape, name: string): Shape[] {
  const within = drawn.children.flatMap((child) => (typeof child === "string" ? [] : every(child, name)));
  return drawn.name === name ? [drawn, ...within] : within;
}

function written(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// What XML cannot hold at all is shown as what cannot be shown.
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}
