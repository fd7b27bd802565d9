import { benchAppointments } from "./appointments.ts";
import { benchBundleSize } from "./bundle-size.ts";
import { benchDesk } from "./desk.ts";
import { benchFleet } from "./fleet.ts";
import { benchFleetStatistics } from "./fleet-statistics.ts";
import { benchIssue } from "./issue.ts";
import { benchKiosk } from "./kiosk.ts";
import { benchKioskWindow } from "./kiosk-window.ts";
import { benchPackageSize } from "./package-size.ts";
import { benchPrint } from "./print.ts";
import { benchRender } from "./render.ts";
import { benchSearch } from "./search.ts";
import { benchStartup } from "./startup.ts";
import { benchStatistics } from "./statistics.ts";
import { benchSync } from "./sync.ts";
import { benchWaits } from "./waits.ts";

/** `npm run bench`, or `npm run bench -- issue print` for some of them. Prints one JSON line per figure. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
	issue: benchIssue,
	print: benchPrint,
	startup: benchStartup,
	"bundle-size": benchBundleSize,
	kiosk: benchKiosk,
	"kiosk-window": benchKioskWindow,
	"package-size": benchPackageSize,
	render: benchRender,
	sync: benchSync,
	fleet: benchFleet,
	"fleet-statistics": () => benchFleetStatistics(100),
	"fleet-statistics-full": () => benchFleetStatistics(1_000),
	desk: benchDesk,
	waits: benchWaits,
	search: benchSearch,
	statistics: benchStatistics,
	appointments: benchAppointments,
};

/** Too long to run with all others. */
const ON_REQUEST: ReadonlySet<string> = new Set(["fleet-statistics-full"]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
	process.stderr.write(
		`There is no benchmark called ${unknown.join(", ")}. There are ${Object.keys(BENCHES).join(", ")}.\n`,
	);
	process.exitCode = 2;
} else {
	for (const [name, bench] of Object.entries(BENCHES)) {
		if ((asked.length === 0 && !ON_REQUEST.has(name)) || asked.includes(name)) await bench();
	}
}
