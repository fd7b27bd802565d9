import { expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { enrolDevice } from "../../../../station/sync/enrolment/enrol-station.ts";
import { asSiteId } from "../../../fixtures/ids.ts";

const NOW = Date.UTC(2026, 10, 30, 9);
const DAY = 86_400_000;

/** Enrols at a server that refuses the code at NOW, on a machine whose clock is at `wall`. */
async function errorAt(wall: number): Promise<UserError> {
	const send: typeof fetch = () =>
		Promise.resolve(
			Response.json(
				{ code: "CODE_INVALID", message: "The code is not valid. Ask for a new one." },
				{ status: 401, headers: { date: new Date(NOW).toUTCString() } },
			),
		);
	const asked = { server: "https://queue.example", code: "7K2QX-M40ZD", site: asSiteId("a-site") };
	try {
		await enrolDevice(asked, { send, wall: () => wall });
	} catch (error) {
		if (error instanceof UserError) return error;
		throw error;
	}
	throw new Error("It was enrolled.");
}

test.each([
	["a year behind", NOW - 365 * DAY, /This machine's clock is 1 year behind the server's\./],
	["in 1970", 0, /This machine's clock is 57 years behind the server's\./],
	["in 2106", Date.UTC(2106, 1, 7), /This machine's clock is 79 years ahead of the server's\./],
	["an hour ahead", NOW + 3_600_000, /This machine's clock is 1 hour ahead of the server's\./],
])("enrolling on a machine whose clock is %s says so, with both clocks' difference", async (_, wall, sentence) => {
	const { code, message } = await errorAt(wall);
	expect(code).toBe("CLOCK_WRONG");
	expect(message).toMatch(sentence);
	expect(message).toContain("The code is not valid.");
});

test("a code that is wrong at the right time is only that", async () => {
	const { code, message } = await errorAt(NOW + 60_000);
	expect([code, message]).toEqual(["CODE_INVALID", "The code is not valid. Ask for a new one."]);
});
