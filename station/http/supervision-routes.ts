import type { CounterNumber } from "../../protocol/model/ids.ts";
import { clockHealth } from "../clock/clock-health.ts";
import { Refusal } from "../refusal.ts";
import { listCounters, listTopics } from "../staff/supervision.ts";
import { writtenNumber } from "../tickets/numbers.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireCounter, requireTopic } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

/** Counters, topics and what was done; the clock that an administrator confirms. */
export function makeSupervisionRoutes(deps: RouterDeps, { requireSession, requireSupervisor }: Guards) {
	const { catalogue, tickets, sessions, settings, board, clock } = deps;

	/** The session at a counter, also at one that left the catalogue. */
	const staffedAt = (counter: CounterNumber, now: number) => {
		const found = sessions.list(now).find((session) => session.counter === counter);
		if (found) return found;
		requireCounter(catalogue, counter);
		throw new Refusal("COUNTER_UNSTAFFED", { counter });
	};
	return {
		clock: {
			confirm: os.clock.confirm.handler(({ context }) => {
				const { role } = requireSupervisor(context);
				if (role !== "administrator") throw new Refusal("ROLE_REQUIRED", { role, required: "administrator" });
				deps.trustedClock.confirm();
				return clockHealth(deps.trustedClock);
			}),
		},
		supervision: {
			counters: os.supervision.counters.handler(({ context }) => {
				requireSession(context);
				const now = clock();
				return {
					at: now,
					counters: listCounters(catalogue.counters, sessions.list(now), tickets.queue(now), settings),
				};
			}),
			setCounter: os.supervision.setCounter.handler(({ input: { counter, ...setting }, context }) => {
				const { staffId } = requireSupervisor(context);
				requireCounter(catalogue, counter);
				for (const topic of setting.topics ?? []) requireTopic(catalogue, topic);
				settings.setCounter(counter, setting, { by: staffId, now: clock() });
				// Other counters may now be the only ones that call a ticket, or none.
				board.invalidate();
				return setting;
			}),
			moveStaff: os.supervision.moveStaff.handler(({ input: { counter, to, ticket }, context }) => {
				const { staffId } = requireSupervisor(context);
				requireCounter(catalogue, to);
				const now = clock();
				const moved = staffedAt(counter, now);
				sessions.requireFree(to, moved.staffId, now);
				if (to !== counter) tickets.leaveCounter(counter, ticket, { now, by: staffId });
				sessions.move(moved, { counter: to, by: staffId, now });
			}),
			endSession: os.supervision.endSession.handler(({ input: { counter, ticket }, context }) => {
				const { staffId } = requireSupervisor(context);
				const now = clock();
				const ended = staffedAt(counter, now);
				tickets.leaveCounter(counter, ticket, { now, by: staffId });
				sessions.endBy(ended, staffId, now);
			}),
			leftOpen: os.supervision.leftOpen.handler(({ context }) => {
				requireSupervisor(context);
				return { days: tickets.leftOpen(clock()) };
			}),
			topics: os.supervision.topics.handler(({ context }) => {
				requireSession(context);
				const now = clock();
				return {
					at: now,
					topics: listTopics(
						catalogue.topicIds,
						{ serviceDay: tickets.serviceDay(now), now },
						tickets.queue(now),
						settings,
					),
				};
			}),
			setTopic: os.supervision.setTopic.handler(({ input: { topic, ...setting }, context }) => {
				const { staffId } = requireSupervisor(context);
				requireTopic(catalogue, topic);
				settings.setTopic(topic, setting, { by: staffId, now: clock() });
				board.invalidate();
				return setting;
			}),
			activity: os.supervision.activity.handler(({ input, context }) => {
				requireSupervisor(context);
				const { before, limit, who, day, number } = input;
				const serviceDay = day ?? tickets.serviceDay(clock());
				const found = number === undefined ? undefined : deps.findTicket({ number: writtenNumber(number), serviceDay });
				if (number !== undefined && found === undefined) throw new Refusal("TICKET_UNKNOWN", { id: number });
				return { entries: deps.audit({ before, limit, ticket: found ?? input.ticket, isComplete: who === "all" }) };
			}),
		},
	};
}
