import { expect, onTestFinished, test, vi } from "vitest";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import type { Printer } from "../../../../station/printing/printer.ts";
import { plainPicture, QUICK_TIMES } from "../../../fixtures/print-harness.ts";
import { inWholeLines, starPrinter } from "../../../fixtures/star-harness.ts";

/* The habits of odd-habits.test.ts that a printer with Star's language may have too. */

const TIMES = { ...QUICK_TIMES, answerMs: 500, confirmMs: 4_000 };
const SENT = { kind: "doubtful", reason: "sent-only" };

async function printed(printer: Printer, seed: number) {
	for (;;) {
		await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 15_000 });
		const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
		const result = await sendResult;
		if (result.kind === "sent") return confirmation;
		// It waits in the queue, and is tried again.
		if (result.kind !== "untouched") return result;
	}
}

test.each([
	{ behaviours: ["prints-unknown"], outcome: SENT },
	{ behaviours: ["restarts-at-unknown"], outcome: SENT },
	{ behaviours: ["says-offline"], outcome: { kind: "confirmed" } },
	{ behaviours: ["answers-lag"], outcome: { kind: "confirmed" } },
	{ behaviours: ["answers-lag", "clone-no-id"], outcome: SENT },
] as const)(
	"$behaviours: three tickets come out whole and once, and nothing else",
	{ timeout: 60_000 },
	async ({ behaviours, outcome }) => {
		const { url, close, papers, simulator } = await starPrinter(576, ...behaviours);
		onTestFinished(close);
		const printer = openPrinter(url, { times: TIMES });
		onTestFinished(() => printer.close());
		for (const seed of [1, 2, 3]) {
			expect(await printed(printer, seed)).toEqual(outcome);
			await simulator.settled();
		}
		expect(papers.map(({ bitmap }) => bitmap)).toEqual(
			[1, 2, 3].map((seed) => inWholeLines(plainPicture(576, 600, seed))),
		);
		expect(simulator.violations).toEqual([]);
		expect(printer.proof).toBe(outcome.kind === "confirmed" ? "confirmed" : "sent");
	},
);
