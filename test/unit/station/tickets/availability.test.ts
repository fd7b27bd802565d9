import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Circumstances, LAST_LEFT, takenNow } from "../../../../station/tickets/availability.ts";

const NOON = Date.UTC(2026, 10, 23, 4);
const usual: Circumstances = {
	taken: "yes",
	left: null,
	hours: { open: true, lastClosing: NOON + 5 * 3_600_000 },
	servedBy: NOON + 3_600_000,
};

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
	taken: fc.constantFrom("yes", "closed", "full"),
	left: fc.option(fc.nat(40)),
	hours: fc.option(
		fc.record({ open: fc.boolean(), lastClosing: fc.option(fc.integer({ min: NOON, max: NOON + 100 })) }),
		{ nil: undefined },
	),
	servedBy: fc.integer({ min: NOON, max: NOON + 100 }),
});

describe("whether tickets are given", () => {
	test("as usual, where nothing is in the way", () => expect(takenNow(usual)).toBe("yes"));

	test("five left are the last, six are not", () => {
		expect(takenNow({ ...usual, left: LAST_LEFT })).toBe("last");
		expect(takenNow({ ...usual, left: LAST_LEFT + 1 })).toBe("yes");
	});

	test("whoever would be served until after closing time takes one of the last; until closing time, not", () => {
		const lastClosing = usual.servedBy;
		expect(takenNow({ ...usual, hours: { open: true, lastClosing } })).toBe("yes");
		expect(takenNow({ ...usual, hours: { open: true, lastClosing: lastClosing - 1 } })).toBe("last");
	});

	test("outside the hours what is given out today is not said to be: it may be had again when the site opens", () => {
		const shut = { open: false, lastClosing: null };
		expect(takenNow({ ...usual, taken: "full", left: 0, hours: shut })).toBe("hours");
		expect(takenNow({ ...usual, taken: "closed", hours: shut })).toBe("closed");
	});

	test("a supervisor's word and an empty quota stand in every circumstance; tickets are given at any hour where hours are not kept", () => {
		fc.assert(
			fc.property(anyCircumstances, (circumstances) => {
				const taken = takenNow(circumstances);
				const given = taken === "yes" || taken === "last";
				const { hours } = circumstances;
				expect(given).toBe(circumstances.taken === "yes" && hours?.open !== false);
				expect(taken === "closed").toBe(circumstances.taken === "closed");
				if (hours === undefined) expect(taken).not.toBe("hours");
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
				if (takenNow(before) === "last") expect(takenNow(after)).toBe("last");
			}),
		);
	});
});
