import type { Language } from "../../protocol/model/language.ts";
import type { PhoneTicket } from "../../protocol/model/phone.ts";
import type { Ticket } from "../../protocol/model/ticket.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";

/** What a visitor's phone shows of the own ticket, in one language. */
export function toPhoneTicket(
	ticket: Pick<Ticket, "number" | "language" | "state" | "version" | "counter" | "ahead" | "wait" | "topic">,
	{ behind, rating }: { behind: number; rating: number | null },
	catalogue: Catalogue,
	language: Language,
): PhoneTicket {
	const { number, state, version, counter, ahead, wait, topic } = ticket;
	const documents = catalogue.service(topic)?.documents ?? [];
	return {
		number,
		language: ticket.language,
		site: catalogue.translate("location", catalogue.clock.id, language, "short_name"),
		topic: catalogue.translate("service", topic, language, "name"),
		bring: documents.map((id) => catalogue.translate("document", id, language, "name")),
		state,
		version,
		counter,
		ahead,
		wait,
		behind,
		rating,
	};
}
