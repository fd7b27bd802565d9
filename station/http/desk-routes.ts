import { digestOfCode } from "../../lib/code-digest.ts";
import type { Queue } from "../../protocol/api/board.ts";
import type { CounterNumber, DeviceId, StaffId, TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Ticket, TicketOutcome } from "../../protocol/model/ticket.ts";
import type { CheckedIn } from "../../protocol/model/visit.ts";
import type { CheckIn } from "../appointments/check-ins.ts";
import { deliveryStatus } from "../catalogue/other-sites.ts";
import { Refusal } from "../refusal.ts";
import type { ExpectedVersion } from "../tickets/actions.ts";
import { punctualityOf, queuePositionOf } from "../tickets/queue-order.ts";
import { unreachableTarget } from "../tickets/reachability.ts";
import type { Action } from "../tickets/state-machine.ts";
import type { TicketRow } from "../tickets/ticket-row.ts";
import { type CallContext, os } from "./call.ts";
import { ticketForVisit } from "./check-in.ts";
import { clientOf, type Guards, requireAtWork, requireMayAct } from "./guards.ts";
import { shareCommit } from "./micro-batch.ts";
import { requireCounter, requireLanguage } from "./params.ts";
import type { RouterDeps } from "./router-deps.ts";

interface Target {
	topic: TopicId;
	counter: CounterNumber | null;
}

/** What staff do at a desk. */
export function makeDeskRoutes(deps: RouterDeps, guards: Guards) {
	const { catalogue, tickets, sessions, staff, clock } = deps;
	const { requireSession, atOwnCounter, arrivalBy } = guards;
	// Each commit waits for the disk, and everything else waits for it: ten desks pressing at once wait for one.
	const together = shareCommit(tickets.actTogether);

	const actHere = (
		context: CallContext,
		act: Action,
		{ counter, ...seen }: ExpectedVersion & { counter: CounterNumber },
	) => {
		const { staffId } = atOwnCounter(context, counter);
		return together(() => tickets.actAtCounter(counter, act, seen, { now: clock(), by: staffId }));
	};
	const finishHere = (
		context: CallContext,
		outcome: TicketOutcome,
		{ counter, ...seen }: ExpectedVersion & { counter: CounterNumber },
	) => {
		const { staffId } = atOwnCounter(context, counter);
		return together(() => tickets.finish(counter, outcome, seen, { now: clock(), by: staffId }));
	};
	const actOn = (
		context: CallContext,
		{ id, version }: { id: TicketId; version: number },
		act: Action | ((row: TicketRow) => Action),
	) => {
		const session = requireSession(context);
		const chooseAction = (row: TicketRow): Action => {
			requireMayAct(session, row, sessions.staffed(clock()));
			return typeof act === "function" ? act(row) : act;
		};
		return together(() => tickets.actOn(id, chooseAction, { version }, { now: clock(), by: session.staffId }));
	};

	const punctualityAt = ({ bookedAt, arrivedAt }: Ticket) =>
		bookedAt === null ? null : punctualityOf(bookedAt, arrivedAt, deps.queueRules);
	/** Issues the ticket of a visit, or gives the one that it has. */
	const checkIn = (visit: CheckIn, language: Language, by: StaffId): CheckedIn => {
		const { ticket, issued } = tickets.issue({ ...ticketForVisit(visit, catalogue, language), by }, clock());
		if (issued) deps.jobQueued();
		return { ticket, isNew: issued, punctuality: punctualityAt(ticket) };
	};

	const nameOf = (kiosk: DeviceId | null) =>
		kiosk === null ? null : (deps.pairing.list().find(({ id }) => id === kiosk)?.name ?? null);
	/** Refuses with TRANSFER_UNREACHABLE. A ticket may wait for a topic that nobody serves now, if staff say so. */
	const requireReachable = ({ topic, counter, anyway }: Target & { anyway: boolean }) => {
		const unreachable = unreachableTarget({ topic, counter }, deps.staffing(clock()));
		if (unreachable && (counter !== null || !anyway))
			throw new Refusal("TRANSFER_UNREACHABLE", { topic, counter, ...unreachable });
	};
	/** A ticket goes on to its next topic where it is, if its counter is staffed and serves it. */
	const finishOf = (row: TicketRow, outcome: TicketOutcome): Action => {
		const [next] = row.nextTopics ?? [];
		const topics = row.counter === null ? undefined : deps.settings.skillsOf(row.counter).topics;
		const isStaffed = sessions.staffed(clock()).some(({ counter }) => counter === row.counter);
		return {
			kind: "finish",
			outcome,
			staysHere: isStaffed && next !== undefined && (topics === undefined || topics.has(next)),
		};
	};

	return {
		session: {
			names: os.session.names.handler(() => ({ names: staff.list().map(({ name }) => name) })),
			figures: os.session.figures.handler(({ context }) =>
				deps.ownFigures(requireSession(context).staffId, tickets.serviceDay(clock())),
			),
			open: os.session.open.handler(async ({ input, context }) => {
				requireCounter(catalogue, input.counter);
				const { id, name, role } = await staff.check(input.staff, input.pin, { from: clientOf(context), now: clock() });
				const { counter, takeOver } = input;
				const now = clock();
				if (!takeOver) sessions.requireFree(counter, id, now);
				const elsewhere = sessions.list(now).filter((own) => own.staffId === id && own.counter !== counter);
				for (const own of elsewhere) tickets.leaveCounter(own.counter, input.ticket, { now, by: id });
				return { ...sessions.open(id, { counter, takeOver, now }), staff: name, role, counter };
			}),
			close: os.session.close.handler(({ input, context }) => {
				const session = requireSession(context);
				const now = clock();
				tickets.leaveCounter(session.counter, input?.ticket, { now, by: session.staffId });
				sessions.close(session, now);
			}),
			pause: os.session.pause.handler(({ input, context }) =>
				sessions.pause(requireSession(context), { reason: input?.reason ?? null }, clock()),
			),
			resume: os.session.resume.handler(({ context }) => sessions.pause(requireSession(context), null, clock())),
		},
		queue: {
			read: os.queue.read.handler(({ context }): Queue => {
				const { counter, pausedAt, pauseReason, role } = requireSession(context);
				const now = clock();
				// One who is on a break does not see it.
				const supervisors = sessions.list(now).filter((one) => one.role !== "agent" && one.pausedAt === null);
				return {
					seq: tickets.seq(),
					at: now,
					tickets: tickets.queue(now),
					printer: deps.printerStatus(),
					next: catalogue.counters.includes(counter) ? tickets.nextFor(counter, now) : null,
					seesStranded: role !== "agent" || supervisors.length === 0,
					counter,
					pausedAt,
					pauseReason,
					help: deps.help.open(),
					silentBoards: deps.boardSound.countSilent(now),
					helpCalls: deps.help.list().map(({ kiosk, ...call }) => ({ ...call, kiosk: nameOf(kiosk) })),
				};
			}),
		},
		counters: {
			next: os.counters.next.handler(async ({ input, context }) => {
				const session = atOwnCounter(context, input.counter);
				requireCounter(catalogue, input.counter);
				requireAtWork(session);
				const actor = { now: clock(), by: session.staffId };
				const called = await together(() => tickets.callNext(input.counter, actor));
				return called ? { status: 200, body: called } : { status: 204 };
			}),
			recall: os.counters.recall.handler(({ input, context }) => actHere(context, { kind: "recall" }, input)),
			start: os.counters.start.handler(({ input, context }) => actHere(context, { kind: "start" }, input)),
			finish: os.counters.finish.handler(({ input: { outcome, ...seen }, context }) =>
				finishHere(context, outcome, seen),
			),
			noShow: os.counters.noShow.handler(({ input, context }) => actHere(context, { kind: "no-show" }, input)),
		},
		tickets: {
			reprint: os.tickets.reprint.handler(({ input, context }) => {
				const { staffId } = requireSession(context);
				deps.printJobs.reprint(input.id, clock(), staffId);
				deps.jobQueued();
				return tickets.read(input.id, clock());
			}),
			call: os.tickets.call.handler(({ input, context }) => {
				const session = requireSession(context);
				requireCounter(catalogue, session.counter);
				requireAtWork(session);
				return actOn(context, input, { kind: "call", counter: session.counter });
			}),
			finish: os.tickets.finish.handler(({ input, context }) =>
				actOn(context, input, (row) => finishOf(row, input.outcome)),
			),
			return: os.tickets.return.handler(({ input, context }) => actOn(context, input, { kind: "return" })),
			park: os.tickets.park.handler(({ input, context }) => actOn(context, input, { kind: "park" })),
			transfer: os.tickets.transfer.handler(({ input, context }) => {
				requireSession(context);
				const { topic, counter } = input;
				if (
					(topic === undefined && counter === null) ||
					(topic !== undefined && !catalogue.service(topic)) ||
					(counter !== null && !catalogue.counters.includes(counter))
				)
					throw new Refusal("TRANSFER_TARGET_UNKNOWN", { topic, counter, counters: catalogue.counters });
				return actOn(context, input, (row) => {
					requireReachable({ topic: topic ?? row.topic, counter, anyway: input.anyway });
					return { kind: "transfer", topic, reservedFor: counter };
				});
			}),
			refer: os.tickets.refer.handler(async ({ input, context }) => {
				const { site } = input;
				const own = catalogue.clock.id;
				const referred = await actOn(context, input, ({ topic, code, arrivedAt, language, partySize }) => {
					if (site === own || !deps.offeredAt(topic).includes(site))
						throw new Refusal("SITE_UNKNOWN", { site, topic, sites: deps.offeredAt(topic) });
					return {
						kind: "refer",
						site,
						codeDigest: digestOfCode(code),
						visitor: { arrivedAt, language, partySize },
					};
				});
				const known = deliveryStatus(site, deps.networkSites(), { own, now: clock() });
				return { ...referred, otherSite: deps.sync().server === null ? "undeliverable" : known };
			}),
			note: os.tickets.note.handler(({ input: { id, version, note }, context }) => {
				const session = requireSession(context);
				const chooseNote = (row: TicketRow) => {
					requireMayAct(session, row, sessions.staffed(clock()));
					return note;
				};
				return tickets.note(id, chooseNote, { version }, { now: clock(), by: session.staffId });
			}),
			setPriority: os.tickets.setPriority.handler(({ input, context }) =>
				actOn(context, input, ({ arrivedAt }) => ({
					kind: "set-priority",
					class: input.class,
					queuePosition: queuePositionOf(input.class, arrivedAt, deps.queueRules),
				})),
			),
			cancel: os.tickets.cancel.handler(({ input, context }) =>
				actOn(context, input, { kind: "cancel", reason: input.reason }),
			),
			undo: os.tickets.undo.handler(({ input, context }) => actOn(context, input, { kind: "undo" })),
		},
		endedTickets: {
			find: os.endedTickets.find.handler(({ input, context }) => {
				requireSession(context);
				return { tickets: tickets.ended(input.number, clock()) };
			}),
		},
		visits: {
			list: os.visits.list.handler(({ context }) => {
				requireSession(context);
				const now = clock();
				return { at: now, visits: deps.visits.list(now) };
			}),
			checkInByCode: os.visits.checkInByCode.handler(({ input: { code, language }, context }) => {
				const { staffId } = requireSession(context);
				const chosen = requireLanguage(language);
				const arrival = arrivalBy(context, code);
				if (arrival.kind === "visit") return checkIn(arrival.visit, chosen, staffId);
				return { ticket: arrival.ticket, isNew: false, punctuality: punctualityAt(arrival.ticket) };
			}),
			checkInExpected: os.visits.checkInExpected.handler(({ input: { visit, language }, context }) => {
				const { staffId } = requireSession(context);
				return checkIn(deps.visits.checkInExpected(visit, clock()), requireLanguage(language), staffId);
			}),
		},
		help: {
			answer: os.help.answer.handler(({ input, context }) =>
				deps.help.answer(requireSession(context).staffId, clock(), input?.call),
			),
		},
	};
}
