import type { Topics } from "../../protocol/api/board.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import { takenNow } from "../tickets/availability.ts";
import type { TicketBook } from "../tickets/ticket-service.ts";

export interface VisitorTopicsParts {
	catalogue: Catalogue;
	tickets: Pick<TicketBook, "ahead" | "serviceDay">;
	settings: Pick<SiteSettings, "left" | "takenOf">;
	/** False where the kiosk gives tickets at any hour. */
	keepsHours: boolean;
}

const MINUTE = 60_000;

/** The site and its topics as a visitor meets them now, and those that only other sites offer. */
export function visitorTopics(
	{ catalogue, tickets, settings, keepsHours }: VisitorTopicsParts,
	language: Language,
	now: number,
): Topics {
	const ahead = tickets.ahead(now);
	const serviceDay = tickets.serviceDay(now);
	const hours = keepsHours ? catalogue.hours(now) : undefined;
	const site = catalogue.site(language, now);
	const topics = catalogue.topics(language, ahead, (topic) =>
		takenNow({
			taken: settings.takenOf(topic, serviceDay),
			left: settings.left(topic, serviceDay),
			hours,
			servedBy: now + (ahead.wait.maxMinutes + (catalogue.service(topic)?.minutes ?? 0)) * MINUTE,
		}),
	);
	const elsewhere = catalogue.topicsElsewhere(language);
	// Known once the words are looked up.
	const standIns = catalogue.standIns(language);
	return { site, language, topics, elsewhere, ...(Object.keys(standIns).length > 0 && { standIns }) };
}
