// Writes what the pages are served from (`made/`), from what `npm ci` fetched: Punkt without its @font-face rules, which
// name licensed fonts that are not served here, and instead of them Inter, an open font, with the widths that the labels of
// the charts are measured for. A browser fetches only the parts of it whose letters it meets.

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const punkt = readFileSync("node_modules/@oslokommune/punkt-css/dist/css/pkt.min.css", "utf8");
const inter = readFileSync("node_modules/@fontsource-variable/inter/index.css", "utf8");
mkdirSync("made", { recursive: true });

// Under its fingerprint (shared/assets.py) a file may be kept for ever.
const served = (_, name) => {
  const file = `node_modules/@fontsource-variable/inter/files/${name}`;
  copyFileSync(file, `made/${name}`);
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12);
  return `url("${name}?v=${digest}")`;
};
const fonts = inter.replaceAll("Inter Variable", "Inter").replace(/url\(\.\/files\/([^)]+)\)/g, served);

writeFileSync("made/pkt.min.css", punkt.replace(/@font-face\s*\{[^}]*\}/g, "") + fonts.replace(/\s+/g, " "));
