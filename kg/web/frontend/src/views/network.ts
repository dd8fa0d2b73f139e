// The network on a canvas that can be looked at closer; the picture that is saved and printed is drawn from the same places.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular, type StylesheetJson } from "cytoscape";
import { Frame, make } from "./frame";
import { LABEL, SLIM, WIDE, networkOf, opacityOf, planNetwork, shownLabels, thicknessOf, type Network } from "./network.layout";
import { counted, type Plan } from "./plan";
import { widthOf } from "./letters";
import { EMPTY, type Cell, type Table } from "./table";

// Cytoscape.js would write a style sheet into the page where there is no element of this name; the page's own has the rule.
const SHEET = "__________cytoscape_stylesheet";
const MOST_TOLD = 8;
const STEP = 1.35;
const MOVE = 60;
const NARROW = 520;

export function draw(figure: HTMLElement, table: Table): boolean {
  const hub = hubOf(figure);
  const made = new Map<number, Network | null>();
  const forWidth = (width: number) => {
    const room = width < NARROW ? SLIM : WIDE;
    if (!made.has(room)) made.set(room, networkOf(table, hub, room));
    return made.get(room)!;
  };
  const network = forWidth(figure.clientWidth);
  if (network) new Drawn(figure, network, planNetwork(network, forWidth));
  return network !== null;
}

/** The thing that the page is about: what its own table tells the counterparts of. */
function hubOf(figure: HTMLElement): Cell | null {
  const title = figure.closest(".thing")?.querySelector("h1")?.textContent?.trim();
  return title ? { ...EMPTY, text: title, href: location.pathname } : null;
}

class Drawn {
  private readonly frame: Frame;
  private readonly cy: Core;
  private readonly told = make("p", { class: "spoken", role: "status" });
  private readonly chosen: HTMLSelectElement;
  private readonly open = make("a", {}, "Open the page");
  private readonly heaviest: number;
  private waiting = 0;

  constructor(figure: HTMLElement, private readonly network: Network, plan: Plan) {
    this.frame = new Frame(figure, plan);
    this.heaviest = Math.max(...network.edges.map((edge) => edge.weight));
    const { stage, tools } = this.frame;
    const { height, width } = plan.draw(this.frame.room());
    stage.classList.add("canvas");
    stage.style.aspectRatio = `${Math.round(width)} / ${Math.round(Math.max(height + 40, width * 0.35))}`;
    stage.tabIndex = 0;
    stage.setAttribute("role", "img");
    this.frame.describe(stage);
    stage.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight ArrowUp ArrowDown + - 0");
    stage.after(this.told);
    figure.addEventListener("print", () => this.print(), { once: true });
    this.cy = this.begin(stage);
    this.chosen = this.choice();
    this.open.hidden = true;
    tools.prepend(make("label", {}, "Highlight ", this.chosen), this.open);
    tools.append(
      this.frame.button("+", () => this.zoom(STEP), "Closer"),
      this.frame.button("−", () => this.zoom(1 / STEP), "Farther"),
      this.frame.button("All", () => this.fit(), "All of the network"),
    );
    this.listen(stage);
  }

  /** Paper has the drawing, not the canvas. */
  private print(): void {
    const printed = this.frame.node(WIDE);
    printed.setAttribute("class", "printed");
    printed.setAttribute("aria-hidden", "true");
    for (const link of printed.querySelectorAll("a")) link.removeAttribute("href");
    this.frame.stage.after(printed);
  }

  private begin(stage: HTMLElement): Core {
    if (!document.getElementById(SHEET)) document.head.append(Object.assign(document.createElement("meta"), { id: SHEET }));
    const cy = cytoscape({
      container: stage,
      elements: elementsOf(this.network),
      layout: { name: "preset", fit: false },
      style: [],
      minZoom: 0.05,
      maxZoom: 6,
      autoungrabify: true,
      autounselectify: true,
      boxSelectionEnabled: false,
      userZoomingEnabled: false,
      userPanningEnabled: false,
    });
    cy.minZoom(Math.min(0.5, this.whole(cy)) * 0.8);
    this.fit(cy);
    cy.on("zoom", () => this.later());
    return cy;
  }

  private listen(stage: HTMLElement): void {
    const cy = this.cy;
    // A page is scrolled over a network that nobody has touched yet.
    const take = (on: boolean) => cy.userZoomingEnabled(on).userPanningEnabled(on);
    stage.addEventListener("focus", () => take(true));
    stage.addEventListener("blur", () => take(false));
    stage.addEventListener("pointerdown", () => stage.focus({ preventScroll: true }), { capture: true });
    stage.addEventListener("keydown", (event) => this.key(event));
    cy.on("mouseover", "node", (event) => this.highlight(event.target as NodeSingular));
    cy.on("mouseout", "node", () => this.choose());
    cy.on("tap", "node", (event) => this.go((event.target as NodeSingular).data("href") as string | null));
    cy.on("mouseover mouseout", "node", (event) => stage.classList.toggle("leads", event.type === "mouseover"));
    new ResizeObserver(() => {
      cy.resize();
      this.fit();
    }).observe(stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, [number, number]>> = { ArrowLeft: [MOVE, 0], ArrowRight: [-MOVE, 0], ArrowUp: [0, MOVE], ArrowDown: [0, -MOVE] };
    const move = moves[event.key];
    if (move) this.cy.panBy({ x: move[0], y: move[1] });
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  private choice(): HTMLSelectElement {
    const select = make("select", {}, make("option", { value: "" }, "choose a name"));
    const names = [...this.network.nodes.entries()].sort(([, one], [, other]) => one.label.localeCompare(other.label, "en"));
    for (const [place, node] of names) select.append(make("option", { value: String(place) }, node.label));
    select.addEventListener("change", () => this.choose(true));
    return select;
  }

  private choose(isNew = false): void {
    const node = this.chosen.value && this.cy.getElementById(`n${this.chosen.value}`);
    if (!node) this.cy.elements().removeClass("faint near");
    else this.highlight(node as NodeSingular);
    if (isNew && node) this.cy.center(node);
    if (!node) this.told.textContent = "";
    const href = node ? (node.data("href") as string | null) : null;
    this.open.hidden = !leadsOn(href);
    if (leadsOn(href)) this.open.href = href;
  }

  private highlight(node: NodeSingular): void {
    const near = node.closedNeighborhood();
    this.cy.batch(() => {
      this.cy.elements().addClass("faint").removeClass("near");
      near.removeClass("faint").addClass("near");
    });
    this.told.textContent = this.words(Number(node.data("place")));
  }

  /** A node and those it is linked with most. */
  private words(place: number): string {
    const { nodes, edges, unit } = this.network;
    const links = edges.filter((edge) => edge.one === place || edge.other === place).sort((one, other) => other.weight - one.weight);
    const others = links.slice(0, MOST_TOLD).map((edge) => `${nodes[edge.one === place ? edge.other : edge.one]!.label} (${edge.weight.toLocaleString("en")})`);
    const more = links.length > MOST_TOLD ? ` and ${counted(links.length - MOST_TOLD, "other")}` : "";
    return `${nodes[place]!.label}: ${counted(nodes[place]!.weight, unit)}, with ${others.join(", ")}${more}.`;
  }

  private go(href: string | null): void {
    if (leadsOn(href)) location.assign(href);
  }

  private zoom(by: number): void {
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Everything in sight, with room for the labels at the edges. */
  private fit(cy = this.cy): void {
    cy.zoom(this.whole(cy));
    const xs = this.network.nodes.map((node) => node.x);
    const ys = this.network.nodes.map((node) => node.y);
    const middle = { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
    cy.pan({ x: cy.width() / 2 - middle.x * cy.zoom(), y: cy.height() / 2 - middle.y * cy.zoom() - (LABEL / 2) * this.frame.letter() });
    this.restyle(cy);
  }

  private whole(cy: Core): number {
    const letter = this.frame.letter();
    const { nodes } = this.network;
    const wide = Math.max(...nodes.map((node) => node.x)) - Math.min(...nodes.map((node) => node.x));
    const tall = Math.max(...nodes.map((node) => node.y)) - Math.min(...nodes.map((node) => node.y));
    const side = Math.min(Math.max(...nodes.map((node) => widthOf(node.label, LABEL))) * letter + 16, cy.width() / 2);
    return Math.min(1.6 * letter, (cy.width() - side) / Math.max(wide, 1), (cy.height() - 80 * letter) / Math.max(tall, 1));
  }

  private later(): void {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.restyle();
    });
  }

  /** Dots, lines and letters keep their size, however close one looks; labels are shown where they cover no other. */
  private restyle(cy = this.cy): void {
    if (!cy) return;
    const scale = cy.zoom() / this.frame.letter();
    const shown = shownLabels(this.network.nodes, scale);
    cy.batch(() => cy.nodes().forEach((node) => void node.toggleClass("named", shown.has(Number(node.data("place"))))));
    cy.style(this.sheet(scale)).update();
  }

  private sheet(scale: number): StylesheetJson {
    const style = getComputedStyle(this.frame.stage);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const label = { label: "data(label)", "z-index": 2 };
    return [
      {
        selector: "node",
        style: {
          width: (node: NodeSingular) => (2 * Number(node.data("radius"))) / scale,
          height: (node: NodeSingular) => (2 * Number(node.data("radius"))) / scale,
          "background-color": colour("accent"),
          "border-width": 1.5 / scale,
          "border-color": colour("paper"),
          color: colour("ink"),
          "font-family": style.fontFamily,
          "font-size": LABEL / scale,
          "text-valign": "bottom",
          "text-margin-y": 2 / scale,
          "text-outline-color": colour("paper"),
          "text-outline-width": 2 / scale,
        },
      },
      { selector: "node.named", style: label },
      { selector: "edge", style: { width: (edge: { data(name: string): unknown }) => thicknessOf(Number(edge.data("weight")), this.heaviest) / scale, "line-color": colour("edge"), "line-opacity": opacityOf(this.network.edges.length), "curve-style": "haystack" } },
      { selector: ".faint", style: { opacity: 0.15 } },
      { selector: "node.faint", style: { label: "" } },
      { selector: "node.near", style: label },
      { selector: "edge.near", style: { "line-color": colour("accent"), "line-opacity": 0.9 } },
    ] as unknown as StylesheetJson;
  }
}

function elementsOf({ nodes, edges }: Network): ElementDefinition[] {
  return [
    ...nodes.map(({ label, href, radius, x, y }, place) => ({ data: { id: `n${place}`, place, label, href, radius }, position: { x, y } })),
    ...edges.map(({ one, other, weight }, place) => ({ data: { id: `e${place}`, source: `n${one}`, target: `n${other}`, weight } })),
  ];
}

function leadsOn(href: string | null): href is string {
  return href !== null && /^(?:\/(?!\/)|https?:\/\/)/i.test(href);
}
