// The field in which the query is written: CodeMirror within a shadow root, whose style sheets the page's policy lets in.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { forceLinting, lintGutter, lintKeymap, linter, type Diagnostic } from "@codemirror/lint";
import { EditorState, Prec, StateEffect, StateField, type Text } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { addPrefixes, complete } from "./completion";
import { undeclared } from "./prefixes";
import { sparql } from "./sparql";
import { theme } from "./theme";
import type { Vocabulary } from "./vocabulary";

// Letters over a selection: left to itself, a browser replaces them with styled markup, which the policy of the page forbids.
const overwriting = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { ranges, main } = view.state.selection;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || event.isComposing || view.composing || ranges.length > 1 || main.empty) return false;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = view.state.facet(EditorView.inputHandler).some((take) => take(view, main.from, main.to, text, insert));
    if (!isTaken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** What the server says is wrong, and where: line and column count from 1, in characters. */
export interface Mistake {
  readonly message: string;
  readonly hint: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

const told = StateEffect.define<Mistake | null>();

const mistakes = StateField.define<Diagnostic | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(told)) return effect.value && place(transaction.newDoc, effect.value);
    // Whoever writes on is mending it; what was wrong is told anew when the query runs.
    return transaction.docChanged ? null : value;
  },
});

export interface Wishes {
  readonly vocabulary: () => Promise<Vocabulary>;
  readonly run: () => void;
  readonly changed: (text: string) => void;
  readonly label: string;
}

export class Code {
  readonly view: EditorView;

  constructor(host: HTMLElement, text: string, private readonly wishes: Wishes) {
    const root = host.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root, state: EditorState.create({ doc: text, extensions: this.extensions() }) });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  }

  /** Marks the mistake; none, where it is `null`. */
  mark(mistake: Mistake | null): void {
    this.view.dispatch({ effects: told.of(mistake) });
    forceLinting(this.view);
  }

  /** Puts the cursor where the mistake is. */
  go(mistake: Mistake): void {
    const { from } = place(this.view.state.doc, mistake);
    this.view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    this.view.focus();
  }

  /** Declares the prefixes that are missing; says whether there was one that is known. */
  async declare(): Promise<boolean> {
    return addPrefixes(this.view, await this.wishes.vocabulary());
  }

  private extensions() {
    const keys = Prec.high(
      keymap.of([
        { key: "Mod-Enter", run: () => (this.wishes.run(), true) },
        { key: "Alt-Enter", run: () => (void this.declare(), true) },
      ]),
    );
    return [
      keys,
      overwriting,
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      EditorState.tabSize.of(2),
      indentUnit.of("  "),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      sparql,
      autocompletion({ override: [complete(this.wishes.vocabulary)], maxRenderedOptions: 60 }),
      mistakes,
      linter((view) => this.diagnose(view), { delay: 400, needsRefresh: (update) => update.state.field(mistakes) !== update.startState.field(mistakes) }),
      lintGutter(),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ "aria-label": this.wishes.label, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
      EditorView.updateListener.of((update) => update.docChanged && this.wishes.changed(update.state.doc.toString())),
      theme,
    ];
  }

  private async diagnose(view: EditorView): Promise<readonly Diagnostic[]> {
    const mistake = view.state.field(mistakes);
    const missing = undeclared(view.state.doc.toString());
    const known = missing.length ? (await this.wishes.vocabulary()).prefixes : {};
    const found = missing.map(({ prefix, from, to }): Diagnostic => {
      const can = prefix in known;
      return {
        from,
        to,
        severity: "warning",
        message: `The prefix ${prefix}: is not declared.${can ? " Alt-Enter declares it." : ""}`,
        actions: can ? [{ name: `Add PREFIX ${prefix}:`, apply: () => void this.declare() }] : [],
      };
    });
    return mistake ? [mistake, ...found] : found;
  }
}

/** The mistake as a range: from its place to the end of the word there; the last character, where there is no place. */
function place(doc: Text, mistake: Mistake): Diagnostic {
  const message = mistake.hint ? `${mistake.message}\n${mistake.hint}` : mistake.message;
  const line = doc.line(Math.min(Math.max(mistake.line ?? doc.lines, 1), doc.lines));
  // The server counts characters; here, those beyond the first 65,536 count twice.
  const before = [...line.text].slice(0, Math.max(0, (mistake.column ?? Infinity) - 1)).join("").length;
  const word = /^(?:[\p{L}\p{N}_:?$.-]+|.)/u.exec(line.text.slice(before))?.[0].length ?? 0;
  let from = line.from + before;
  const to = from + word;
  if (from === to && from > line.from) from -= 1;
  return { from, to, severity: "error", message };
}
