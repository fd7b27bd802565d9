import { expect, test } from "vitest";
import { makeCommandEffects } from "../../../../station/app/command-effects.ts";
import { openSiteClosure } from "../../../../station/staff/site-closure.ts";
import { asSiteId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService } from "../../../fixtures/ticket-service.ts";

const HOUR = 3_600_000;
const MIDNIGHT = MONDAY_NINE + 15 * HOUR;

function openEffects() {
	const { tickets, settings, database, eventLog } = openTestTicketService();
	const closure = openSiteClosure(database, eventLog, () => {});
	const { change } = makeCommandEffects({
		...{ tickets, settings, closure, restart: undefined },
		catalogue: {
			service: () => undefined,
			clock: { id: asSiteId("a-site"), timezone: "Asia/Shanghai", dayStartsAt: "00:00" },
		},
		visits: { expect: () => ({ kept: 0, withdrawn: 0, unchanged: 0, unmatched: [], older: 0 }) },
		printTestPage: () => Promise.resolve(),
	});
	return { change, closure };
}

test("IT closes a site until a time, or for the rest of its own day, and opens it again", () => {
	const { change, closure } = openEffects();
	const until = MONDAY_NINE + 5 * HOUR;
	change({ kind: "close-site", until }, MONDAY_NINE);
	expect(closure.read(MONDAY_NINE)).toEqual({ since: MONDAY_NINE, until });
	expect(closure.read(until)).toBeNull();
	change({ kind: "close-site", until: null }, MONDAY_NINE + HOUR);
	expect(closure.read(MIDNIGHT - 1)).toEqual({ since: MONDAY_NINE + HOUR, until: MIDNIGHT });
	expect(closure.read(MIDNIGHT)).toBeNull();
	change({ kind: "reopen-site" }, MONDAY_NINE + 2 * HOUR);
	expect(closure.read(MONDAY_NINE + 2 * HOUR)).toBeNull();
});

test("a closing that comes when its time is over is refused: a late command closes nothing", () => {
	const { change, closure } = openEffects();
	const late = () => change({ kind: "close-site", until: MONDAY_NINE }, MONDAY_NINE + HOUR);
	expect(late).toThrow(expect.objectContaining({ code: "CLOSURE_PAST" }));
	expect(closure.read(MONDAY_NINE + HOUR)).toBeNull();
});

test("a site that is opened after its closing was over stays open where the clock is set back", () => {
	const { change, closure } = openEffects();
	change({ kind: "close-site", until: MONDAY_NINE + HOUR }, MONDAY_NINE);
	change({ kind: "reopen-site" }, MONDAY_NINE + 2 * HOUR);
	expect(closure.read(MONDAY_NINE)).toBeNull();
});
