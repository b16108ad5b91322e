// Bundles static/src into the folder named on the command line: hashed names, minified, .br and .gz beside each
// text, the licences of all that is in it, and manifest.json, which says under which name each file is served.
// Called by deploy/build_hook.py.

import { createHash } from "node:crypto";
import { globSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const out = process.argv[2];

// import "kinds": whatever kinds of activity and forms of polls need in the browser, one module per file of their folders;
// "kinds/desk": what they need at the desk alone.
const kinds = {
  name: "kinds",
  setup(build) {
    build.onResolve({ filter: /^kinds(\/desk)?$/ }, ({ path }) => ({ path, namespace: "kinds" }));
    build.onLoad({ filter: /.*/, namespace: "kinds" }, ({ path }) => ({
      contents: globSync(path === "kinds" ? "src/{kinds,forms}/*.js" : "src/kinds/desk/*.js").sort()
        .map((file) => `export * as ${JSON.stringify(file)} from "./${file}";`).join("\n"),
      resolveDir: process.cwd(),
    }));
  },
};

// KERN declares every shade of every colour, a quarter of the file; those that no style names are left out.
function usedShades(css) {
  const styles = [css, ...globSync("src/css/**/*.css").map((file) => readFileSync(file, "utf8"))].join("\n");
  const named = new Set(styles.match(/(?<=var\(\s*)--kern-color-[a-z]+-\d+/g));
  return css.replace(/(--kern-color-[a-z]+-\d+):[^;}]*;/g, (declared, name) => (named.has(name) ? declared : ""));
}

const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      // quietDeps: what Sass deprecates inside KERN is not ours to change.
      contents: usedShades(sass.compile(path, { loadPaths: ["node_modules"], quietDeps: true }).css),
      loader: "css",
    }));
  },
};

// The styles of kinds and forms come after all others in base.css; those that only stage or desk need, in theirs.
const OWN = { "base.css": "src/css/{kinds,forms}/*.css", "stage.css": "src/css/{kinds,forms}/stage/*.css", "desk.css": "src/css/{kinds,forms}/desk/*.css" };

const own = {
  name: "own",
  setup(build) {
    build.onLoad({ filter: /\/(base|stage|desk)\.css$/ }, ({ path }) => ({
      contents: [path, ...globSync(OWN[basename(path)]).sort()].map((file) => readFileSync(file, "utf8")).join("\n"),
      resolveDir: dirname(path),
      loader: "css",
    }));
  },
};

const built = await esbuild.build({
  entryPoints: [
    "src/page.js", "src/desk.js", "src/drag.js", "src/forming.js",
    ...["kern.scss", "base.css", "stage.css", "desk.css", "paper.css"].map((name) => `src/css/${name}`),
  ],
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "none",
  target: ["chrome111", "safari16.2", "firefox121"],
  loader: { ".woff2": "file" },
  metafile: true,
  plugins: [kinds, scss, own],
  logLevel: "warning",
}).catch(() => process.exit(1)); // said already

const manifest = {};
for (const [path, output] of Object.entries(built.metafile.outputs)) {
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  manifest[basename(source).replace(/\.scss$/, ".css")] = basename(path);
}
const names = Object.keys(manifest).sort();
const build = createHash("sha256").update(names.map((name) => manifest[name]).join()).digest("hex").slice(0, 12);
writeFileSync(
  join(out, "manifest.json"),
  JSON.stringify({ ...Object.fromEntries(names.map((name) => [name, manifest[name]])), build }, null, 2) + "\n",
);

// What the licences of the packages ask of those who pass them on.
const bundled = Object.keys(built.metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
const packages = [...new Set(["@kern-ux/native", ...bundled.filter(Boolean)])].sort();
writeFileSync(join(out, "licenses.txt"), packages.map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [text] = globSync(join(folder, "{LICEN[CS]E,license}{,.md,.txt}"));
  return `${name} ${version} (${license})\n\n${readFileSync(text, "utf8").trim()}\n`;
}).join(`\n${"-".repeat(80)}\n\n`));

for (const name of readdirSync(out).filter((name) => /\.(js|css)$/.test(name))) {
  const content = readFileSync(join(out, name));
  writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }));
}
