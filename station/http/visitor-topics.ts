import type { Topics } from "../../protocol/api/board.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import { availabilityNow } from "../tickets/availability.ts";
import type { TicketService } from "../tickets/ticket-service.ts";

export interface VisitorTopicsDeps {
	catalogue: Catalogue;
	tickets: Pick<TicketService, "ahead" | "serviceDay">;
	settings: Pick<SiteSettings, "left" | "availabilityOf">;
	/** False where the kiosk gives tickets at any hour. */
	enforcesOpeningHours: boolean;
}

const MINUTE = 60_000;

/** The site and its topics as a visitor meets them now, and those that only other sites offer. */
export function visitorTopics(
	{ catalogue, tickets, settings, enforcesOpeningHours }: VisitorTopicsDeps,
	language: Language,
	now: number,
): Topics {
	const ahead = tickets.ahead(now);
	const serviceDay = tickets.serviceDay(now);
	const hours = enforcesOpeningHours ? catalogue.hours(now) : undefined;
	const site = catalogue.site(language, now);
	const topics = catalogue.topics(language, ahead, (topic) =>
		availabilityNow({
			availability: settings.availabilityOf(topic, serviceDay),
			left: settings.left(topic, serviceDay),
			hours,
			servedBy: now + (ahead.wait.maxMinutes + (catalogue.service(topic)?.minutes ?? 0)) * MINUTE,
		}),
	);
	const otherSites = catalogue.topicsAtOtherSites(language);
	// Known once the words are looked up.
	const fallbacks = catalogue.fallbacks(language);
	return { site, language, topics, otherSites, ...(Object.keys(fallbacks).length > 0 && { fallbacks }) };
}
