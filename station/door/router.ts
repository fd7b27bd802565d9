import { implement, ORPCError, withEventMeta } from "@orpc/server";
import type { Board, Queue } from "../../protocol/board.ts";
import type { SiteView } from "../../protocol/command.ts";
import { contract } from "../../protocol/contract.ts";
import type { StationEnrolmentRequest } from "../../protocol/enrolment.ts";
import { REFUSALS } from "../../protocol/errors.ts";
import type { Health, SyncHealth } from "../../protocol/health.ts";
import type { Language } from "../../protocol/language.ts";
import { languageSchema } from "../../protocol/language-schema.ts";
import type { StationNetwork } from "../../protocol/network.ts";
import type { PhoneTicket } from "../../protocol/phone.ts";
import type { PrinterStatus } from "../../protocol/print.ts";
import type { AuditEntry } from "../../protocol/staff.ts";
import type { TicketClass, TicketOutcome } from "../../protocol/ticket.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { whetherTold, withQueues } from "../catalogue/elsewhere.ts";
import type { StoredService } from "../catalogue/store.ts";
import type { Pairing } from "../network/pairing.ts";
import { printerAdvice } from "../printing/advice.ts";
import type { PrintProof } from "../printing/printer.ts";
import type { SlipPaper } from "../printing/slip-paper.ts";
import { Refusal } from "../refusal.ts";
import type { SpeechLibrary } from "../speech/library.ts";
import type { Seen } from "../tickets/acts.ts";
import type { TicketBook } from "../tickets/book.ts";
import type { IssueRequest } from "../tickets/issuing.ts";
import type { Act } from "../tickets/life.ts";
import { type LineRules, placeOf } from "../tickets/next.ts";
import type { PrintLedger } from "../tickets/print-ledger.ts";
import type { SiteSettings } from "../tickets/settings.ts";
import type { TicketRow } from "../tickets/ticket-row.ts";
import { type CheckIn, digestOfCode, type Visits } from "../tickets/visits.ts";
import type { DamagedWords } from "./damaged-words.ts";
import { gather } from "./gather.ts";
import type { Help } from "./help.ts";
import type { Live } from "./live.ts";
import { type Caller, holdsKioskKey, requireKiosk } from "./peer.ts";
import { toPhoneTicket } from "./phone-ticket.ts";
import { printOnce } from "./print-once.ts";
import type { DeskSession, Sessions } from "./sessions.ts";
import { slipTo } from "./slip.ts";
import type { StaffBook } from "./staff.ts";
import { listCounters, listTopics } from "./supervision.ts";
import { visitorTopics } from "./visitor-topics.ts";
import { WrongCodes } from "./wrong-codes.ts";

export interface RouterParts {
	catalogue: Catalogue;
	tickets: TicketBook;
	ledger: Pick<PrintLedger, "reprint" | "rollChanged" | "ticketsSinceRoll" | "unprinted">;
	sessions: Sessions;
	settings: SiteSettings;
	visits: Visits;
	/** False where the kiosk gives tickets at any hour. */
	keepsHours: boolean;
	/** The sites that offer a topic. */
	offeredAt(topic: string): string[];
	/** What the server last told of the sites' queues. */
	networkSites(): SiteView[];
	/** Prints a slip; over when the printer said that it is out. Refuses with PRINTER_NOT_READY. */
	printSlip(slip: SlipPaper): Promise<void>;
	lineRules: LineRules;
	audit(page: { before: number; most: number; ticket?: string | undefined }): AuditEntry[];
	staff: StaffBook;
	help: Help;
	board: Live<Board>;
	printerStatus(): PrinterStatus;
	printerProof: PrintProof;
	version: string;
	/** UTC milliseconds. */
	startedAt: number;
	/** How other machines reach the station, at an instant. */
	network(now: number): StationNetwork;
	sync(): SyncHealth;
	/** Enrols the station at a central server. Refuses with ENROLMENT_FAILED. */
	enrol(asked: StationEnrolmentRequest): Promise<void>;
	speech: SpeechLibrary;
	damagedWords: DamagedWords;
	pairing: Pairing;
	/** Somebody reads in this language: a ticket in it may follow. */
	languageChosen(language: Language): void;
	/** A job was queued: the press may take it. */
	jobQueued(): void;
	kioskKey: string;
	clock(): number;
}

/** What the door knows of a request beyond its body. */
export interface CallContext extends Caller {
	/** Gives the browser a device's credential to keep; without one, keeps what it has for as long again. */
	keepCredential(credential?: string): void;
}

/** The contract, carried out. Each handler checks who asks, then hands over to one room. */
export function makeRouter(parts: RouterParts) {
	const { catalogue, tickets, sessions, settings, staff, board, clock } = parts;
	const issueGathered = gather((requests: IssueRequest[]) => tickets.issueTogether(requests, clock()));
	const printSlipOnce = printOnce();
	const wrongCodes = new WrongCodes();
	const wrongPairings = new WrongCodes(10, "PAIRING_TRIES");
	const allWrongPairings = new WrongCodes(60, "PAIRING_TRIES");
	const os = implement(contract).$context<CallContext>();

	/** The member of staff who gives a ticket at a desk; undefined where the kiosk does, whose tickets are ordinary. */
	const issuerOf = (context: CallContext, ticketClass: TicketClass): string | undefined => {
		const isKiosk = holdsKioskKey(context.token, parts.kioskKey);
		const session = isKiosk ? undefined : sessions.find(context.token, clock());
		if (session) return session.staffId;
		requireKiosk(context, parts.kioskKey);
		if (ticketClass !== "ordinary") throw new Refusal("SIGN_IN_REQUIRED");
		return undefined;
	};
	const signedIn = (context: CallContext) => sessions.require(context.token, clock());
	const supervising = (context: CallContext) => {
		const session = signedIn(context);
		if (session.role === "agent") throw new Refusal("ROLE_REQUIRED", { role: session.role, required: "supervisor" });
		return session;
	};
	const atOwnCounter = (context: CallContext, counter: string): DeskSession => {
		const session = signedIn(context);
		requireCounter(catalogue, counter);
		if (session.counter !== counter) throw new Refusal("COUNTER_NOT_YOURS", { counter, yours: session.counter });
		return session;
	};
	const actHere = (context: CallContext, act: Act, { counter, ...seen }: Seen & { counter: string }) => {
		const { staffId } = atOwnCounter(context, counter);
		return tickets.actAtCounter(counter, act, seen, { now: clock(), by: staffId });
	};
	const finishHere = (
		context: CallContext,
		outcome: TicketOutcome,
		{ counter, ...seen }: Seen & { counter: string },
	) => {
		const { staffId } = atOwnCounter(context, counter);
		return tickets.finish(counter, outcome, seen, { now: clock(), by: staffId });
	};
	/** An agent acts on tickets at the own counter or at none, a supervisor on all. */
	const actOn = (
		context: CallContext,
		{ id, version }: { id: string; version: number },
		act: Act | ((row: TicketRow) => Act),
	) => {
		const session = signedIn(context);
		const chooseAct = (row: TicketRow): Act => {
			const { number, counter } = row;
			if (counter !== null && counter !== session.counter && session.role === "agent")
				throw new Refusal("TICKET_ELSEWHERE", { ticket: id, number, counter, yours: session.counter });
			return typeof act === "function" ? act(row) : act;
		};
		return tickets.actOn(id, chooseAct, { version }, { now: clock(), by: session.staffId });
	};

	const readEnrolment = () => {
		const { server, reachable, heardAt, refused, unsent } = parts.sync();
		return { site: catalogue.clock.id, server, reachable, heardAt, refused, unsent };
	};

	/** Who is expected with a code. Wrong codes of one kiosk are counted. */
	const expectedBy = ({ peer }: CallContext, code: string): CheckIn => {
		const address = peer.kind === "shell" ? "shell" : peer.address;
		const now = clock();
		wrongCodes.requireFew(address, now);
		try {
			return parts.visits.checkIn(code, now);
		} catch (fault) {
			if (fault instanceof Refusal && fault.code === "VISIT_UNKNOWN") wrongCodes.add(address, now);
			throw fault;
		}
	};
	/** Wrong pairing codes are counted for each address, and for all together: a code has only eight digits. */
	const pairGuarded = ({ peer }: CallContext, code: string) => {
		const address = peer.kind === "shell" ? "shell" : peer.address;
		const now = clock();
		wrongPairings.requireFew(address, now);
		allWrongPairings.requireFew("all", now);
		try {
			return parts.pairing.pair(code, now);
		} catch (fault) {
			wrongPairings.add(address, now);
			allWrongPairings.add("all", now);
			throw fault;
		}
	};
	/** The ticket of a code, for its visitor. Wrong codes of one address are counted. */
	const ticketOf = ({ peer }: CallContext, code: string): string => {
		const address = peer.kind === "shell" ? "shell" : peer.address;
		const now = clock();
		wrongCodes.requireFew(address, now);
		const id = tickets.findByCode(code, now);
		if (id !== undefined) return id;
		wrongCodes.add(address, now);
		throw new Refusal("CODE_UNKNOWN");
	};
	const forPhone = (id: string, asked?: string): PhoneTicket => {
		const ticket = tickets.read(id, clock());
		const language = asked === undefined ? ticket.language : requireLanguage(asked);
		return toPhoneTicket(
			ticket,
			{ behind: tickets.countBehind(id), rating: tickets.ratingOf(id) },
			catalogue,
			language,
		);
	};

	return os.router({
		topics: {
			list: os.topics.list.handler(({ input }) => {
				const language = requireLanguage(input.language);
				// The visitor reads the topics next: time for the language's faces to be loaded.
				parts.languageChosen(language);
				return visitorTopics(parts, language, clock());
			}),
		},
		elsewhere: {
			list: os.elsewhere.list.handler(({ input }) => {
				const { topic } = input;
				requireTopicAnywhere(catalogue, topic);
				const now = clock();
				const sites = catalogue.elsewhere(topic, requireLanguage(input.language), now);
				return { sites: withQueues(sites, parts.networkSites(), { topic, now }) };
			}),
			slip: os.elsewhere.slip.handler(async ({ input, context }) => {
				requireKiosk(context, parts.kioskKey);
				requireTopicAnywhere(catalogue, input.topic);
				const slip = slipTo(catalogue, { ...input, language: requireLanguage(input.language) }, clock());
				await printSlipOnce(input.key, () => parts.printSlip(slip));
			}),
		},
		tickets: {
			issue: os.tickets.issue.handler(async ({ input, context }) => {
				const by = issuerOf(context, input.class);
				const language = requireLanguage(input.language);
				const [service] = [input.topic, ...input.further].map((topic) => requireTopic(catalogue, topic));
				if (!service) throw new Error("A ticket has a topic.");
				const twice = input.further.find((topic, index) => [input.topic, ...input.further].indexOf(topic) <= index);
				if (twice !== undefined) throw new Refusal("TOPIC_TWICE", { topic: twice });
				const answer = await issueGathered({
					topic: service.id,
					further: input.further,
					series: service.series,
					language,
					partySize: input.partySize,
					requestKey: input.key,
					class: input.class,
					by,
				});
				if (answer instanceof Refusal) throw answer;
				const { ticket, issued, code } = answer;
				const body = by === undefined ? { ...ticket, code } : ticket;
				if (!issued) return { status: 200, body };
				parts.jobQueued();
				return { status: 201, body };
			}),
			read: os.tickets.read.handler(({ input }) => tickets.read(input.id, clock())),
			reprint: os.tickets.reprint.handler(({ input, context }) => {
				const { staffId } = signedIn(context);
				parts.ledger.reprint(input.id, clock(), staffId);
				parts.jobQueued();
				return tickets.read(input.id, clock());
			}),
			call: os.tickets.call.handler(({ input, context }) => {
				const session = signedIn(context);
				requireAtWork(session);
				return actOn(context, input, { kind: "call", counter: session.counter });
			}),
			return: os.tickets.return.handler(({ input, context }) => actOn(context, input, { kind: "return" })),
			park: os.tickets.park.handler(({ input, context }) => actOn(context, input, { kind: "park" })),
			transfer: os.tickets.transfer.handler(({ input, context }) => {
				const { topic, counter } = input;
				if (
					(topic === undefined && counter === null) ||
					(topic !== undefined && !catalogue.service(topic)) ||
					(counter !== null && !catalogue.counters.includes(counter))
				)
					throw new Refusal("TRANSFER_NOWHERE", { topic, counter, counters: catalogue.counters });
				return actOn(context, input, { kind: "transfer", topic, reservedFor: counter });
			}),
			sendOn: os.tickets.sendOn.handler(({ input, context }) => {
				const { site } = input;
				const own = catalogue.clock.id;
				const sent = actOn(context, input, ({ topic, code, arrivedAt, language, partySize }) => {
					if (site === own || !parts.offeredAt(topic).includes(site))
						throw new Refusal("SITE_UNKNOWN", { site, topic, sites: parts.offeredAt(topic) });
					return {
						kind: "send-on",
						site,
						codeDigest: digestOfCode(code),
						visitor: { arrivedAt, language, partySize },
					};
				});
				const told = whetherTold(site, parts.networkSites(), { own, now: clock() });
				return { ...sent, otherSite: parts.sync().server === null ? "untold" : told };
			}),
			note: os.tickets.note.handler(({ input: { id, version, note }, context }) => {
				const { staffId } = signedIn(context);
				return tickets.note(id, note, { version }, { now: clock(), by: staffId });
			}),
			reclass: os.tickets.reclass.handler(({ input, context }) =>
				actOn(context, input, ({ arrivedAt }) => ({
					kind: "reclass",
					class: input.class,
					placeAt: placeOf(input.class, arrivedAt, parts.lineRules),
				})),
			),
			cancel: os.tickets.cancel.handler(({ input, context }) =>
				actOn(context, input, { kind: "cancel", reason: input.reason }),
			),
			undo: os.tickets.undo.handler(({ input, context }) => actOn(context, input, { kind: "undo" })),
		},
		visits: {
			checkIn: os.visits.checkIn.handler(async ({ input, context }) => {
				requireKiosk(context, parts.kioskKey);
				const language = requireLanguage(input.language);
				const visit = expectedBy(context, input.code);
				const { id, series } = requireTopic(catalogue, visit.topic);
				const answer = await issueGathered({
					topic: id,
					series,
					language: visit.language ?? language,
					partySize: visit.partySize,
					requestKey: `visit ${visit.visit}`,
					class: visit.class,
					visit: { id: visit.visit, placeAt: visit.placeAt },
				});
				if (answer instanceof Refusal) throw answer;
				const body = { ...answer.ticket, code: answer.code };
				if (!answer.issued) return { status: 200, body };
				parts.jobQueued();
				return { status: 201, body };
			}),
			list: os.visits.list.handler(({ context }) => {
				signedIn(context);
				const now = clock();
				return { at: now, visits: parts.visits.list(now) };
			}),
			book: os.visits.book.handler(({ input, context }) => {
				const { staffId } = supervising(context);
				for (const { topic } of input.appointments) requireTopic(catalogue, topic);
				return parts.visits.expect(
					input.appointments.map(({ code, ...booking }) => ({
						...booking,
						kind: "appointment",
						codeDigest: digestOfCode(code),
					})),
					input.calledOff,
					{ now: clock(), by: staffId },
				);
			}),
		},
		help: {
			ask: os.help.ask.handler(({ input, context }) => {
				requireKiosk(context, parts.kioskKey);
				parts.help.ask(input.language, clock());
			}),
			answer: os.help.answer.handler(({ context }) => parts.help.answer(signedIn(context).staffId, clock())),
		},
		phone: {
			read: os.phone.read.handler(({ input, context }) => forPhone(ticketOf(context, input.code), input.language)),
			leave: os.phone.leave.handler(({ input: { code, version }, context }) => {
				const id = ticketOf(context, code);
				tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), { version }, { now: clock() });
				return forPhone(id);
			}),
			giveWay: os.phone.giveWay.handler(({ input: { code, version, people }, context }) => {
				const id = ticketOf(context, code);
				tickets.giveWay(id, people, { version }, clock());
				return forPhone(id);
			}),
			rate: os.phone.rate.handler(({ input: { code, rating }, context }) => {
				const id = ticketOf(context, code);
				tickets.rate(id, rating, clock());
				return forPhone(id);
			}),
		},
		queue: {
			read: os.queue.read.handler(({ context }): Queue => {
				const { counter, pausedAt } = signedIn(context);
				const now = clock();
				return {
					seq: tickets.seq(),
					at: now,
					tickets: tickets.queue(now),
					printer: parts.printerStatus(),
					counter,
					pausedAt,
					help: parts.help.open(),
				};
			}),
		},
		board: {
			read: os.board.read.handler(() => tickets.board(clock())),
			events: os.board.events.handler(async function* ({ signal }) {
				for await (const picture of board.follow(signal)) yield withEventMeta(picture, { id: String(picture.seq) });
			}),
		},
		speech: {
			read: os.speech.read.handler(({ input }) => parts.speech.read(requireLanguage(input.language))),
		},
		words: {
			damaged: os.words.damaged.handler(({ input, context }) => {
				requireKiosk(context, parts.kioskKey);
				parts.damagedWords.tell(requireLanguage(input.language));
			}),
		},
		health: {
			read: os.health.read.handler((): Health => {
				const printer = parts.printerStatus();
				return {
					version: parts.version,
					site: catalogue.clock.id,
					seq: tickets.seq(),
					startedAt: parts.startedAt,
					network: parts.network(clock()),
					sync: parts.sync(),
					speech: parts.speech.health(),
					damagedWords: parts.damagedWords.list(),
					printer: {
						...printer,
						proof: parts.printerProof,
						ticketsSinceRoll: parts.ledger.ticketsSinceRoll(),
						unprinted: parts.ledger.unprinted(clock()),
						advice: printerAdvice(printer),
					},
				};
			}),
		},
		printer: {
			rollChanged: os.printer.rollChanged.handler(({ context }) => {
				const { staffId } = signedIn(context);
				parts.ledger.rollChanged(clock(), staffId);
			}),
		},
		device: {
			read: os.device.read.handler(({ context }) => {
				const { peer, device } = context;
				if (device) context.keepCredential();
				const isHere = peer.kind !== "network";
				return {
					site: catalogue.clock.id,
					from: isHere ? "machine" : "network",
					device: device ? { kind: device.kind, name: device.name } : null,
					network: isHere ? parts.network(clock()) : null,
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
				supervising(context);
				const now = clock();
				return { at: now, network: parts.network(now), devices: parts.pairing.list() };
			}),
			makeCode: os.devices.makeCode.handler(({ input, context }) => {
				const { staffId: by } = supervising(context);
				return parts.pairing.makeCode(input, { now: clock(), by });
			}),
			remove: os.devices.remove.handler(({ input, context }) => {
				const { staffId: by } = supervising(context);
				if (!parts.pairing.remove(input.id, { now: clock(), by }))
					throw new Refusal("DEVICE_UNKNOWN", { device: input.id });
			}),
		},
		enrolment: {
			read: os.enrolment.read.handler(({ context }) => {
				supervising(context);
				return readEnrolment();
			}),
			make: os.enrolment.make.handler(async ({ input, context }) => {
				supervising(context);
				await parts.enrol(input);
				return readEnrolment();
			}),
		},
		session: {
			open: os.session.open.handler(async ({ input }) => {
				requireCounter(catalogue, input.counter);
				const { id, name, role } = await staff.check(input.staff, input.pin, clock());
				const { counter, takeOver } = input;
				const opened = sessions.open(id, { counter, takeOver, now: clock() });
				// Whoever was at the counter, or this person elsewhere, is told at once.
				board.touch();
				return { ...opened, staff: name, role, counter };
			}),
			close: os.session.close.handler(({ context }) => sessions.close(signedIn(context), clock())),
			pause: os.session.pause.handler(({ context }) => sessions.pause(signedIn(context), true, clock())),
			resume: os.session.resume.handler(({ context }) => sessions.pause(signedIn(context), false, clock())),
		},
		supervision: {
			counters: os.supervision.counters.handler(({ context }) => {
				signedIn(context);
				const now = clock();
				return {
					at: now,
					counters: listCounters(catalogue.counters, sessions.list(now), tickets.queue(now), settings),
				};
			}),
			setCounter: os.supervision.setCounter.handler(({ input: { counter, ...setting }, context }) => {
				const { staffId } = supervising(context);
				requireCounter(catalogue, counter);
				for (const topic of setting.topics ?? []) requireTopic(catalogue, topic);
				settings.setCounter(counter, setting, { by: staffId, now: clock() });
				return setting;
			}),
			move: os.supervision.move.handler(({ input: { counter, to }, context }) => {
				const { staffId } = supervising(context);
				requireCounter(catalogue, counter);
				requireCounter(catalogue, to);
				const now = clock();
				const moved = sessions.list(now).find((session) => session.counter === counter);
				if (!moved) throw new Refusal("COUNTER_UNSTAFFED", { counter });
				sessions.move(moved, { counter: to, by: staffId, now });
				board.touch();
			}),
			topics: os.supervision.topics.handler(({ context }) => {
				signedIn(context);
				const now = clock();
				return {
					at: now,
					topics: listTopics(catalogue.topicIds, tickets.serviceDay(now), tickets.queue(now), settings),
				};
			}),
			setTopic: os.supervision.setTopic.handler(({ input: { topic, ...setting }, context }) => {
				const { staffId } = supervising(context);
				requireTopic(catalogue, topic);
				settings.setTopic(topic, setting, { by: staffId, now: clock() });
				return setting;
			}),
			audit: os.supervision.audit.handler(({ input, context }) => {
				supervising(context);
				return { entries: parts.audit(input) };
			}),
		},
		counters: {
			next: os.counters.next.handler(({ input, context }) => {
				const session = atOwnCounter(context, input.counter);
				requireAtWork(session);
				const called = tickets.callNext(input.counter, { now: clock(), by: session.staffId });
				return called ? { status: 200, body: called } : { status: 204 };
			}),
			recall: os.counters.recall.handler(({ input, context }) => actHere(context, { kind: "recall" }, input)),
			start: os.counters.start.handler(({ input, context }) => actHere(context, { kind: "start" }, input)),
			finish: os.counters.finish.handler(({ input: { outcome, ...seen }, context }) =>
				finishHere(context, outcome, seen),
			),
			noShow: os.counters.noShow.handler(({ input, context }) => actHere(context, { kind: "no-show" }, input)),
		},
	});
}

/** A refusal as the API's error: code, status, sentence, and who and what. Anything else is the station's own fault. */
export function toApiError(fault: unknown): ORPCError<string, unknown> {
	if (fault instanceof ORPCError) return fault;
	const code = fault instanceof Refusal ? fault.code : "STATION_FAULT";
	const data = fault instanceof Refusal ? fault.data : undefined;
	return new ORPCError(code, { ...REFUSALS[code], data, defined: true });
}

function requireLanguage(tag: string): Language {
	const language = languageSchema.safeParse(tag);
	if (!language.success) throw new Refusal("LANGUAGE_UNKNOWN", { language: tag });
	return language.data;
}

function requireCounter(catalogue: Catalogue, counter: string): void {
	if (!catalogue.counters.includes(counter)) {
		throw new Refusal("COUNTER_UNKNOWN", { counter, counters: catalogue.counters });
	}
}

function requireTopic(catalogue: Catalogue, topic: string): StoredService {
	const service = catalogue.service(topic);
	if (!service) throw new Refusal("TOPIC_UNKNOWN", { topic });
	return service;
}

/** A topic that this site or another offers. */
function requireTopicAnywhere(catalogue: Catalogue, topic: string): void {
	if (!catalogue.service(topic) && !catalogue.isOfferedElsewhere(topic)) throw new Refusal("TOPIC_UNKNOWN", { topic });
}

function requireAtWork({ counter, pausedAt }: DeskSession): void {
	if (pausedAt !== null) throw new Refusal("COUNTER_PAUSED", { counter, since: pausedAt });
}
