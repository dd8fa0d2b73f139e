// What every page loads: it looks what the page holds, and fetches the part that makes it better.
// A part that fails leaves the plain page as it was.
import { parts } from "./parts";
import { drawAll } from "./views";

for (const element of document.querySelectorAll<HTMLElement>("[data-part]")) {
  const load = parts[element.dataset["part"] ?? ""];
  if (load) load().then((part) => part.begin(element)).catch(report);
}
drawAll(document).catch(report);

function report(error: unknown): void {
  console.error(error);
}
