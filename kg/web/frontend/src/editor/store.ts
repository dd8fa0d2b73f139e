// Queries that were run before, on this device only: the latest first, a bounded number of a bounded size.

export interface Past {
  readonly text: string;
  // When it was run, in milliseconds since 1970.
  readonly at: number;
}

const KEY = "diplomacy-kg.queries";
export const MOST = 50;
export const LONGEST = 20_000;

export function past(): Past[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPast).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keeps the query, before all others; what is too long, or finds no room, is not kept. */
export function keep(text: string, at: number): void {
  if (text.length > LONGEST || !text.trim()) return;
  write([{ text, at }, ...past().filter((one) => one.text !== text)].slice(0, MOST));
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where nothing may be kept, nothing was.
  }
}

function write(queries: Past[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // The device has no room left, or keeps nothing: half as many may fit.
    if (queries.length > 1) write(queries.slice(0, queries.length >> 1));
  }
}

function isPast(one: unknown): one is Past {
  return typeof one === "object" && one !== null && typeof (one as Past).text === "string" && typeof (one as Past).at === "number";
}

/** What the query calls itself in a comment before all else; else what it is. */
export function titleOf(text: string): string {
  const told = /^\s*#\+?\s*(?:summary:\s*)?(\S[^\n]*?)\s*(?:\n|$)/.exec(text)?.[1] ?? "";
  return told.length > 120 ? `${told.slice(0, 119)}…` : told || "Answer to a SPARQL query";
}

/** What the query is about, in a line: without its prefixes and comments. */
export function gist(text: string): string {
  const rest = text.replace(/^\s*(?:#.*|PREFIX\s+\S*\s*<[^>]*>)\s*$/gim, "").replace(/\s+/g, " ").trim();
  return rest.length > 120 ? `${rest.slice(0, 119)}…` : rest || "(empty)";
}
