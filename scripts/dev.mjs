// `npm run dev`: see scripts/dev.ts. This file runs on any Node that people have, that one on Node 24.
import { fileURLToPath } from "node:url";
import { isNode24, runUnderNode24 } from "../bin/node24.mjs";

if (isNode24) await import("./dev.ts");
else runUnderNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
