import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availabilityNow, type Circumstances, LAST_LEFT } from "../../../../station/tickets/availability.ts";

const NOON = Date.UTC(2026, 10, 23, 4);
const usual: Circumstances = {
	availability: "yes",
	left: null,
	hours: { open: true, lastClosing: NOON + 5 * 3_600_000 },
	servedBy: NOON + 3_600_000,
};

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
	availability: fc.constantFrom("yes", "closed", "full"),
	left: fc.option(fc.nat(40)),
	hours: fc.option(
		fc.record({ open: fc.boolean(), lastClosing: fc.option(fc.integer({ min: NOON, max: NOON + 100 })) }),
		{ nil: undefined },
	),
	servedBy: fc.integer({ min: NOON, max: NOON + 100 }),
});

describe("whether tickets are given", () => {
	test("as usual, where nothing is in the way", () => expect(availabilityNow(usual)).toBe("yes"));

	test("five left are the last, six are not", () => {
		expect(availabilityNow({ ...usual, left: LAST_LEFT })).toBe("last");
		expect(availabilityNow({ ...usual, left: LAST_LEFT + 1 })).toBe("yes");
	});

	test("whoever would be served until after closing time takes one of the last; until closing time, not", () => {
		const lastClosing = usual.servedBy;
		expect(availabilityNow({ ...usual, hours: { open: true, lastClosing } })).toBe("yes");
		expect(availabilityNow({ ...usual, hours: { open: true, lastClosing: lastClosing - 1 } })).toBe("last");
	});

	test("outside the hours what is given out today is not said to be: it may be had again when the site opens", () => {
		const shut = { open: false, lastClosing: null };
		expect(availabilityNow({ ...usual, availability: "full", left: 0, hours: shut })).toBe("hours");
		expect(availabilityNow({ ...usual, availability: "closed", hours: shut })).toBe("closed");
	});

	test("a supervisor's word and an empty quota stand in every circumstance; tickets are given at any hour where hours are not kept", () => {
		fc.assert(
			fc.property(anyCircumstances, (circumstances) => {
				const availability = availabilityNow(circumstances);
				const given = availability === "yes" || availability === "last";
				const { hours } = circumstances;
				expect(given).toBe(circumstances.availability === "yes" && hours?.open !== false);
				expect(availability === "closed").toBe(circumstances.availability === "closed");
				if (hours === undefined) expect(availability).not.toBe("hours");
			}),
		);
	});

	test("once they are the last they stay so: fewer left or a later end never make more of them", () => {
		fc.assert(
			fc.property(anyCircumstances, fc.nat(40), fc.nat(100), (before, fewer, later) => {
				const after = {
					...before,
					left: before.left === null ? null : Math.max(0, before.left - fewer),
					servedBy: before.servedBy + later,
				};
				if (availabilityNow(before) === "last") expect(availabilityNow(after)).toBe("last");
			}),
		);
	});
});
