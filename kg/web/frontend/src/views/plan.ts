// What a view hands to the frame: a drawing for any width, and words for those who do not see it.
import type { Shape } from "./shape";

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: readonly Shape[];
}

export interface Plan {
  // What the drawing shows, in a sentence or two.
  readonly summary: string;
  // What a reader must know to read it right: what is left out, what a sign means.
  readonly notes: readonly string[];
  // The drawing at this width, in pixels of a letter of 16; the same for the same width, always.
  draw(width: number): Drawing;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
