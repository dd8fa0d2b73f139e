// What can be completed at the cursor: prefixes, keywords, variables of this query; terms and things of this graph.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { declaration, undeclared } from "./prefixes";
import { fold } from "../fold";
import { isPlain, type Term, type Vocabulary } from "./vocabulary";

const KEYWORDS = `SELECT DISTINCT REDUCED WHERE FROM NAMED CONSTRUCT DESCRIBE ASK ORDER GROUP BY ASC DESC LIMIT OFFSET HAVING VALUES OPTIONAL
  UNION MINUS FILTER BIND AS EXISTS NOT IN GRAPH PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE
  BOUND IRI ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY NOW IF COALESCE SUBSTR
  REPLACE REGEX ISIRI ISLITERAL ISNUMERIC`.split(/\s+/);
const WORD = /[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}\p{N}_.%-]*)?/u;
const AFTER_A = /(?:^|[\s;])(?:a|rdf:type)\s+$/;

export function complete(vocabulary: () => Promise<Vocabulary>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (inside === "comment" || inside === "string") return null;
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return { from: variable.from, options: variables(context, variable.from), validFor: /^[?$]\w*$/ };
    const iri = context.matchBefore(/<[^<>\s]*/);
    const word = iri ?? context.matchBefore(new RegExp(WORD.source, "u"));
    if (!word && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const known = await vocabulary();
    if (context.aborted) return null;
    const before = context.state.sliceDoc(Math.max(0, from - 200), from);
    if (/\bPREFIX\s+$/i.test(before)) return { from, options: prefixes(known) };
    const text = fold(word?.text.replace(/^</, "") ?? "");
    const things = await names(known, text);
    if (context.aborted) return null;
    const found = iri ? things : [...ranked(text, [...terms(known, before), ...keywords()]), ...things];
    found.sort((one, other) => one.place - other.place);
    const options = found.map(({ option }) => option);
    // Ranked here, without regard to accents; with each letter other things fit, so that it is asked anew.
    return { from, options, filter: false, getMatch: (option) => matched(option, text) };
  };
}

/** An option and where it belongs: the lower, the sooner. */
interface Ranked {
  readonly option: Completion;
  readonly place: number;
}

/** Those of the options that fit what was written: by how they begin, then by how a word of theirs does, then by what they hold. */
function ranked(text: string, options: readonly Completion[]): Ranked[] {
  return options.flatMap((option) => {
    const rank = Math.min(...spellings(option).map((spelling) => rankOf(spelling, text)));
    return Number.isFinite(rank) ? [{ option, place: 100 * rank - (option.boost ?? 0) }] : [];
  });
}

function rankOf(spelling: string, text: string): number {
  if (spelling.startsWith(text)) return 0;
  if (spelling.includes(` ${text}`)) return 1;
  return text.length > 2 && spelling.includes(text) ? 2 : Infinity;
}

function spellings(option: Completion): string[] {
  const name = fold(option.label);
  const label = (option as Completion & { spoken?: string }).spoken;
  return [name, name.replace(/^[^:]*:(?=.)/, ""), ...(label ? [fold(label)] : [])];
}

function matched(option: Completion, text: string): readonly number[] {
  const at = text ? fold(option.label).indexOf(text) : -1;
  return at < 0 || fold(option.label).length !== option.label.length ? [] : [at, at + text.length];
}

function variables(context: CompletionContext, at: number): Completion[] {
  const text = context.state.doc.toString();
  const found = [...text.matchAll(/[?$]\w+/g)].filter((match) => match.index !== at).map((match) => match[0]);
  return [...new Set(found)].map((label) => ({ label, type: "variable" }));
}

function prefixes(known: Vocabulary): Completion[] {
  return Object.entries(known.prefixes).map(([prefix, iri]) => ({
    label: `${prefix}:`,
    apply: `${prefix}: <${iri}>`,
    detail: iri,
    type: "namespace",
  }));
}

function keywords(): Completion[] {
  return KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 }));
}

function terms(known: Vocabulary, before: string): Completion[] {
  const wanted = AFTER_A.test(before) ? "class" : /[;^/|]\s*$/.test(before) ? "property" : null;
  const fitting = known.terms.filter((term) => wanted !== "class" || term.kind === "class");
  const found = fitting.map((term) => ofTerm(known, term, wanted === term.kind ? 30 : 0));
  const begun = Object.entries(known.prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace", boost: -30 }));
  return wanted ? found : [...found, ...begun];
}

/** A term by its prefixed name, found by what it is called too. */
function ofTerm(known: Vocabulary, term: Term, boost: number): Completion & { spoken?: string } {
  const name = known.short(term.iri) ?? `<${term.iri}>`;
  return {
    label: name,
    detail: term.count ? `${term.kind}, ${term.count.toLocaleString("en")}×` : term.kind,
    type: term.kind === "class" ? "class" : term.kind === "property" ? "property" : "constant",
    boost: boost + (term.count ? 5 : 0),
    apply: insertTerm(known, name),
    ...(term.label ? { spoken: term.label } : {}),
    ...(term.comment ? { info: term.comment } : {}),
  };
}

/** Things of the graph whose names begin like this, those with names of their own first; what is inserted is the IRI. */
async function names(known: Vocabulary, text: string): Promise<Ranked[]> {
  if (text.length < 2 || text.includes(":")) return [];
  return (await known.find(text)).map((name) => ({
    place: (isPlain(name) ? 60 : 160) + 20 * Math.min(2, rankOf(fold(name.label), text)),
    option: {
      label: name.label,
      detail: [name.kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(), name.date].filter(Boolean).join(", "),
      type: "thing",
      apply: `<${name.iri}>`,
    },
  }));
}

function insertTerm(known: Vocabulary, name: string) {
  return (view: EditorView, _: Completion, from: number, to: number): void => {
    view.dispatch({ changes: { from, to, insert: name }, selection: { anchor: from + name.length }, userEvent: "input.complete" });
    addPrefixes(view, known);
  };
}

/** Declares every prefix that the query uses and we know; says whether there was one. */
export function addPrefixes(view: EditorView, known: Vocabulary): boolean {
  const text = view.state.doc.toString();
  const missing = undeclared(text).map((use) => use.prefix);
  const change = declaration(text, missing, known.prefixes);
  if (change) view.dispatch({ changes: change, userEvent: "input.prefix" });
  return change !== null;
}
