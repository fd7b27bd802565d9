import { benchDesk } from "./desk.ts";
import { benchDraw } from "./draw.ts";
import { benchFleet } from "./fleet.ts";
import { benchIssue } from "./issue.ts";
import { benchKiosk } from "./kiosk.ts";
import { benchPaper } from "./paper.ts";
import { benchScreens } from "./screens.ts";
import { benchStart } from "./start.ts";
import { benchSync } from "./sync.ts";

/** `npm run bench`, or `npm run bench -- issue paper` for some: one JSON line a figure. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
	issue: benchIssue,
	paper: benchPaper,
	start: benchStart,
	screens: benchScreens,
	kiosk: benchKiosk,
	draw: benchDraw,
	sync: benchSync,
	fleet: benchFleet,
	desk: benchDesk,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
	process.stderr.write(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.\n`);
	process.exitCode = 2;
} else {
	for (const [name, bench] of Object.entries(BENCHES)) {
		if (asked.length === 0 || asked.includes(name)) await bench();
	}
}
