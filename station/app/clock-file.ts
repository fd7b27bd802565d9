import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Clocks } from "../clock/trust-rules.ts";
import type { ClockMemory } from "../clock/trusted-clock.ts";

/** In the data folder: a trusted instant, and how long the machine had been on at that instant. */
const CLOCK_FILE = "clock.json";

const clockFileSchema = z.object({ boot: z.string(), wall: z.number(), uptime: z.number() });

/** What holds the clock across restarts of the program. `boot` names the time since the machine was switched on. */
export function openClockFile(data: string, boot: string): ClockMemory {
	const file = join(data, CLOCK_FILE);
	return {
		read() {
			const kept = parse(file);
			return kept?.boot === boot ? { wall: kept.wall, uptime: kept.uptime } : undefined;
		},
		/** Whole or not at all. */
		write({ wall, uptime }: Clocks) {
			writeFileSync(`${file}.new`, `${JSON.stringify({ boot, wall, uptime })}\n`, { mode: 0o600 });
			renameSync(`${file}.new`, file);
		},
	};
}

/** Undefined where there is none, or where it is damaged: then the last event counts. */
function parse(file: string): z.infer<typeof clockFileSchema> | undefined {
	try {
		return clockFileSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
	} catch {
		return undefined;
	}
}
