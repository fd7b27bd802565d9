import fc from "fast-check";
import { expect, test } from "vitest";
import { PRINT_STATES, type PrintState } from "../../../../../protocol/model/print.ts";
import { afterChange, afterRestart, type PrintChange } from "../../../../../station/printing/queue/print-job.ts";

const CHANGES: readonly PrintChange["type"][] = [
	"print.sending",
	"print.sent",
	"print.confirmed",
	"print.doubtful",
	"print.requeued",
	"print.failed",
];

test("the whole table", () => {
	const table = Object.fromEntries(
		PRINT_STATES.map((state) => [
			state,
			Object.fromEntries(
				CHANGES.flatMap(
					(change) =>
						afterChange(state, change)
							?.split(" ")
							.map((to) => [change, to]) ?? [],
				),
			),
		]),
	);
	expect(table).toEqual({
		queued: { "print.sending": "sending", "print.failed": "failed" },
		sending: { "print.sent": "sent", "print.requeued": "queued", "print.doubtful": "doubtful" },
		sent: { "print.confirmed": "confirmed", "print.doubtful": "doubtful" },
		confirmed: {},
		doubtful: {},
		failed: {},
		reprinted: {},
	});
});

test("whatever happens, nothing is confirmed that was not sent, and what ended stays so", () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...CHANGES), { maxLength: 20 }), (changes) => {
			let state: PrintState = "queued";
			let sent = false;
			for (const change of changes) {
				const next: PrintState | undefined = afterChange(state, change);
				if (next === undefined) continue;
				if (next === "sent") sent = true;
				if (next === "queued") sent = false;
				if (next === "confirmed") expect(sent).toBe(true);
				state = next;
			}
		}),
	);
});

test("after a restart: queued prints, under way is doubtful, settled stays", () => {
	expect(PRINT_STATES.map((state) => [state, afterRestart(state)?.type])).toEqual([
		["queued", undefined],
		["sending", "print.doubtful"],
		["sent", "print.doubtful"],
		["confirmed", undefined],
		["doubtful", undefined],
		["failed", undefined],
		["reprinted", undefined],
	]);
});
