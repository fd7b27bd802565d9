import { implement, ORPCError, withEventMeta } from "@orpc/server";
import type { Board, Queue } from "../../protocol/board.ts";
import { contract } from "../../protocol/contract.ts";
import { REFUSALS } from "../../protocol/errors.ts";
import type { Health } from "../../protocol/health.ts";
import type { Language } from "../../protocol/language.ts";
import { languageSchema } from "../../protocol/language-schema.ts";
import type { PrinterStatus } from "../../protocol/print.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { printerAdvice } from "../printing/advice.ts";
import type { PrintProof } from "../printing/printer.ts";
import { Refusal } from "../refusal.ts";
import type { CounterAct, IssueRequest, Seen, TicketBook } from "../tickets/book.ts";
import type { PrintLedger } from "../tickets/print-ledger.ts";
import { gather } from "./gather.ts";
import type { Live } from "./live.ts";
import { type Peer, requireKiosk } from "./peer.ts";
import type { DeskSession, Sessions } from "./sessions.ts";
import type { StaffBook } from "./staff.ts";

export interface RouterParts {
	catalogue: Catalogue;
	tickets: TicketBook;
	ledger: Pick<PrintLedger, "reprint" | "ticketsSinceRoll" | "unprinted">;
	sessions: Sessions;
	staff: StaffBook;
	board: Live<Board>;
	printerStatus(): PrinterStatus;
	printerProof: PrintProof;
	version: string;
	/** UTC milliseconds. */
	startedAt: number;
	/** Somebody reads in this language: a ticket in it may follow. */
	languageChosen(language: Language): void;
	/** A job was queued: the press may take it. */
	jobQueued(): void;
	kioskKey: string;
	clock(): number;
}

/** What the door knows of a request beyond its body. */
export interface CallContext {
	peer: Peer;
	token: string | undefined;
}

/** The contract, carried out. Each handler checks who asks, then hands over to one room. */
export function makeRouter(parts: RouterParts) {
	const { catalogue, tickets, sessions, staff, board, clock } = parts;
	const issueGathered = gather((requests: IssueRequest[]) => tickets.issueTogether(requests, clock()));
	const os = implement(contract).$context<CallContext>();

	const atOwnCounter = (context: CallContext, counter: string): DeskSession => {
		const session = sessions.require(context.token, clock());
		requireCounter(catalogue, counter);
		if (session.counter !== counter) throw new Refusal("COUNTER_NOT_YOURS", { counter, yours: session.counter });
		return session;
	};
	const act = (context: CallContext, kind: CounterAct, { counter, ...seen }: Seen & { counter: string }) => {
		atOwnCounter(context, counter);
		return tickets.actAtCounter(counter, kind, seen, clock());
	};

	return os.router({
		topics: {
			list: os.topics.list.handler(({ input }) => {
				const language = requireLanguage(input.language);
				// The visitor reads the topics next: time for the language's faces to be loaded.
				parts.languageChosen(language);
				const now = clock();
				return {
					site: catalogue.site(language, now),
					language,
					topics: catalogue.topics(language, tickets.ahead(now)),
				};
			}),
		},
		tickets: {
			issue: os.tickets.issue.handler(async ({ input, context }) => {
				requireKiosk(context.peer, context.token, parts.kioskKey);
				const language = requireLanguage(input.language);
				const service = catalogue.service(input.topic);
				if (!service) throw new Refusal("TOPIC_UNKNOWN", { topic: input.topic });
				const { ticket, issued } = await issueGathered({
					topic: service.id,
					series: service.series,
					language,
					partySize: input.partySize,
					requestKey: input.key,
				});
				if (!issued) return { status: 200, body: ticket };
				parts.jobQueued();
				return { status: 201, body: ticket };
			}),
			read: os.tickets.read.handler(({ input }) => tickets.read(input.id, clock())),
			reprint: os.tickets.reprint.handler(({ input, context }) => {
				sessions.require(context.token, clock());
				parts.ledger.reprint(input.id, clock());
				parts.jobQueued();
				return tickets.read(input.id, clock());
			}),
		},
		queue: {
			read: os.queue.read.handler((): Queue => {
				const now = clock();
				return { seq: tickets.seq(), at: now, tickets: tickets.queue(now), printer: parts.printerStatus() };
			}),
		},
		board: {
			read: os.board.read.handler(() => tickets.board(clock())),
			events: os.board.events.handler(async function* ({ signal }) {
				for await (const picture of board.follow(signal)) yield withEventMeta(picture, { id: String(picture.seq) });
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
		session: {
			open: os.session.open.handler(async ({ input }) => {
				requireCounter(catalogue, input.counter);
				const { id, name } = await staff.check(input.staff, input.pin, clock());
				return { ...sessions.open(id, input.counter, clock()), staff: name, counter: input.counter };
			}),
			close: os.session.close.handler(({ context }) => {
				sessions.close(sessions.require(context.token, clock()).tokenHash);
			}),
		},
		counters: {
			next: os.counters.next.handler(({ input, context }) => {
				atOwnCounter(context, input.counter);
				const called = tickets.callNext(input.counter, clock());
				return called ? { status: 200, body: called } : { status: 204 };
			}),
			recall: os.counters.recall.handler(({ input, context }) => act(context, "recall", input)),
			start: os.counters.start.handler(({ input, context }) => act(context, "start", input)),
			finish: os.counters.finish.handler(({ input, context }) => act(context, "finish", input)),
			noShow: os.counters.noShow.handler(({ input, context }) => act(context, "no-show", input)),
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
