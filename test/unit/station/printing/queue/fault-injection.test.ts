import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { FAULT_KINDS, parseFaults } from "../../../../../printer-simulator/fault-injection.ts";
import { TicketBoundaries } from "../../../../../printer-simulator/ticket-boundaries.ts";
import { epson } from "../../../../../station/printing/dialects/epson/epson.ts";
import { star } from "../../../../../station/printing/dialects/star/star.ts";
import { openPrinter } from "../../../../../station/printing/open-printer.ts";
import { encodeWhole, networkPrinter, plainPicture, QUICK_TIMES } from "../../../../fixtures/print-harness.ts";

describe("a list of faults", () => {
	test("kind, at every how many tickets, and for how long", () => {
		expect(parseFaults("paper-out:5, lost-reply:3:2000,reset")).toEqual([
			{ kind: "paper-out", every: 5, lastsMs: 3000 },
			{ kind: "lost-reply", every: 3, lastsMs: 2000 },
			{ kind: "reset", every: 1, lastsMs: 3000 },
		]);
		expect(parseFaults(FAULT_KINDS.join(",")).map(({ kind }) => kind)).toEqual([...FAULT_KINDS]);
	});

	test.each(["", "paper", "reset:0", "reset:1:", "reset:1:2:3", "reset:-1", "reset,,reset"])(
		"%j is refused with the kinds that exist",
		(text) => {
			expect(() => parseFaults(text)).toThrow(
				expect.objectContaining({ code: "FAULTS_INVALID", message: expect.stringContaining("mixed-reply, replug") }),
			);
		},
	);
});

test.each([
	["epson", epson],
	["star", star],
] as const)("%s: finds the beginning of each ticket, however the network splits the bytes", (_, dialect) => {
	const ticket = (seed: number) => encodeWhole(dialect, plainPicture(576, 48, seed), dialect.confirmationId(seed));
	const idle = Buffer.concat([
		dialect.initSequence,
		...dialect.statusQuestions,
		dialect.clearBuffer ?? dialect.requestProcessed,
	]);
	const tickets = [ticket(1), ticket(2)];
	const bytes = Buffer.concat([idle, tickets[0] ?? idle, idle, tickets[1] ?? idle]);
	// Behind ESC @.
	const expected = [idle.length + 2, 2 * idle.length + (tickets[0]?.length ?? 0) + 2];
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), (cuts) => {
			const boundaries = new TicketBoundaries();
			const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
			const found = places.flatMap((from, index) =>
				boundaries.findStarts(bytes.subarray(from, places[index + 1])).map((start) => from + start),
			);
			expect(found).toEqual(expected);
		}),
	);
});

test("two checks at the same time after a doubt clear the buffer once, and the printer is ready", async () => {
	const { url, simulator, close } = await networkPrinter();
	onTestFinished(close);
	const printer = openPrinter(url, { times: QUICK_TIMES });
	onTestFinished(() => printer.close());
	await printer.check();
	printer.doubt();
	const both = await Promise.all([printer.check(), printer.check()]);
	expect(both.map(({ condition }) => condition)).toEqual(["ready", "ready"]);
	expect(printer.status.condition).toBe("ready");
	expect(simulator.violations).toEqual([]);
});
