import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import ICAL from "ical.js";
import { openStationDatabase } from "../db/station/open.ts";
import { digestOfCode } from "../lib/code-digest.ts";
import { openRandom } from "../lib/random.ts";
import { siteIdSchema, streamIdSchema, topicIdSchema } from "../protocol/model/ids.ts";
import { openVisits } from "../station/appointments/expected-visits.ts";
import { readAppointments } from "../station/appointments/read-appointments.ts";
import { openEventLog } from "../station/events/event-log.ts";
import { calendarServiceDay } from "../station/tickets/service-day.ts";
import { residentMegabytes, TOP } from "./station-process.ts";

/** A process of its own for each figure, so that its memory is that figure's: `appointments-process.ts WHAT FILE`. */
const [what = "", file = ""] = process.argv.slice(2);
const site = { timezone: "Asia/Shanghai", dayStartsAt: "00:00" };
const now = Date.UTC(2026, 10, 30);

function importFile(): number {
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const { database, close } = openStationDatabase(folder, join(TOP, "db/station/migrations"));
	const { id: newId } = openRandom();
	const eventLog = openEventLog(database, {
		...{ newId, now, site: siteIdSchema.parse("a-site") },
		streamId: streamIdSchema.parse("00000000-0000-4000-8000-000000000000"),
	});
	const began = performance.now();
	const topicIds = [topicIdSchema.parse("work-permit")];
	const { appointments, cancelled } = readAppointments(readFileSync(file), { ...site, topicIds }, now);
	const visits = openVisits({
		...{ database, eventLog, newId },
		calendarServiceDay: (at) => calendarServiceDay(at, site),
		serviceDay: (at) => calendarServiceDay(at, site),
		placeOfAppointment: (queuePosition) => ({ class: "appointment", queuePosition }),
	});
	const { kept } = visits.expect(
		appointments.map(({ code, ...one }) => ({ ...one, kind: "appointment", codeDigest: digestOfCode(code) })),
		cancelled.map(({ source }) => source),
		{ now },
	);
	const seconds = (performance.now() - began) / 1_000;
	if (kept !== appointments.length) throw new Error(`${kept} of ${appointments.length} were kept.`);
	close();
	rmSync(folder, { recursive: true });
	return seconds;
}

/** The libraries alone: text to records. */
function parseAlone(): number {
	const began = performance.now();
	const text = readFileSync(file, "utf8");
	if (what === "csv-parse") parse(text);
	else new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
	return (performance.now() - began) / 1_000;
}

const seconds = what === "import" ? importFile() : parseAlone();
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
process.stdout.write(`${JSON.stringify({ seconds, megabytes: residentMegabytes(process.pid), peak })}\n`);
