import { digestOfCode } from "../../lib/code-digest.ts";
import type { CounterNumber } from "../../protocol/model/ids.ts";
import { importList } from "../appointments/import-list.ts";
import { describeRemark, ListRefused } from "../appointments/list-remark.ts";
import { readAppointments } from "../appointments/read-appointments.ts";
import { topicNamesOf } from "../appointments/topic-names.ts";
import { clockHealth } from "../clock/clock-health.ts";
import { Refusal } from "../refusal.ts";
import { describeDayClosing, listCounters, listTopics } from "../staff/supervision.ts";
import { endOfServiceDay } from "../tickets/service-day.ts";
import { os } from "./call.ts";
import type { Guards } from "./guards.ts";
import { requireCounter, requireTopic } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

/** What supervisors do, and the devices that they let in. */
export function makeSupervisionRoutes(deps: RouterDeps, guards: Guards) {
	const { catalogue, tickets, sessions, settings, board, clock } = deps;
	const { requireSession, requireSupervisor, requireInstaller, pairGuarded } = guards;

	/** The session at a counter, also at one that left the catalogue. */
	const staffedAt = (counter: CounterNumber, now: number) => {
		const found = sessions.list(now).find((session) => session.counter === counter);
		if (found) return found;
		requireCounter(catalogue, counter);
		throw new Refusal("COUNTER_UNSTAFFED", { counter });
	};
	const readOpening = () => {
		const now = clock();
		const { lastClosing: _, ...opening } = deps.hours(now);
		return { at: now, ...opening };
	};
	const readDayClosing = () => {
		const now = clock();
		return describeDayClosing({
			at: now,
			closedByHand: deps.closure.read(now),
			queue: tickets.queue(now),
			sessions: sessions.list(now),
			visits: deps.visits.list(now),
			restorable: tickets.restorable(now),
		});
	};
	const readEnrolment = () => {
		const { server, reachable, lastSeenAt, refused, unsent } = deps.sync();
		return { site: catalogue.clock.id, server, reachable, lastSeenAt, refused, unsent };
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
			opening: os.supervision.opening.handler(({ context }) => {
				requireSession(context);
				return readOpening();
			}),
			closeSite: os.supervision.closeSite.handler(({ input: { until }, context }) => {
				const { staffId } = requireSupervisor(context);
				const now = clock();
				const end = until ?? endOfServiceDay(tickets.serviceDay(now), catalogue.clock);
				deps.closure.close(end, { by: staffId, now });
				return readOpening();
			}),
			reopenSite: os.supervision.reopenSite.handler(({ context }) => {
				const { staffId } = requireSupervisor(context);
				deps.closure.reopen({ by: staffId, now: clock() });
				return readOpening();
			}),
			dayClosing: os.supervision.dayClosing.handler(({ context }) => {
				requireSupervisor(context);
				return readDayClosing();
			}),
			closeDay: os.supervision.closeDay.handler(({ input: { reason }, context }) => {
				const { staffId: by } = requireSupervisor(context);
				const now = clock();
				const end = endOfServiceDay(tickets.serviceDay(now), catalogue.clock);
				// First, so that nobody joins the queue that is cleared.
				if ((deps.closure.read(now)?.until ?? 0) < end) deps.closure.close(end, { by, now });
				tickets.clearQueue(reason, { now, by });
				return readDayClosing();
			}),
			undoCloseDay: os.supervision.undoCloseDay.handler(({ context }) => {
				const { staffId: by } = requireSupervisor(context);
				const now = clock();
				tickets.restoreCleared({ now, by });
				deps.closure.reopen({ by, now });
				return readDayClosing();
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
				const found =
					number === undefined ? undefined : deps.findTicket({ number: number.trim().toUpperCase(), serviceDay });
				if (number !== undefined && found === undefined) throw new Refusal("TICKET_UNKNOWN", { id: number });
				return { entries: deps.audit({ before, limit, ticket: found ?? input.ticket, isComplete: who === "all" }) };
			}),
		},
		visits: {
			importFile: os.visits.importFile.handler(({ input: { file, dates, columns, topic, day, isDryRun }, context }) => {
				const { staffId: by } = requireSupervisor(context);
				const { topicIds, clock: site, optionalText } = catalogue;
				const of = {
					...{ timezone: site.timezone, topicIds, topicNames: topicNamesOf(topicIds, optionalText) },
					...{ dateOrder: dates, columns, topic, day },
				};
				const bytes = Buffer.from(file, "base64");
				try {
					const now = clock();
					const list = readAppointments(bytes, of, now);
					return importList({ list, visits: deps.visits, isDryRun, now, by });
				} catch (error) {
					if (!(error instanceof ListRefused)) throw error;
					const { reasons, more, eitherOrder, columns } = error;
					const described = reasons.map(describeRemark);
					throw new Refusal("LIST_INVALID", { reason: error.message, reasons: described, more, eitherOrder, columns });
				}
			}),
			readCalendar: os.visits.readCalendar.handler(({ context }) => {
				requireSupervisor(context);
				return { calendar: deps.calendar?.health() ?? null };
			}),
			pollCalendar: os.visits.pollCalendar.handler(async ({ context }) => {
				requireSupervisor(context);
				await deps.calendar?.poll();
				return { calendar: deps.calendar?.health() ?? null };
			}),
			importBookings: os.visits.importBookings.handler(({ input, context }) => {
				const { staffId } = requireSupervisor(context);
				for (const { topic } of input.appointments) requireTopic(catalogue, topic);
				const visits = input.appointments.map(({ code, ...booking }) => ({
					...booking,
					kind: "appointment" as const,
					codeDigest: digestOfCode(code),
				}));
				const cancelled = input.cancelled.map((source) => ({ source, sequence: 0 }));
				return deps.visits.expect({ visits, cancelled }, { now: clock(), by: staffId });
			}),
		},
		device: {
			read: os.device.read.handler(({ context }) => {
				const { source: requestSource, device } = context;
				if (device) context.keepCredential();
				const isHere = requestSource.kind !== "network";
				return {
					site: catalogue.clock.id,
					from: isHere ? "machine" : "network",
					device: device ? { kind: device.kind, name: device.name } : null,
					network: isHere ? deps.network(clock()) : null,
				};
			}),
			pair: os.device.pair.handler(({ input, context }) => {
				const { device, credential } = pairGuarded(context, input.code);
				context.keepCredential(credential);
				return device;
			}),
		},
		devices: {
			list: os.devices.list.handler(({ context }) => {
				requireSupervisor(context);
				const now = clock();
				return { at: now, network: deps.network(now), devices: deps.pairing.list() };
			}),
			createCode: os.devices.createCode.handler(({ input, context }) => {
				const { staffId: by } = requireSupervisor(context);
				return deps.pairing.makeCode(input, { now: clock(), by });
			}),
			remove: os.devices.remove.handler(({ input, context }) => {
				const { staffId: by } = requireSupervisor(context);
				if (!deps.pairing.remove(input.id, { now: clock(), by }))
					throw new Refusal("DEVICE_UNKNOWN", { device: input.id });
			}),
		},
		enrolment: {
			read: os.enrolment.read.handler(({ context }) => {
				requireInstaller(context);
				return readEnrolment();
			}),
			enrol: os.enrolment.enrol.handler(async ({ input, context }) => {
				requireInstaller(context);
				await deps.enrol(input);
				return readEnrolment();
			}),
		},
	};
}
