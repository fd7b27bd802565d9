import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { startRetention } from "../../../../station/retention/start-retention.ts";

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 23, 1);

afterEach(() => {
	vi.useRealTimers();
});

test("each minute a little is cut, of what is older than the days that were set; a fault does not end it", () => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	const asked: unknown[][] = [];
	let isEnrolled = false;
	const end = startRetention(
		{
			redact(...args) {
				asked.push(args);
				if (asked.length === 1) throw new Error("The disk is full.");
				return 0;
			},
		},
		{ days: 30, isEnrolled: () => isEnrolled, clock: () => NOW, holdsDay: () => false, log: pino({ level: "silent" }) },
	);
	vi.advanceTimersByTime(60_000);
	isEnrolled = true;
	vi.advanceTimersByTime(60_000);
	end();
	vi.advanceTimersByTime(600_000);
	expect(asked).toEqual([
		[NOW - 30 * DAY, 200, false],
		[NOW - 30 * DAY, 200, true],
	]);
});
