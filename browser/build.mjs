// Builds the static files that the pages load: each folder with a main.ts becomes dist/<folder>.js,
// and the fonts are copied beside them with their licences; the licence of three.js stands beside figure.js.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const DIST = "../src/recoup/web/static/dist";
const FONT = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";

const PRINTED = "node_modules/@expo-google-fonts/atkinson-hyperlegible-next";

const entries = readdirSync(".").filter((folder) => existsSync(`${folder}/main.ts`));

rmSync(DIST, { recursive: true, force: true });
await build({
  entryPoints: entries.map((folder) => ({ in: `${folder}/main.ts`, out: folder })),
  outdir: DIST,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  logLevel: "info",
});
copyFonts(`${DIST}/fonts`);
copyPrinted(`${DIST}/fonts`);
copyFileSync("node_modules/three/LICENSE", `${DIST}/figure.LICENSE.txt`);

function copyFonts(to) {
  const { name, version, license } = JSON.parse(readFileSync(`${FONT}/package.json`, "utf8"));
  const files = readdirSync(`${FONT}/files`).filter((file) => /-latin(-ext)?-wght-normal\.woff2$/.test(file));
  if (files.length === 0) throw new Error(`No latin woff2 files in ${FONT}/files`);
  mkdirSync(to, { recursive: true });
  for (const file of files) copyFileSync(`${FONT}/files/${file}`, `${to}/${file}`);
  const note = `Fonts in this folder: ${name} ${version}, licence ${license}, unchanged.\n\n`;
  writeFileSync(`${to}/LICENSE.txt`, note + readFileSync(`${FONT}/LICENSE`, "utf8"));
}

// For PDF: the same letters, in the form that typst reads.
function copyPrinted(to) {
  for (const weight of ["400Regular", "700Bold"]) {
    const name = `AtkinsonHyperlegibleNext_${weight}.ttf`;
    copyFileSync(`${PRINTED}/${weight}/${name}`, `${to}/${name}`);
  }
  copyFileSync(`${PRINTED}/LICENSE_FONT`, `${to}/LICENSE-ttf.txt`);
}
