// Names while somebody types: the list beneath the box follows what the search of all names finds.
import { inert, make } from "./dom";

interface Found {
  readonly label: string;
  readonly slug: string;
  readonly class: string;
  // The class in words.
  readonly kind: string;
  readonly also: readonly string[];
}

// Milliseconds without a key before it is asked.
const PAUSE = 120;

export function begin(box: HTMLElement): void {
  if (box instanceof HTMLInputElement && box.list) new Suggesting(box, box.list as HTMLDataListElement);
}

class Suggesting {
  private readonly first: readonly Element[];
  private waiting = 0;
  private asked: AbortController | null = null;

  constructor(private readonly box: HTMLInputElement, private readonly list: HTMLDataListElement) {
    this.first = [...list.children];
    box.addEventListener("input", (event) => {
      // What is chosen from the list comes as no key, or as a whole.
      if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText") return;
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => void this.ask(box.value.trim()), PAUSE);
    });
  }

  private async ask(typed: string): Promise<void> {
    this.asked?.abort();
    if (!typed) return this.list.replaceChildren(...this.first);
    const asked = (this.asked = new AbortController());
    const address = new URL(this.box.dataset["suggest"]!, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { results } = (await answer.json()) as { results: readonly Found[] };
      const kinds = this.box.dataset["kinds"]?.split(" ");
      const fitting = results.filter((one) => !kinds || kinds.includes(one.class));
      if (asked === this.asked) this.list.replaceChildren(...options(fitting, typed));
    } catch {
      // The list stays as it was; what is typed can be sent all the same.
    }
  }
}

function options(found: readonly Found[], typed: string): HTMLElement[] {
  return found.map(({ label, slug, kind, also }) => {
    const isOne = label === inert(label) && found.filter((other) => other.label === label).length === 1;
    const told = [kind, ...also.filter((name) => holds(name, typed)).slice(0, 1)].join(" · ");
    // Browsers leave out what does not hold the very letters: a name without its accents, say.
    const isSeen = [label, told].some((text) => holds(text, typed));
    return make("option", { value: isOne ? label : slug }, inert(`${isOne ? "" : `${label} · `}${told}${isSeen ? "" : ` · “${typed}”`}`));
  });
}

function holds(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.toLowerCase());
}
