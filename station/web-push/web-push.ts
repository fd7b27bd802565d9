import type { Logger } from "pino";
import { SECOND_MS } from "../../lib/time/durations.ts";
import type { TicketId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { WebPushRequest } from "../../protocol/model/web-push.ts";
import { Refusal } from "../refusal.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import { areBrowserKeys } from "./encrypt-message.ts";
import { type Notice, noticeOf } from "./notice.ts";
import type { OwnKey } from "./own-key.ts";
import { toEndpoint } from "./push-service.ts";
import { makeSendMessage } from "./send-message.ts";
import type { Subscription, Subscriptions } from "./subscriptions.ts";

/** Notifications on phones whose page is closed, through the push service of the browser's maker. */
export interface WebPush {
	/** The key that browsers subscribe with; null where IT gave none: then no phone is offered anything. */
	publicKey: string | null;
	/** Tells the phone of a ticket from now on. Refuses with WEB_PUSH_OFF, WEB_PUSH_REFUSED or WEB_PUSH_OVER. */
	subscribe(of: { ticket: TicketId; code: string }, request: WebPushRequest, now: number): void;
	unsubscribe(ticket: TicketId): void;
	/** A ticket may have changed. */
	notify(): void;
	close(): void;
}

export interface WebPushDeps {
	subscriptions: Subscriptions;
	tickets: Pick<TicketService, "readForVisitor">;
	key: OwnKey;
	services: readonly string[];
	/** What a notification says in a language; `counter` is where a visitor is called to. */
	say(kind: Notice["kind"], language: Language, counter: string | null): string;
	clock(): number;
	log: Logger;
}

/** A burst of changes is gone through once. */
const AFTER_MS = SECOND_MS;
const RETRY_MS = 10 * SECOND_MS;

/** Of a station whose IT gave no key: it subscribes nobody and calls no third party. */
export const NO_WEB_PUSH: WebPush = {
	publicKey: null,
	subscribe() {
		throw new Refusal("WEB_PUSH_OFF");
	},
	unsubscribe() {},
	notify() {},
	close() {},
};

export function openWebPush({ subscriptions, tickets, key, services, say, clock, log }: WebPushDeps): WebPush {
	const closing = new AbortController();
	const sendMessage = makeSendMessage({ key, log, closing: closing.signal });
	/** Tickets whose message is on its way. */
	const inFlight = new Set<TicketId>();
	let timer: NodeJS.Timeout | undefined;

	const schedule = (afterMs: number) => {
		if (!closing.signal.aborted) timer ??= setTimeout(tellAll, afterMs).unref();
	};

	const send = async (subscription: Subscription, notice: Notice): Promise<void> => {
		const { ticket, code, language } = subscription;
		const { number, counter } = tickets.readForVisitor(ticket, clock());
		inFlight.add(ticket);
		const message = { title: number, body: say(notice.kind, language, counter), language, code };
		const outcome = await sendMessage(message, subscription, clock());
		inFlight.delete(ticket);
		if (closing.signal.aborted) return;
		if (outcome === "gone") subscriptions.delete(ticket);
		else if (outcome !== "failed") subscriptions.setLastNotice(subscription, notice.key);
		// The ticket may have changed meanwhile.
		schedule(outcome === "failed" ? RETRY_MS : AFTER_MS);
	};

	const tellAll = () => {
		timer = undefined;
		for (const subscription of subscriptions.list()) {
			const { ticket, lastNotice } = subscription;
			if (inFlight.has(ticket)) continue;
			const notice = noticeOf(tickets.readForVisitor(ticket, clock()));
			if (notice === "over") subscriptions.delete(ticket);
			else if (notice !== "nothing" && notice.key !== lastNotice) void send(subscription, notice);
			else if (notice === "nothing" && lastNotice !== null) subscriptions.setLastNotice(subscription, null);
		}
	};
	// What changed while the station was not running.
	schedule(AFTER_MS);

	return {
		publicKey: key.publicKey,
		subscribe({ ticket, code }, { endpoint, keys, language }, now) {
			if (toEndpoint(endpoint, services) === null || !areBrowserKeys(keys)) throw new Refusal("WEB_PUSH_REFUSED");
			const notice = noticeOf(tickets.readForVisitor(ticket, now));
			if (notice === "over") throw new Refusal("WEB_PUSH_OVER");
			// The page has told what is so already.
			const lastNotice = notice === "nothing" ? null : notice.key;
			subscriptions.save({ ticket, code, endpoint, ...keys, language, lastNotice, subscribedAt: now });
		},
		unsubscribe: subscriptions.delete,
		notify: () => schedule(AFTER_MS),
		close() {
			clearTimeout(timer);
			closing.abort();
		},
	};
}
