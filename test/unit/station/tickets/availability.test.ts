import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availabilityNow, type Circumstances, LAST_LEFT } from "../../../../station/tickets/availability.ts";

const NOON = Date.UTC(2026, 10, 23, 4);
const usual: Circumstances = {
	availability: "available",
	left: null,
	hours: { open: true, lastClosing: NOON + 5 * 3_600_000 },
	servedBy: NOON + 3_600_000,
};

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
	availability: fc.constantFrom("available", "closed", "full", "later"),
	left: fc.option(fc.nat(40)),
	hours: fc.record({ open: fc.boolean(), lastClosing: fc.option(fc.integer({ min: NOON, max: NOON + 100 })) }),
	servedBy: fc.integer({ min: NOON, max: NOON + 100 }),
});

describe("availability of a topic", () => {
	test("is available when nothing is in the way", () => expect(availabilityNow(usual)).toBe("available"));

	test("is last with five tickets left, not with six", () => {
		expect(availabilityNow({ ...usual, left: LAST_LEFT })).toBe("last");
		expect(availabilityNow({ ...usual, left: LAST_LEFT + 1 })).toBe("available");
	});

	test("is last for a visitor who would be served after closing time", () => {
		const lastClosing = usual.servedBy;
		expect(availabilityNow({ ...usual, hours: { open: true, lastClosing } })).toBe("available");
		expect(availabilityNow({ ...usual, hours: { open: true, lastClosing: lastClosing - 1 } })).toBe("last");
	});

	test("outside opening hours, a full topic is not reported as full", () => {
		const shut = { open: false, lastClosing: null };
		expect(availabilityNow({ ...usual, availability: "full", left: 0, hours: shut })).toBe("site-closed");
		expect(availabilityNow({ ...usual, availability: "closed", hours: shut })).toBe("closed");
	});

	test("a topic that a supervisor closed or whose quota is used up gives no ticket at any hour", () => {
		fc.assert(
			fc.property(anyCircumstances, (circumstances) => {
				const availability = availabilityNow(circumstances);
				const given = availability === "available" || availability === "last";
				const { hours } = circumstances;
				expect(given).toBe(circumstances.availability === "available" && hours.open);
				expect(availability === "closed").toBe(circumstances.availability === "closed");
				if (hours === undefined) expect(availability).not.toBe("site-closed");
			}),
		);
	});

	test("stays last with fewer tickets left or a later end", () => {
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
