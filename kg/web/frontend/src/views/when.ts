// Days, months and years as the graph writes them, as stretches of time; nothing is guessed.

export interface Stretch {
  // The first moment, and the first moment after it, in milliseconds of UTC.
  readonly begin: number;
  readonly end: number;
  readonly isDay: boolean;
}

export const DAY = 86_400_000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WRITTEN = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/;

/** The time of one date, or from the first to the last of two; nothing where there is none, or no year. */
export function stretchOf(...dates: readonly string[]): Stretch | null {
  const ends = dates.flatMap((date) => date.split("/")).map(one);
  const [first, last] = [ends[0], ends.at(-1)];
  if (!first || !last || last.end <= first.begin) return null;
  return { begin: first.begin, end: last.end, isDay: last.end - first.begin === DAY };
}

function one(written: string): { begin: number; end: number } | null {
  const match = WRITTEN.exec(written.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1) - 1, Number(match[3] ?? 1)];
  const begin = utc(year, month, day);
  if (new Date(begin).getUTCMonth() !== month || new Date(begin).getUTCDate() !== day) return null;
  return { begin, end: match[3] ? begin + DAY : match[2] ? utc(year, month + 1, 1) : utc(year + 1, 0, 1) };
}

/** Midnight of a day; years below 100 are themselves. */
export function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

export function yearOf(moment: number): number {
  return new Date(moment).getUTCFullYear();
}

/** "17 June 2025", "June 2025" or "2025", as exactly as it is written; other texts as they are. */
export function inWords(written: string): string {
  const match = WRITTEN.exec(written);
  if (!match) return written;
  const [, year, month, day] = match;
  const name = month && MONTHS[Number(month) - 1];
  return [day && String(Number(day)), name, String(Number(year))].filter(Boolean).join(" ");
}

/** One time in words, or the two ends of an interval. */
export function spanInWords(times: readonly string[]): string {
  const ends = [...new Set([times[0], times.at(-1)])].filter((time) => time !== undefined);
  return ends.map(inWords).join(" to ");
}
