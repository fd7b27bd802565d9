import { DrizzleQueryError } from "drizzle-orm";
import { pino } from "pino";
import { expect, test } from "vitest";
import { errorResponse, toRefusal } from "../../../../station/http/error-response.ts";

const log = pino({ level: "silent" });

test.each(["SQLITE_FULL", "ENOSPC"])("a write that finds no space (%s) is refused by its own code", async (code) => {
	const cause = Object.assign(new Error("database or disk is full"), { code });
	for (const error of [cause, new DrizzleQueryError("insert into ticket", [], cause)]) {
		const response = errorResponse(toRefusal(error, log));
		expect(response.status).toBe(507);
		expect(await response.json()).toMatchObject({
			code: "DISK_FULL",
			message: expect.stringContaining("disk is full"),
		});
	}
});

test("any other error stays a bug, with the id under which it is logged", () => {
	expect(toRefusal(new Error("a bug"), log)).toMatchObject({ code: "STATION_ERROR", data: { id: expect.any(String) } });
});
