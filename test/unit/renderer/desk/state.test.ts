import { describe, expect, test } from "vitest";
import {
	actionsOffered,
	type DeskEvent,
	type DeskState,
	firstState,
	mayAction,
	newRollOffered,
	reduceDesk,
	reprintOffered,
} from "../../../../renderer/desk/state/state.ts";
import { entry, queue, session, ticket, topics } from "./entries.ts";

const mine = entry({ id: "mine", number: "A007", state: "called", counter: "3", version: 2 });
const refusal = { code: "TICKET_CHANGED", message: "changed", data: {} };

function stateAfter(...events: DeskEvent[]): DeskState {
	return events.reduce(reduceDesk, firstState(session));
}

const seen = (...tickets: ReturnType<typeof entry>[]): DeskEvent => ({
	type: "queue",
	queue: queue(...tickets),
	answers: 0,
	at: 400_000,
});

function atCounter(state: DeskState) {
	if (state.auth.kind !== "signed-in") throw new Error("signed out");
	return state.auth;
}

describe("which acts are offered", () => {
	test("none before the queue is known, then what the ticket allows", () => {
		expect(actionsOffered(stateAfter())).toEqual([]);
		expect(actionsOffered(stateAfter(seen(entry())))).toEqual(["next"]);
		expect(actionsOffered(stateAfter(seen(mine)))).toEqual(["recall", "start", "no-show"]);
	});

	test("none while an act is under way, whatever the key", () => {
		const busy = stateAfter(seen(entry()), { type: "act-asked", action: "next", at: 1_000 });
		expect(actionsOffered(busy)).toEqual([]);
		expect(mayAction(busy, "next", 100_000)).toBe(false);
	});

	test("none while the station is gone, and again when it answers", () => {
		const lost = stateAfter(seen(mine), { type: "link-lost", at: 5_000 });
		expect(actionsOffered(lost)).toEqual([]);
		expect(actionsOffered(reduceDesk(lost, seen(mine)))).toEqual(["recall", "start", "no-show"]);
	});

	test("none when signed out", () => {
		expect(actionsOffered(firstState(null))).toEqual([]);
	});

	test("a recall pressed twice in haste calls once", () => {
		const recalled = stateAfter(
			seen(mine),
			{ type: "act-asked", action: "recall", at: 1_000 },
			{ type: "act-done", action: "recall", ticket: ticket({ ...mine, version: 3, calls: 2 }) },
		);
		expect(actionsOffered(recalled)).toContain("recall");
		expect(mayAction(recalled, "recall", 1_200)).toBe(false);
		expect(mayAction(recalled, "start", 1_200)).toBe(true);
		expect(mayAction(recalled, "recall", 3_000)).toBe(true);
	});
});

describe("what is offered for paper", () => {
	const doubtful = entry({ id: "doubtful", number: "B012", print: { state: "doubtful" } });

	test("a reprint of the ticket that one press is about, and a new roll at any counter", () => {
		expect(reprintOffered(stateAfter(seen(mine, doubtful)))?.number).toBe("A007");
		expect(reprintOffered(stateAfter(seen(entry(), doubtful)))?.number).toBe("B012");
		const nothing = stateAfter(seen(entry()));
		expect([reprintOffered(nothing), mayAction(nothing, "reprint", 1), newRollOffered(nothing)]).toEqual([
			null,
			false,
			true,
		]);
	});

	test("neither before the queue is known, nor while an act is under way or the station is gone, nor signed out", () => {
		for (const state of [
			stateAfter(),
			stateAfter(seen(doubtful), { type: "act-asked", action: "next", at: 1 }),
			stateAfter(seen(doubtful), { type: "link-lost", at: 1 }),
			firstState(null),
		]) {
			expect([reprintOffered(state), newRollOffered(state)]).toEqual([null, false]);
			expect([mayAction(state, "reprint", 9_000), mayAction(state, "new-roll", 9_000)]).toEqual([false, false]);
		}
	});

	test("a reprint is on its way from the moment it was asked for, by the station's clock, until it is settled", () => {
		const asked = stateAfter(seen(mine), { type: "act-asked", action: "reprint", at: 410_000 });
		const done = reduceDesk(asked, {
			type: "act-done",
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

	test("another desk's reprint is seen to begin in the queue", () => {
		const begun = stateAfter(seen(doubtful), seen({ ...doubtful, print: { state: "queued" } }));
		expect(atCounter(begun).copies).toEqual({ doubtful: 500_000 });
	});
});

describe("an act", () => {
	test("done: the ticket is shown at once as the answer gives it", () => {
		const state = stateAfter(
			seen(entry({ id: "a" })),
			{ type: "act-asked", action: "next", at: 1_000 },
			{ type: "act-done", action: "next", ticket: ticket({ id: "a", state: "called", counter: "3", version: 2 }) },
		);
		expect(atCounter(state)).toMatchObject({
			busy: null,
			answers: 1,
			done: { action: "next", number: "A001", count: 1 },
			queue: { tickets: [{ id: "a", state: "called", version: 2 }] },
		});
	});

	test("a queue that was asked for before the answer came does not undo it", () => {
		const done = stateAfter(
			seen(mine),
			{ type: "act-asked", action: "start", at: 1_000 },
			{ type: "act-done", action: "start", ticket: ticket({ ...mine, state: "serving", version: 3 }) },
		);
		const stale = reduceDesk(done, seen(mine));
		expect(atCounter(stale).queue?.tickets[0]?.state).toBe("serving");
		const fresh = reduceDesk(done, { type: "queue", queue: queue(), answers: 1, at: 400_000 });
		expect(atCounter(fresh).queue?.tickets).toEqual([]);
	});

	test("refused: it says why until the next act", () => {
		const refused = stateAfter(
			seen(mine),
			{ type: "act-asked", action: "start", at: 1_000 },
			{ type: "act-refused", action: "start", refusal },
		);
		expect(atCounter(refused).notice).toEqual({ kind: "refused", action: "start", refusal });
		expect(atCounter(reduceDesk(refused, { type: "act-asked", action: "recall", at: 9_000 })).notice).toBeNull();
		expect(atCounter(reduceDesk(refused, { type: "notice-put-away" })).notice).toBeNull();
	});

	test("nobody waits, or nobody knows: it says so and offers acts again only when that is safe", () => {
		const nobody = stateAfter(seen(), { type: "act-asked", action: "next", at: 1 }, { type: "act-nobody" });
		expect(atCounter(nobody).notice).toEqual({ kind: "nobody-waits" });
		expect(actionsOffered(nobody)).toEqual(["next"]);
		const unknown = stateAfter(
			seen(),
			{ type: "act-asked", action: "next", at: 1 },
			{ type: "act-unknown", action: "next" },
			{ type: "link-lost", at: 2 },
		);
		expect(atCounter(unknown).notice).toEqual({ kind: "outcome-unknown", action: "next" });
		expect(actionsOffered(unknown)).toEqual([]);
	});
});

describe("the line to the station", () => {
	test("is lost since the first time it was missed", () => {
		const lost = stateAfter({ type: "link-lost", at: 5_000 }, { type: "link-lost", at: 9_000 });
		expect(lost.link).toEqual({ kind: "lost", since: 5_000 });
		expect(reduceDesk(lost, { type: "topics", topics }).link).toEqual({ kind: "up" });
	});

	test("tells the station's clock", () => {
		expect(stateAfter(seen()).clockOffset).toBe(100_000);
	});
});

describe("signing in and out", () => {
	test("an ended session leads back to sign in and says so", () => {
		expect(stateAfter(seen(mine), { type: "session-ended" }).auth).toEqual({
			kind: "signed-out",
			entry: { kind: "ended" },
		});
	});

	test("what was under way when staff left changes nothing afterwards", () => {
		const left = stateAfter(seen(mine), { type: "signed-out" });
		expect(reduceDesk(left, { type: "act-refused", action: "start", refusal })).toBe(left);
		expect(reduceDesk(left, seen(mine))).toBe(left);
	});
});

test("who is moved by a supervisor goes on at the other counter, and is told", () => {
	const seen: DeskEvent = { type: "queue", queue: { ...queue(entry()), counter: "2" }, answers: 0, at: 400_000 };
	const moved = atCounter(stateAfter(seen));
	expect(moved.session.counter).toBe("2");
	expect(moved.notice).toEqual({ kind: "moved", counter: "2" });
	expect(atCounter(reduceDesk(stateAfter(seen), { type: "notice-put-away" })).session.counter).toBe("2");
});
