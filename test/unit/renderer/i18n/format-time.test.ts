import { expect, test } from "vitest";
import {
	formatDate,
	formatDateTime,
	formatOffset,
	formatRelative,
	formatRunning,
	formatSeconds,
	formatTime,
	formatWeekday,
} from "../../../../renderer/i18n/format-time.ts";

const NOW = Date.UTC(2026, 10, 23, 1, 5, 7);

test("clock times are the site's, on 24 hours", () => {
	const midnight = Date.UTC(2026, 10, 22, 16, 5);
	expect(formatTime(midnight, "zh-Hans", "Asia/Shanghai")).toBe("00:05");
	expect(formatTime(midnight, "en", "Asia/Shanghai")).toBe("00:05");
	expect(formatDateTime(midnight, "en", "Asia/Shanghai")).toBe("Nov 23, 00:05");
	expect(formatSeconds(NOW, "en")).toMatch(/^\d{2}:05:07$/);
	expect(formatDate(NOW, "en")).toBe("November 23, 2026");
});

test("a relative time uses the largest unit that fits, and never lies in the future", () => {
	expect(formatRelative(NOW - 125_000, NOW, "en")).toBe("2 min. ago");
	expect(formatRelative(NOW + 5, NOW, "zh-Hans")).toBe("现在");
});

test("an offset between clocks has its sign", () => {
	expect(formatOffset(-1_440, "en")).toBe("-1.4 sec");
	expect(formatOffset(3_600_000, "zh-Hans")).toBe("+60分钟");
});

test("a running clock never goes below zero and grows hours when it must", () => {
	expect([-5_000, 0, 61_000, 3_599_999, 3_727_000].map(formatRunning)).toEqual([
		"0:00",
		"0:00",
		"1:01",
		"59:59",
		"1:02:07",
	]);
});

test("a weekday that is not the next one has its date", () => {
	const now = Date.UTC(2026, 9, 1, 2);
	expect(formatWeekday(Date.UTC(2026, 9, 2, 2), "en", "Asia/Shanghai", now)).toBe("Friday");
	expect(formatWeekday(Date.UTC(2026, 9, 9, 2), "en", "Asia/Shanghai", now)).toBe("Friday, October 9");
	expect(formatWeekday(Date.UTC(2026, 9, 9, 2), "zh-Hans", "Asia/Shanghai", now)).toBe("10月9日星期五");
});
