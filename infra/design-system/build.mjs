// Writes pkt.min.css beside this file, from what `npm ci` fetched: Punkt without its @font-face rules. They name licensed
// fonts that are not served here, and a browser would ask for them in vain.

import { readFileSync, writeFileSync } from "node:fs";

const fetched = readFileSync("node_modules/@oslokommune/punkt-css/dist/css/pkt.min.css", "utf8");
writeFileSync("pkt.min.css", fetched.replace(/@font-face\s*\{[^}]*\}/g, ""));
