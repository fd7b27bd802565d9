import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFigure } from "./figure.ts";
import { startStation, TOP } from "./station-process.ts";

const BOOKINGS = 50_000;
const STEP_MS = 60_000;
const START = Date.UTC(2026, 11, 1);

interface Run {
	seconds: number;
	/** The most that was ever resident, in MB. */
	peak: number;
}

/** Runs first in each process: on exit it tells that process's own figures. */
const REPORT = `data:text/javascript,process.on("exit", () =>
	process.stderr.write(JSON.stringify({ seconds: performance.now() / 1e3, peak: process.resourceUsage().maxRSS / 1024 })))`;

const PEERS = {
	"csv-parse": `(await import("csv-parse/sync")).parse(text)`,
	"ical.js": `const { default: ICAL } = await import("ical.js");
new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")`,
};

/**
 * A list of 50,000 bookings: the built command from its start to its end, beside a running station, and beside the
 * libraries that only parse the list, each in a process of its own.
 */
export async function benchAppointments(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "paihao-bench-"));
	const [table, calendar] = [join(folder, "list.csv"), join(folder, "list.ics")];
	writeFileSync(table, tableOf(BOOKINGS));
	writeFileSync(calendar, calendarOf(BOOKINGS));
	for (const [kind, file, peer] of [
		["table", table, "csv-parse"],
		["calendar", calendar, "ical.js"],
	] as const) {
		const [own, alone] = [await importFile(file), parseAlone(peer, file)];
		writeFigure({
			figure: `appointments: ${BOOKINGS} bookings of a ${kind} imported`,
			value: own.seconds,
			unit: "s",
			goal: { atMost: 5 },
			beside: { [`${peer} alone, s`]: alone.seconds },
		});
		writeFigure({
			figure: `appointments: memory of the ${kind}'s import, the most`,
			value: own.peak,
			unit: "MB",
			goal: { atMost: 200 },
			beside: { [`${peer} alone, MB`]: alone.peak },
		});
	}
	rmSync(folder, { recursive: true });
}

async function importFile(file: string): Promise<Run> {
	const station = await startStation("virtual:{folder}/printer");
	const data = join(station.folder, "data");
	const own = run([join(TOP, "bin/paihao.mjs"), "appointments", "import", file, "--data", data]);
	await station.end();
	return own;
}

function parseAlone(peer: keyof typeof PEERS, file: string): Run {
	const read = `const text = (await import("node:fs")).readFileSync(${JSON.stringify(file)}, "utf8");`;
	return run(["--input-type=module", "--eval", `${read}\n${PEERS[peer]}`]);
}

function run(arguments_: readonly string[]): Run {
	const program = spawnSync(process.execPath, ["--import", REPORT, ...arguments_], { cwd: TOP, encoding: "utf8" });
	if (program.status !== 0) throw new Error(program.stderr);
	return JSON.parse(program.stderr);
}

const timeOf = (index: number) => new Date(START + index * STEP_MS).toISOString();
const codeOf = (index: number) => `HY${String(index).padStart(6, "0")}`;

function tableOf(bookings: number): string {
	const rows = Array.from({ length: bookings }, (_, index) => {
		const time = timeOf(index).slice(0, 16).replace("T", " ");
		return `${codeOf(index)},${time},work-permit,en,1,confirmed`;
	});
	return `code,time,topic,language,party,status\r\n${rows.join("\r\n")}\r\n`;
}

function calendarOf(bookings: number): string {
	const events = Array.from({ length: bookings }, (_, index) =>
		[
			"BEGIN:VEVENT",
			`UID:${codeOf(index)}@booking.example`,
			`DTSTART;TZID=Asia/Shanghai:${timeOf(index).slice(0, 19).replaceAll(/[-:]/g, "")}`,
			"SUMMARY:Appointment",
			"CATEGORIES:work-permit",
			"STATUS:CONFIRMED",
			"END:VEVENT",
		].join("\r\n"),
	);
	return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", ...events, "END:VCALENDAR", ""].join("\r\n");
}
