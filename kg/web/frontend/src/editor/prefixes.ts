// Prefixes of a query: which it declares, which it uses without, and the query with those added.
// Works on the text alone, so that it does on a query that is not finished.

export interface Use {
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

// What is no prefixed name, whatever it holds: comments, strings, IRIs; then prefixed names by their prefix.
const SKIPPED = String.raw`#[^\n]*|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^\x60\\\x00-\x20]*>`;
const WORDS = new RegExp(`${SKIPPED}|_:|[?$@][\\w-]+|(?<![\\w.-])([\\p{L}][\\p{L}\\p{N}_.-]*)?:(?=([\\p{L}\\p{N}_:%\\\\]?))`, "gu");
const DECLARED = /\bPREFIX\s+([\p{L}][\p{L}\p{N}_.-]*)?:\s*<[^<>]*>/giu;

/** Every prefix that the query uses, where it does so first, and declares nowhere. */
export function undeclared(text: string): Use[] {
  const declared = new Set([...text.matchAll(DECLARED)].map((match) => match[1] ?? ""));
  const found = new Map<string, Use>();
  for (const match of text.matchAll(WORDS)) {
    const colon = match[0].endsWith(":") && match[0] !== "_:";
    const prefix = match[1] ?? "";
    if (!colon || declared.has(prefix) || found.has(prefix) || isDeclaration(text, match.index)) continue;
    if (!prefix && !match[2]) continue;
    found.set(prefix, { prefix, from: match.index, to: match.index + match[0].length });
  }
  return [...found.values()];
}

function isDeclaration(text: string, at: number): boolean {
  return /\bPREFIX\s+$/i.test(text.slice(0, at));
}

export interface Change {
  readonly from: number;
  readonly insert: string;
}

/** What to insert so that the query declares these prefixes: after those that it has, else at its head. */
export function declaration(text: string, prefixes: readonly string[], known: Readonly<Record<string, string>>): Change | null {
  const lines = prefixes.filter((prefix) => prefix in known).map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`);
  if (!lines.length) return null;
  const declared = [...text.matchAll(DECLARED)].at(-1);
  if (!declared) return { from: head(text), insert: lines.join("") };
  const end = declared.index + declared[0].length;
  const line = text.indexOf("\n", end);
  const rest = line < 0 ? text.slice(end) : text.slice(end, line);
  // Where the query goes on in the same line, the new ones stand between.
  if (rest.trim() && !rest.trim().startsWith("#")) return { from: end, insert: "\n" + lines.join("").trimEnd() };
  return line < 0 ? { from: text.length, insert: "\n" + lines.join("") } : { from: line + 1, insert: lines.join("") };
}

/** Where the query begins, after the comments at its head. */
function head(text: string): number {
  return /^(?:[ \t]*#[^\n]*\n|[ \t]*\n)*/.exec(text)![0].length;
}
