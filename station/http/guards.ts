import { countedAs } from "../../lib/host-addresses.ts";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import { foldCode } from "../../lib/typed-code.ts";
import type { CounterNumber, StaffId, TicketId } from "../../protocol/model/ids.ts";
import type { Ticket, TicketClass } from "../../protocol/model/ticket.ts";
import type { CheckIn } from "../appointments/check-ins.ts";
import { Refusal } from "../refusal.ts";
import type { DeskSession } from "../staff/sessions.ts";
import type { TicketRow } from "../tickets/ticket-row.ts";
import type { CallContext } from "./call.ts";
import { requireCounter } from "./params.ts";
import { holdsKioskKey, isOwnKiosk, type RequestSource, requireKiosk } from "./request-source.ts";
import type { RouterDeps } from "./router-deps.ts";

/** Wrong codes of one address in a minute: a visitor who types makes three, a program thousands. */
const MAX_WRONG_CODES = 20;
/** Wrong pairing codes in a minute, of one address and of all together: a pairing code has only eight digits. */
const MAX_WRONG_PAIRING_CODES = 10;
const MAX_WRONG_PAIRING_CODES_IN_ALL = 60;

/** Somebody who came with a code. */
type Arrival = { kind: "visit"; visit: CheckIn } | { kind: "ticket"; ticket: Ticket; code: string };

/** Who asks, and whether they may. Made once for an HTTP app, because it counts wrong codes. */
export function makeGuards({ catalogue, sessions, tickets, visits, pairing, kioskKey, clock, firstStart }: RouterDeps) {
	const codeLimiter = new RateLimiter({
		maxAttempts: MAX_WRONG_CODES,
		refuse: (until) => new Refusal("CODE_RATE_LIMITED", { until }),
	});
	const refusePairing = (until: number) => new Refusal("PAIRING_RATE_LIMITED", { until });
	const pairingLimiter = new RateLimiter({ maxAttempts: MAX_WRONG_PAIRING_CODES, refuse: refusePairing });
	const totalPairingLimiter = new RateLimiter({ maxAttempts: MAX_WRONG_PAIRING_CODES_IN_ALL, refuse: refusePairing });

	/** The member of staff who gives a ticket at a desk; undefined where the kiosk does, whose tickets are ordinary. */
	const issuerOf = (context: CallContext, ticketClass: TicketClass): StaffId | undefined => {
		const isKiosk = holdsKioskKey(context.token, kioskKey);
		const session = isKiosk ? undefined : sessions.find(context.token, clock());
		if (session) return session.staffId;
		requireKiosk(context, kioskKey);
		if (ticketClass !== "ordinary") throw new Refusal("SIGN_IN_REQUIRED");
		return undefined;
	};
	const requireSession = (context: CallContext) => sessions.require(context.token, clock());
	const requireSupervisor = (context: CallContext) => {
		const session = requireSession(context);
		if (session.role === "agent") throw new Refusal("ROLE_REQUIRED", { role: session.role, required: "supervisor" });
		return session;
	};
	/** A supervisor, or until there is one the station's own kiosk. Refuses that kiosk with FIRST_START_OVER later. */
	const requireInstaller = (context: CallContext): void => {
		if (!isOwnKiosk(context, kioskKey)) return void requireSupervisor(context);
		if (!firstStart.isOpen()) throw new Refusal("FIRST_START_OVER");
	};
	const atOwnCounter = (context: CallContext, counter: CounterNumber): DeskSession => {
		const session = requireSession(context);
		// The own counter may have left the catalogue meanwhile: the visitor at it is served all the same.
		if (session.counter !== counter) requireCounter(catalogue, counter);
		if (session.counter !== counter) throw new Refusal("COUNTER_NOT_YOURS", { counter, yours: session.counter });
		return session;
	};
	/** Counts a wrong code. Refuses with CODE_RATE_LIMITED if the device sent too many. */
	const countWrongCode = (context: CallContext, now: number) => {
		const client = clientOf(context);
		codeLimiter.requireBelowLimit(client, now);
		codeLimiter.count(client, now);
	};
	/**
	 * Who has come with a code: an expected visitor, or one who has a ticket already. A known code works, however many
	 * wrong ones came from the same kiosk. Refuses with VISIT_OVER where the ticket has ended.
	 */
	const arrivalBy = (context: CallContext, code: string): Arrival => {
		const now = clock();
		try {
			return { kind: "visit", visit: visits.checkIn(code, now) };
		} catch (error) {
			if (!(error instanceof Refusal) || error.code !== "VISIT_UNKNOWN") throw error;
			const id = tickets.findByCode(foldCode(code), now);
			if (id === undefined) {
				countWrongCode(context, now);
				throw error;
			}
			const ticket = tickets.read(id, now);
			if (ticket.state === "finished" || ticket.state === "cancelled")
				throw new Refusal("VISIT_OVER", { number: ticket.number });
			return { kind: "ticket", ticket, code: foldCode(code) };
		}
	};
	/**
	 * Wrong pairing codes are counted for each address, and for all together. Here the limit also refuses the right code:
	 * a code has only eight digits, and could be found by trying them all.
	 */
	const pairGuarded = ({ source: requestSource }: CallContext, code: string) => {
		const address = addressOf(requestSource);
		const now = clock();
		pairingLimiter.requireBelowLimit(address, now);
		totalPairingLimiter.requireBelowLimit("all", now);
		try {
			return pairing.pair(code, now);
		} catch (error) {
			pairingLimiter.count(address, now);
			totalPairingLimiter.count("all", now);
			throw error;
		}
	};
	/**
	 * The ticket of a code, for its visitor. A known code works, however many wrong ones came from the same address: one
	 * address may be a whole waiting room, and fifty random bits need no limit against guessing.
	 */
	const ticketOf = (context: CallContext, code: string): TicketId => {
		const now = clock();
		const id = tickets.findByCode(code, now);
		if (id !== undefined) return id;
		countWrongCode(context, now);
		throw new Refusal("CODE_UNKNOWN");
	};

	return {
		issuerOf,
		requireSession,
		requireSupervisor,
		requireInstaller,
		atOwnCounter,
		arrivalBy,
		pairGuarded,
		ticketOf,
	};
}

export type Guards = ReturnType<typeof makeGuards>;

/** Refuses a member of staff who is on a break. */
export function requireAtWork({ counter, pausedAt }: DeskSession): void {
	if (pausedAt !== null) throw new Refusal("COUNTER_PAUSED", { counter, since: pausedAt });
}

/** An agent acts on tickets at the own counter, at none, or at one that nobody is signed in at; a supervisor on all. */
export function requireMayAct(
	{ role, counter: yours }: DeskSession,
	{ id, number, counter }: TicketRow,
	staffed: readonly { counter: CounterNumber }[],
): void {
	const isElsewhere = counter !== null && counter !== yours && staffed.some((one) => one.counter === counter);
	if (isElsewhere && role === "agent")
		throw new Refusal("TICKET_AT_OTHER_COUNTER", { ticket: id, number, counter, yours });
}

/** The name under which wrong codes, PINs and streams are counted: the paired device, or else the address. */
export function clientOf({ source, device }: Pick<CallContext, "source" | "device">): string {
	return device?.id ?? addressOf(source);
}

/** A program on the station's machine has sixteen million addresses of its own: they count as one. */
function addressOf(source: RequestSource): string {
	return source.kind === "network" ? countedAs(source.address) : source.kind;
}
