import type { TicketClass } from "../../protocol/model/ticket.ts";
import type { CheckIn } from "../appointments/expected-visits.ts";
import { Refusal } from "../refusal.ts";
import type { DeskSession } from "../staff/sessions.ts";
import type { CallContext } from "./call.ts";
import { requireCounter } from "./params.ts";
import { WrongCodes } from "./rate-limiter.ts";
import { holdsKioskKey, type Peer, requireKiosk } from "./request-source.ts";
import type { RouterParts } from "./router-deps.ts";

/** Who asks, and whether they may; whoever may not is refused. Made once for a door: wrong codes are counted here. */
export function makeGuards({ catalogue, sessions, tickets, visits, pairing, kioskKey, clock }: RouterParts) {
	const wrongCodes = new WrongCodes();
	const wrongPairings = new WrongCodes(10, "PAIRING_TRIES");
	const allWrongPairings = new WrongCodes(60, "PAIRING_TRIES");

	/** The member of staff who gives a ticket at a desk; undefined where the kiosk does, whose tickets are ordinary. */
	const issuerOf = (context: CallContext, ticketClass: TicketClass): string | undefined => {
		const isKiosk = holdsKioskKey(context.token, kioskKey);
		const session = isKiosk ? undefined : sessions.find(context.token, clock());
		if (session) return session.staffId;
		requireKiosk(context, kioskKey);
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
	/** Who is expected with a code. Wrong codes of one kiosk are counted. */
	const expectedBy = ({ peer }: CallContext, code: string): CheckIn => {
		const address = addressOf(peer);
		const now = clock();
		wrongCodes.requireFew(address, now);
		try {
			return visits.checkIn(code, now);
		} catch (fault) {
			if (fault instanceof Refusal && fault.code === "VISIT_UNKNOWN") wrongCodes.add(address, now);
			throw fault;
		}
	};
	/** Wrong pairing codes are counted for each address, and for all together: a code has only eight digits. */
	const pairGuarded = ({ peer }: CallContext, code: string) => {
		const address = addressOf(peer);
		const now = clock();
		wrongPairings.requireFew(address, now);
		allWrongPairings.requireFew("all", now);
		try {
			return pairing.pair(code, now);
		} catch (fault) {
			wrongPairings.add(address, now);
			allWrongPairings.add("all", now);
			throw fault;
		}
	};
	/** The ticket of a code, for its visitor. Wrong codes of one address are counted. */
	const ticketOf = ({ peer }: CallContext, code: string): string => {
		const address = addressOf(peer);
		const now = clock();
		wrongCodes.requireFew(address, now);
		const id = tickets.findByCode(code, now);
		if (id !== undefined) return id;
		wrongCodes.add(address, now);
		throw new Refusal("CODE_UNKNOWN");
	};

	return { issuerOf, signedIn, supervising, atOwnCounter, expectedBy, pairGuarded, ticketOf };
}

export type Guards = ReturnType<typeof makeGuards>;

/** Refuses whoever is on a break. */
export function requireAtWork({ counter, pausedAt }: DeskSession): void {
	if (pausedAt !== null) throw new Refusal("COUNTER_PAUSED", { counter, since: pausedAt });
}

/** Under which name wrong codes are counted. */
function addressOf(peer: Peer): string {
	return peer.kind === "shell" ? "shell" : peer.address;
}
