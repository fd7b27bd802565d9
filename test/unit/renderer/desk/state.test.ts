import { describe, expect, test } from "vitest";
import {
	availableActions,
	canReportNewRoll,
	isActionAvailable,
	reprintableTicket,
} from "../../../../renderer/desk/state/available-actions.ts";
import { reduceDesk } from "../../../../renderer/desk/state/reduce.ts";
import { type DeskEvent, type DeskState, firstState } from "../../../../renderer/desk/state/state.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { entry, queue, session, ticket, topics } from "./entries.ts";

const mine = entry({ id: asTicketId("mine"), number: "A007", state: "called", counter: asCounter("3"), version: 2 });
const refusal = { code: "TICKET_CHANGED", message: "changed", data: {} };

function stateAfter(...events: DeskEvent[]): DeskState {
	return events.reduce(reduceDesk, firstState(session));
}

const polled = (...tickets: ReturnType<typeof entry>[]): DeskEvent => ({
	type: "queue",
	queue: queue(...tickets),
	answers: 0,
	at: 400_000,
});

function atCounter(state: DeskState) {
	if (state.auth.kind !== "signed-in") throw new Error("signed out");
	return state.auth;
}

describe("available actions", () => {
	test("are none before the queue is known, then those that the ticket allows", () => {
		expect(availableActions(stateAfter())).toEqual([]);
		expect(availableActions(stateAfter(polled(entry())))).toEqual(["next"]);
		expect(availableActions(stateAfter(polled(mine)))).toEqual(["recall", "start", "no-show"]);
	});

	test("are none while an action is in flight", () => {
		const busy = stateAfter(polled(entry()), { type: "action-started", action: "next", at: 1_000 });
		expect(availableActions(busy)).toEqual([]);
		expect(isActionAvailable(busy, "next", 100_000)).toBe(false);
	});

	test("are none while the station does not answer, and come back with it", () => {
		const lost = stateAfter(polled(mine), { type: "link-lost", at: 5_000 });
		expect(availableActions(lost)).toEqual([]);
		expect(availableActions(reduceDesk(lost, polled(mine)))).toEqual(["recall", "start", "no-show"]);
	});

	test("are none when signed out", () => {
		expect(availableActions(firstState(null))).toEqual([]);
	});

	test("do not repeat on a hasty second press", () => {
		const recalled = stateAfter(
			polled(mine),
			{ type: "action-started", action: "recall", at: 1_000 },
			{ type: "action-done", action: "recall", ticket: ticket({ ...mine, version: 3, calls: 2 }) },
		);
		expect(availableActions(recalled)).toContain("recall");
		expect(isActionAvailable(recalled, "recall", 1_200)).toBe(false);
		expect(isActionAvailable(recalled, "start", 1_200)).toBe(true);
		expect(isActionAvailable(recalled, "recall", 3_000)).toBe(true);
	});
});

describe("available paper actions", () => {
	const doubtful = entry({ id: asTicketId("doubtful"), number: "B012", print: { state: "doubtful" } });

	test("are a reprint of one ticket, and a new roll at any counter", () => {
		expect(reprintableTicket(stateAfter(polled(mine, doubtful)))?.number).toBe("A007");
		expect(reprintableTicket(stateAfter(polled(entry(), doubtful)))?.number).toBe("B012");
		const nothing = stateAfter(polled(entry()));
		expect([reprintableTicket(nothing), isActionAvailable(nothing, "reprint", 1), canReportNewRoll(nothing)]).toEqual([
			null,
			false,
			true,
		]);
	});

	test("are none before the queue is known, during an action, without the station, or signed out", () => {
		for (const state of [
			stateAfter(),
			stateAfter(polled(doubtful), { type: "action-started", action: "next", at: 1 }),
			stateAfter(polled(doubtful), { type: "link-lost", at: 1 }),
			firstState(null),
		]) {
			expect([reprintableTicket(state), canReportNewRoll(state)]).toEqual([null, false]);
			expect([isActionAvailable(state, "reprint", 9_000), isActionAvailable(state, "new-roll", 9_000)]).toEqual([
				false,
				false,
			]);
		}
	});

	test("a reprint is in flight from the request on, by the station's clock, until it is settled", () => {
		const asked = stateAfter(polled(mine), { type: "action-started", action: "reprint", at: 410_000 });
		const done = reduceDesk(asked, {
			type: "action-done",
			action: "reprint",
			ticket: ticket({ ...mine, print: { state: "queued" } }),
		});
		expect(atCounter(done).copies).toEqual({ mine: 510_000 });
		const poll = (state: "sent" | "confirmed"): DeskEvent => ({
			type: "queue",
			queue: queue({ ...mine, print: { state } }),
			answers: 1,
			at: 411_000,
		});
		const sent = reduceDesk(done, poll("sent"));
		expect(atCounter(sent).copies).toEqual({ mine: 510_000 });
		expect(atCounter(reduceDesk(sent, poll("confirmed"))).copies).toEqual({});
	});

	test("the queue shows that another desk started a reprint", () => {
		const begun = stateAfter(polled(doubtful), polled({ ...doubtful, print: { state: "queued" } }));
		expect(atCounter(begun).copies).toEqual({ doubtful: 500_000 });
	});
});

describe("an action", () => {
	test("done: the screen shows the ticket of the answer at once", () => {
		const state = stateAfter(
			polled(entry({ id: asTicketId("a") })),
			{ type: "action-started", action: "next", at: 1_000 },
			{
				type: "action-done",
				action: "next",
				ticket: ticket({ id: asTicketId("a"), state: "called", counter: asCounter("3"), version: 2 }),
			},
		);
		expect(atCounter(state)).toMatchObject({
			busy: null,
			answers: 1,
			done: { action: "next", number: "A001", count: 1 },
			queue: { tickets: [{ id: "a", state: "called", version: 2 }] },
		});
	});

	test("a queue requested before the answer does not overwrite it", () => {
		const done = stateAfter(
			polled(mine),
			{ type: "action-started", action: "start", at: 1_000 },
			{ type: "action-done", action: "start", ticket: ticket({ ...mine, state: "serving", version: 3 }) },
		);
		const stale = reduceDesk(done, polled(mine));
		expect(atCounter(stale).queue?.tickets[0]?.state).toBe("serving");
		const fresh = reduceDesk(done, { type: "queue", queue: queue(), answers: 1, at: 400_000 });
		expect(atCounter(fresh).queue?.tickets).toEqual([]);
	});

	test("refused: the notice stays until the next action", () => {
		const refused = stateAfter(
			polled(mine),
			{ type: "action-started", action: "start", at: 1_000 },
			{ type: "action-refused", action: "start", refusal },
		);
		expect(atCounter(refused).notice).toEqual({ kind: "refused", action: "start", refusal });
		expect(atCounter(reduceDesk(refused, { type: "action-started", action: "recall", at: 9_000 })).notice).toBeNull();
		expect(atCounter(reduceDesk(refused, { type: "notice-dismissed" })).notice).toBeNull();
	});

	test("nobody to call, or no answer: the notice says so, and actions are available again only when that is safe", () => {
		const noTicket = stateAfter(
			polled(),
			{ type: "action-started", action: "next", at: 1 },
			{ type: "nobody-to-call" },
		);
		expect(atCounter(noTicket).notice).toEqual({ kind: "nobody-to-call" });
		expect(availableActions(noTicket)).toEqual(["next"]);
		const unknown = stateAfter(
			polled(),
			{ type: "action-started", action: "next", at: 1 },
			{ type: "action-unanswered", action: "next" },
			{ type: "link-lost", at: 2 },
		);
		expect(atCounter(unknown).notice).toEqual({ kind: "outcome-unknown", action: "next" });
		expect(availableActions(unknown)).toEqual([]);
	});
});

describe("the link to the station", () => {
	test("is lost from the first unanswered request on", () => {
		const lost = stateAfter({ type: "link-lost", at: 5_000 }, { type: "link-lost", at: 9_000 });
		expect(lost.link).toEqual({ kind: "lost", since: 5_000 });
		expect(reduceDesk(lost, { type: "topics", topics }).link).toEqual({ kind: "up" });
	});

	test("gives the station's clock", () => {
		expect(stateAfter(polled()).clockOffset).toBe(100_000);
	});
});

describe("signing in and out", () => {
	test("an ended session returns to the sign-in screen, which says so", () => {
		expect(stateAfter(polled(mine), { type: "session-ended", ended: null }).auth).toEqual({
			kind: "signed-out",
			signIn: { kind: "session-ended", ended: null },
		});
	});

	test("an answer after sign-out changes nothing", () => {
		const left = stateAfter(polled(mine), { type: "signed-out" });
		expect(reduceDesk(left, { type: "action-refused", action: "start", refusal })).toBe(left);
		expect(reduceDesk(left, polled(mine))).toBe(left);
	});
});

test("staff moved by a supervisor go on at the other counter, and a notice says so", () => {
	const polled: DeskEvent = {
		type: "queue",
		queue: { ...queue(entry()), counter: asCounter("2") },
		answers: 0,
		at: 400_000,
	};
	const moved = atCounter(stateAfter(polled));
	expect(moved.session.counter).toBe("2");
	expect(moved.notice).toEqual({ kind: "moved", counter: "2" });
	expect(atCounter(reduceDesk(stateAfter(polled), { type: "notice-dismissed" })).session.counter).toBe("2");
});
