// After `next build`: hand the pages over to the Python package, compressed beforehand, and say which inline
// scripts each of them holds, so that the server can allow these and no others. The scripts that a page begins with
// ask the browser to compile them whole while they arrive: nearly all of their functions run before it shows
// anything, and each would be read once to find its end and once more, in the page's way, to run.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "out");
const target = join(here, "..", "..", "src", "hoistscraper", "api", "web");
const unfinished = `${target}.new`;

const COMPRESSIBLE = /\.(html|js|css|txt|json|svg|webmanifest|map)$/;
const SMALLEST_BYTES = 512;
const { constants } = zlib;
const ENCODERS = {
  zst: (body) => promisify(zlib.zstdCompress)(body, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
  br: (body) => promisify(zlib.brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gz: (body) => promisify(zlib.gzip)(body, { level: 9 }),
};

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Return the CSP sources of the scripts that stand in a page itself. */
function inlineScripts(html) {
  const found = new Set();
  for (const [, attributes, body] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (!/\bsrc=/.test(attributes) && body) {
      found.add(`sha256-${createHash("sha256").update(body).digest("base64")}`);
    }
  }
  return [...found].sort();
}

const COMPILE_WHOLE = "//# allFunctionsCalledOnLoad\n";

/** Return the files of the scripts that a page names. */
function scriptsOf(html) {
  return [...html.matchAll(/<script\b[^>]*\bsrc="(\/_next\/[^"?]+\.js)"/g)].map(([, path]) => join(unfinished, path));
}

async function compress(file) {
  const body = await readFile(file);
  if (body.length < SMALLEST_BYTES) return;
  const forms = Object.entries(ENCODERS).map(async ([suffix, encode]) => {
    const encoded = await encode(body);
    if (encoded.length < body.length) await writeFile(`${file}.${suffix}`, encoded);
  });
  await Promise.all(forms);
}

await rm(unfinished, { recursive: true, force: true });
await mkdir(dirname(unfinished), { recursive: true });
await cp(built, unfinished, { recursive: true });
// The server answers with 404.html itself; as pages these would be found.
for (const name of ["404", "_not-found"]) await rm(join(unfinished, name), { recursive: true, force: true });

const allowed = {};
const begunWith = new Set();
const files = (await filesOf(unfinished)).sort();
for (const file of files) {
  const name = relative(unfinished, file).split(sep).join("/");
  if (!name.endsWith(".html")) continue;
  const html = await readFile(file, "utf8");
  allowed[name] = inlineScripts(html);
  for (const script of scriptsOf(html)) begunWith.add(script);
}
for (const script of begunWith) await writeFile(script, COMPILE_WHOLE + (await readFile(script, "utf8")));
// One after the other: zstd at this level takes a hundred megabytes for each file at once.
for (const file of files.filter((each) => COMPRESSIBLE.test(each))) await compress(file);
await writeFile(join(unfinished, "csp.json"), `${JSON.stringify(allowed, null, 1)}\n`);

await rm(target, { recursive: true, force: true });
await rename(unfinished, target);
console.log(`${files.length} files are in ${target}`);
