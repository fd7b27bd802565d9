import { expect, test } from "vitest";
import { formatOpening } from "../../../../renderer/desk/messages/format-wait.ts";
import { messagesFor } from "../../../../renderer/desk/messages/messages.ts";

const MONDAY_NOON = Date.parse("2026-11-23T12:00:00+08:00");
const HOUR = 3_600_000;

const said = (hours: number, now?: number) =>
	formatOpening(MONDAY_NOON + hours * HOUR, messagesFor("en"), {
		timeZone: "Asia/Shanghai",
		...(now !== undefined && { now }),
	});

test("the day of an opening is named where it is another one than today", () => {
	expect(said(2, MONDAY_NOON)).toBe("14:00");
	expect(said(21, MONDAY_NOON)).toBe("Tuesday at 09:00");
	expect(said(7 * 24, MONDAY_NOON)).toBe("Monday, November 30 at 12:00");
	expect(said(2)).toBe("Monday at 14:00");
});
