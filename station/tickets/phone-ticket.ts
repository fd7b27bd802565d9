import type { Language } from "../../protocol/model/language.ts";
import type { Opening } from "../../protocol/model/opening.ts";
import type { PhoneTicket } from "../../protocol/model/phone.ts";
import type { Ticket } from "../../protocol/model/ticket.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { VisitorFacts } from "./ticket-queries.ts";

type PhoneFacts = Pick<
	Ticket,
	| "number"
	| "language"
	| "state"
	| "version"
	| "counter"
	| "calls"
	| "ahead"
	| "wait"
	| "topic"
	| "nextTopics"
	| "class"
	| "bookedAt"
	| "outcome"
> &
	VisitorFacts;

/** A ticket's page. After the hash the code stays on the phone: no log on the way ever holds it. */
export function phonePageOf(code: string, phoneAddress: string): string {
	return `${phoneAddress}/phone#${code}`;
}

/** What a visitor's phone shows of the own ticket, in one language; `opening` is the site's, closed by hand or not. */
export function toPhoneTicket(
	ticket: PhoneFacts,
	{ catalogue, opening, language }: { catalogue: Catalogue; opening: Opening; language: Language },
): PhoneTicket {
	const { number, state, version, counter, calls, ahead, wait, topic, nextTopics } = ticket;
	const { behind, rating, heldBack, mayDelay } = ticket;
	const site = catalogue.clock.id;
	const { open, opensAt, closesAt } = opening;
	const topicName = (id: string) => catalogue.translate("service", id, language, "name");
	const documents = new Set([topic, ...nextTopics].flatMap((id) => catalogue.service(id)?.documents ?? []));
	return {
		...{ number, language: ticket.language, state, version, counter, calls, ahead },
		...{ wait, behind, rating, heldBack, mayDelay },
		isReferred: state === "finished" && ticket.outcome === "referred",
		...{ bookedAt: ticket.bookedAt, isLate: ticket.bookedAt !== null && ticket.class === "ordinary" },
		site: catalogue.translate("location", site, language, "short_name"),
		address: catalogue.translate("location", site, language, "address"),
		timezone: catalogue.clock.timezone,
		...{ open, opensAt, closesAt },
		topic: topicName(topic),
		nextTopics: nextTopics.map(topicName),
		bring: [...documents].map((id) => catalogue.translate("document", id, language, "name")),
	};
}
