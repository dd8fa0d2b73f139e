// How wide a text will be, from what it is made of: no fonts are asked, so that the same text has the same width everywhere.

const NARROW = /[ijlI|!.,:;'’ʼ`()[\] ]/;
const SLIM = /[frt\-–"“”/]/;
const BROAD = /[mwMW@%—]/;
const CAPITAL = /[\p{Lu}\d]/u;
const SQUARE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const COMBINING = /\p{M}/u;

export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const sign of text) width += ofSign(sign);
  return width * size;
}

function ofSign(sign: string): number {
  if (COMBINING.test(sign)) return 0;
  if (SQUARE.test(sign)) return 1;
  if (NARROW.test(sign)) return 0.34;
  if (SLIM.test(sign)) return 0.42;
  if (BROAD.test(sign)) return 0.97;
  return CAPITAL.test(sign) ? 0.7 : 0.62;
}

/** The text, cut with an ellipsis where it is wider than that. */
export function fitted(text: string, size: number, most: number): string {
  if (widthOf(text, size) <= most) return text;
  const signs = [...text];
  let width = widthOf("…", size);
  let kept = 0;
  while (kept < signs.length && width + ofSign(signs[kept]!) * size <= most) width += ofSign(signs[kept++]!) * size;
  return `${signs.slice(0, kept).join("").trimEnd()}…`;
}

/** The text in lines of at most that width, broken between words. */
export function inLines(text: string, size: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(fitted(word, size, most));
  }
  return lines;
}
