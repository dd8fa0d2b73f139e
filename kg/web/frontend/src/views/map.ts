// The map as it is looked at: closer and farther, moved by pointer and keys.
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/land-110m.json";
import { Frame, make } from "./frame";
import { ALL, heightOf, leftOf, placesOf, planMap, type Look, type Places } from "./map.layout";
import type { Table } from "./table";

const CLOSEST = 24;
const STEP = 1.6;
const MOVE = 0.15;

export function draw(figure: HTMLElement, table: Table): boolean {
  const places = placesOf(table);
  if (places) new Looking(figure, places);
  const left = places ? [] : leftOf(table);
  // Not even one place: that is said where the map would be.
  if (left.length) figure.replaceChildren(make("figcaption", {}, left.join(" ")));
  return places !== null || left.length > 0;
}

class Looking {
  private readonly land = landOf(atlas as unknown as Topology<{ land: GeometryCollection }>);
  private readonly frame: Frame;
  private look: Look = ALL;
  private waiting = 0;

  constructor(figure: HTMLElement, private readonly places: Places) {
    this.frame = new Frame(figure, planMap(places, this.land));
    this.frame.follow();
    const { stage, tools } = this.frame;
    tools.append(
      this.frame.button("+", () => this.go({ close: this.look.close * STEP }), "Closer"),
      this.frame.button("−", () => this.go({ close: this.look.close / STEP }), "Farther"),
      this.frame.button("All", () => this.go(ALL), "All of the map"),
      ...([["←", -1, 0, "west"], ["→", 1, 0, "east"], ["↑", 0, -1, "north"], ["↓", 0, 1, "south"]] as const).map(([sign, x, y, where]) =>
        this.frame.button(sign, () => this.go({ x: this.look.x + (x * MOVE) / this.look.close, y: this.look.y + (y * MOVE) / this.look.close }), `To the ${where}`),
      ),
    );
    stage.addEventListener("pointerdown", (event) => this.drag(event));
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("keydown", (event) => {
      const step = { "+": STEP, "=": STEP, "-": 1 / STEP }[event.key];
      if (step && !event.ctrlKey && !event.metaKey) this.go({ close: this.look.close * step });
      if (event.key === "0") this.go(ALL);
    });
  }

  private go(to: Partial<Look>): void {
    const close = Math.min(CLOSEST, Math.max(1, to.close ?? this.look.close));
    const within = (value: number) => Math.min(1 - 0.5 / close, Math.max(0.5 / close, value));
    this.look = { close, x: within(to.x ?? this.look.x), y: within(to.y ?? this.look.y) };
    this.frame.stage.classList.toggle("moves", close > 1);
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.frame.show(planMap(this.places, this.land, this.look));
    });
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.go({ close: this.look.close * 1.002 ** -event.deltaY });
  }

  private drag(event: PointerEvent): void {
    if (this.look.close === 1 || event.button !== 0 || (event.target as Element).closest("a")) return;
    const { stage } = this.frame;
    const begun = this.look;
    const wide = stage.clientWidth * begun.close;
    const tall = (heightOf(this.places.places, this.frame.room()) / this.frame.room()) * wide;
    stage.setPointerCapture(event.pointerId);
    const move = (now: PointerEvent) => this.go({ x: begun.x - (now.clientX - event.clientX) / wide, y: begun.y - (now.clientY - event.clientY) / tall });
    stage.addEventListener("pointermove", move);
    const end = () => stage.removeEventListener("pointermove", move);
    stage.addEventListener("pointerup", end, { once: true });
    stage.addEventListener("pointercancel", end, { once: true });
  }
}

function landOf(topology: Topology<{ land: GeometryCollection }>) {
  const land = feature(topology, topology.objects.land);
  // Nobody meets in the Antarctic, and it would take a tenth of the paper.
  const parts = land.features.map(({ geometry }) => geometry).flatMap((geometry) => (geometry.type === "MultiPolygon" ? geometry.coordinates : []));
  return { type: "MultiPolygon" as const, coordinates: parts.filter((part) => part[0]!.some((point) => point[1]! > -60)) };
}
