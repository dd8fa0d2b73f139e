// The scripts of the pages, bundled into ../static/built with a manifest and the licences of what is bundled.
// `npm run build`, or `make`; nothing but what is installed in node_modules is read.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "built");

// Cytoscape.js comes as one file with all that it can do. From its sources, what a network here never asks for is left
// out: other layouts than the places that are given, algorithms on graphs, WebGL, pictures (ours are drawn as SVG).
const UNUSED = /\/cytoscape\/src\/(collection\/algorithms\/index|extensions\/layout\/(breadthfirst|circle|concentric|cose|grid|random)|extensions\/renderer\/canvas\/(export-image|webgl\/drawing-redraw-webgl))\.mjs$/;
const slender = {
  name: "slender",
  setup(bundle) {
    bundle.onResolve({ filter: /^cytoscape$/ }, () => ({ path: join(here, "node_modules", "cytoscape", "src", "index.mjs") }));
    bundle.onLoad({ filter: UNUSED }, () => ({ contents: "export default function unused() {}", loader: "js" }));
  },
};

const bundled = await build({
  absWorkingDir: here,
  entryPoints: { main: "src/main.ts", style: "src/style.css" },
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".json": "json", ".geojson": "file" },
  plugins: [slender],
  define: { "process.env.NODE_ENV": '"production"', "process.env.VERSION": '""' },
  metafile: true,
  write: false,
});

// What a page asks for, by the name of its source: its file, and the files that this one imports at once.
function manifest(outputs) {
  const entries = {};
  for (const [path, output] of Object.entries(outputs)) {
    if (!output.entryPoint) continue;
    const name = basename(output.entryPoint).replace(/\.\w+$/, "");
    if (path.endsWith(".js")) entries[name] = { script: basename(path), needs: needs(path, outputs) };
    if (path.endsWith(".css")) entries[name] = { style: basename(path) };
  }
  return Object.fromEntries(Object.entries(entries).sort());
}

function needs(path, outputs, found = new Set()) {
  for (const one of outputs[path].imports) {
    if (one.kind !== "import-statement" || found.has(basename(one.path))) continue;
    found.add(basename(one.path));
    needs(one.path, outputs, found);
  }
  return [...found].sort();
}

// The licence of every package that a byte of the output comes from, and of every data file beside our own source.
function licences(outputs) {
  const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const folders = new Set([...used].map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
  const parts = [...folders].sort().map((folder) => {
    const told = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
    const file = readdirSync(join(here, folder)).find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${told.name} has no licence file: it cannot be bundled`);
    return `${told.name} ${told.version} (${told.license})\n\n${readFileSync(join(here, folder, file), "utf8").trim()}\n`;
  });
  const ours = existsSync(join(here, "src", "data")) ? readdirSync(join(here, "src", "data")) : [];
  for (const name of ours.filter((name) => name.endsWith(".licence.txt")).sort()) {
    parts.push(readFileSync(join(here, "src", "data", name), "utf8").trim() + "\n");
  }
  return "What others made and the scripts of these pages contain, each with its licence.\n\n" + parts.join(`\n${"-".repeat(72)}\n\n`);
}

// Files are replaced as a whole and only where they differ: a server may be reading them.
function write(name, contents) {
  const file = join(out, name);
  if (existsSync(file) && readFileSync(file).equals(Buffer.from(contents))) return;
  const fresh = join(out, `.${process.pid}.${name}`);
  writeFileSync(fresh, contents);
  renameSync(fresh, file);
}

mkdirSync(out, { recursive: true });
const outputs = bundled.metafile.outputs;
const names = bundled.outputFiles.map((file) => basename(file.path));
for (const file of bundled.outputFiles) write(basename(file.path), file.contents);
write("licences.txt", licences(outputs));
write("manifest.json", JSON.stringify(manifest(outputs), null, 1) + "\n");
const kept = new Set([...names, "licences.txt", "manifest.json"]);
for (const name of readdirSync(out)) if (!kept.has(name) && !name.startsWith(".")) rmSync(join(out, name), { force: true });
