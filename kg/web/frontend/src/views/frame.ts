// What is around every drawing: its words for those who do not see it, its notes, and how it is taken away.
import { fileName, pictured, WIDTH, type Cited } from "./picture";
import type { Plan } from "./plan";
import { SANS, shape, toNode, toXml } from "./shape";
import { inWords } from "./when";

const BACK: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const SHARP = 2;
const LETTER = 16;

export class Frame {
  readonly stage = make("div", { class: "stage" });
  readonly tools = make("div", { class: "view-tools" });
  private readonly caption = make("figcaption", {});
  private drawnAt = 0;

  constructor(private readonly figure: HTMLElement, private plan: Plan) {
    this.tools.append(this.button("Save SVG", () => this.saveSvg()), this.button("Save PNG", () => this.savePng()));
    figure.replaceChildren(this.stage, this.caption, this.tools);
    this.tell();
  }

  /** The drawing as it fits, and again whenever the room for it changes. */
  follow(): void {
    this.render();
    new ResizeObserver(() => {
      if (Math.abs(this.room() - this.drawnAt) >= 4) this.render();
    }).observe(this.stage);
    this.stage.addEventListener("keydown", (event) => this.step(event));
  }

  show(plan: Plan): void {
    this.plan = plan;
    this.tell();
    this.render();
  }

  /** How wide the drawing is, in its own units: letters have sixteen of them, however large they are here. */
  room(): number {
    return Math.max(240, this.stage.clientWidth / this.letter());
  }

  /** How large letters are here, beside the usual size. */
  letter(): number {
    return (parseFloat(getComputedStyle(document.documentElement).fontSize) || LETTER) / LETTER;
  }

  /** The drawing for this width as a node. */
  node(width: number): SVGElement {
    const { height, body } = this.plan.draw(width);
    return toNode(shape("svg", { viewBox: `0 0 ${Math.round(width)} ${Math.ceil(height)}`, "font-family": SANS }, ...body));
  }

  button(text: string, act: () => void, label = text): HTMLButtonElement {
    const button = make("button", { type: "button", "aria-label": label }, text);
    button.addEventListener("click", act);
    return button;
  }

  describe(element: Element): void {
    const table = this.figure.dataset["of"] ?? "";
    element.setAttribute("aria-label", this.plan.summary);
    element.setAttribute("aria-describedby", `${table}-caption`);
    element.setAttribute("aria-details", table);
  }

  private render(): void {
    const links = () => [...this.stage.querySelectorAll<SVGAElement>("svg a")];
    const focused = links().indexOf(document.activeElement as unknown as SVGAElement);
    this.drawnAt = this.room();
    const drawing = this.node(this.drawnAt);
    this.stage.replaceChildren(drawing);
    const all = links();
    // What holds links is no mere picture; one of them is a stop of the tabulator, from there the arrows lead on.
    drawing.setAttribute("role", all.length ? "group" : "img");
    this.describe(drawing);
    all.forEach((link, place) => link.setAttribute("tabindex", place === Math.max(0, focused) ? "0" : "-1"));
    if (focused >= 0) all[Math.min(focused, all.length - 1)]?.focus();
  }

  private step(event: KeyboardEvent): void {
    const links = [...this.stage.querySelectorAll<SVGAElement>("svg a")];
    const now = links.indexOf(event.target as SVGAElement);
    if (now < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.key === "Home" ? 0 : event.key === "End" ? links.length - 1 : BACK[event.key] === undefined ? -1 : now + BACK[event.key]!;
    const link = links[next];
    if (!link) return;
    event.preventDefault();
    links[now]!.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    link.focus();
  }

  private notes(): string[] {
    const { note } = this.figure.dataset;
    return [...this.plan.notes, ...(note ? [note] : []), ..."part" in this.figure.dataset ? ["Only the rows on this page of the table are drawn."] : []];
  }

  private tell(): void {
    this.caption.textContent = this.notes().join(" ");
    this.caption.hidden = !this.notes().length;
  }

  private cited(): Cited {
    const told = this.figure.dataset;
    const place = new URL(location.href);
    place.hash = "";
    const built = told["built"] ? `built ${inWords(told["built"])}` : "";
    const graph = ["Diplomacy KG", told["generation"] && `generation ${told["generation"]}`, built].filter(Boolean).join(", ");
    const thing = this.figure.closest(".thing")?.querySelector("h1")?.textContent?.trim();
    const title = [thing, this.figure.getAttribute("aria-label")].filter(Boolean).join(": ");
    return { title, given: given(), foot: [...this.notes(), `${graph}.`, place.href] };
  }

  private document(): { xml: string; width: number; height: number; name: (suffix: string) => string } {
    const cited = this.cited();
    const picture = pictured(this.plan.draw(WIDTH), cited);
    const style = getComputedStyle(this.figure);
    const xml = toXml(picture, (variable) => style.getPropertyValue(variable).trim() || "currentColor");
    const { width, height } = picture.attributes as { width: number; height: number };
    return { xml, width, height, name: (suffix) => fileName(cited, this.figure.dataset["generation"] ?? "", suffix) };
  }

  private saveSvg(): void {
    const { xml, name } = this.document();
    save(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`], { type: "image/svg+xml" }), name("svg"));
  }

  private savePng(): void {
    const { xml, width, height, name } = this.document();
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * SHARP;
      canvas.height = height * SHARP;
      canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => blob && save(blob, name("png")), "image/png");
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xml)}`;
  }
}

export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** What was asked for, as the form of the page has it: labels with values. */
function given(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>("form.ask :is(input, select)[name]:not([type=hidden])")];
  const told = fields.flatMap((field) => {
    const label = field.labels?.[0]?.firstChild?.textContent?.trim() ?? field.name;
    const chosen = field instanceof HTMLSelectElement ? [...field.options].find((option) => option.defaultSelected && option.value)?.text : inWords(field.defaultValue);
    return chosen ? [`${label}: ${chosen}`] : [];
  });
  return told.join("; ");
}

function save(blob: Blob, name: string): void {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
