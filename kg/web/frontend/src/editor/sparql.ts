// SPARQL by its words, for colours and for what may stand where: all that an editor needs of it, in a sixth of the size of a grammar.
import { StreamLanguage, type StreamParser } from "@codemirror/language";

const KEYWORDS = words(`a add all as asc ask base bind by clear construct copy create data default delete desc describe distinct drop exists
  filter from graph group having in insert into limit load minus move named not offset optional order prefix reduced select separator service
  silent to undef union using values where with`);
const FUNCTIONS = words(`abs avg bnode bound ceil coalesce concat contains count datatype day encode_for_uri floor group_concat hours if iri
  isblank isiri isliteral isnumeric isuri lang langmatches lcase max md5 min minutes month now rand regex replace round sameterm sample seconds
  sha1 sha256 sha384 sha512 str strafter strbefore strdt strends strlang strlen strstarts struuid substr sum timezone tz ucase uri uuid year`);

interface State {
  // The quotes that end the string which the line is within; `null` outside of strings.
  quotes: string | null;
}

const parser: StreamParser<State> = {
  name: "sparql",
  startState: () => ({ quotes: null }),
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } },
  token(stream, state) {
    if (state.quotes) return string(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(/^<[^<>"{}|^`\\\s]*>/)) return "url";
    if (stream.match(/^[?$][\p{L}_\p{N}]+/u)) return "variableName";
    const quotes = stream.match(/^(?:"""|'''|"|')/) as RegExpMatchArray | null;
    if (quotes) {
      state.quotes = quotes[0];
      return string(stream, state);
    }
    if (stream.match(/^(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)/)) return "meta";
    if (stream.match(/^(?:\d+\.\d*|\.?\d+)(?:[eE][+-]?\d+)?/)) return "number";
    if (stream.match(/^_:[\p{L}\p{N}_][\p{L}\p{N}_.-]*/u)) return "labelName";
    if (stream.match(/^(?:[\p{L}][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)?:(?:[\p{L}\p{N}_:%\\](?:[\p{L}\p{N}_:%\\.-]*[\p{L}\p{N}_:%\\-])?)?/u)) return "namespace";
    const word = stream.match(/^[A-Za-z_][\w-]*/) as RegExpMatchArray | null;
    if (word) return ofWord(word[0].toLowerCase());
    stream.next();
    return null;
  },
};

function ofWord(word: string): string | null {
  if (word === "true" || word === "false") return "bool";
  if (FUNCTIONS.has(word)) return "variableName.function";
  return KEYWORDS.has(word) ? "keyword" : null;
}

function string(stream: { match(what: RegExp): unknown; eol(): boolean; next(): unknown }, state: State): string {
  const end = new RegExp(`^${state.quotes!}`);
  while (!stream.eol()) {
    if (stream.match(end)) {
      state.quotes = null;
      return "string";
    }
    if (!stream.match(/^\\./)) stream.next();
  }
  // A string in single quotes ends with its line, whether it is closed or not.
  if (state.quotes!.length === 1) state.quotes = null;
  return "string";
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

export const sparql = StreamLanguage.define(parser);
