import type { Topics } from "../../protocol/api/board.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SiteHours } from "../catalogue/site-hours.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import { availabilityNow } from "../tickets/availability.ts";
import type { TicketService } from "../tickets/ticket-service.ts";

export interface VisitorTopicsDeps {
	catalogue: Catalogue;
	tickets: Pick<TicketService, "ahead" | "serviceDay">;
	settings: Pick<SiteSettings, "left" | "availabilityOf">;
	/** The hours that the site keeps now. */
	hours(now: number): SiteHours;
}

const MINUTE = 60_000;

/** The site and its topics as a visitor meets them now, and those that only other sites offer. */
export function visitorTopics(
	{ catalogue, tickets, settings, hours: hoursAt }: VisitorTopicsDeps,
	language: Language,
	now: number,
): Topics {
	const ahead = tickets.ahead(now);
	const at = { serviceDay: tickets.serviceDay(now), now };
	const { closedByHand: _, ...hours } = hoursAt(now);
	const { lastClosing, ...opening } = hours;
	const site = { ...catalogue.site(language, now), ...opening };
	const topics = catalogue.topics(language, ahead, (topic) =>
		availabilityNow({
			availability: settings.availabilityOf(topic, at),
			left: settings.left(topic, at),
			hours,
			servedBy: now + (ahead.wait.maxMinutes + (catalogue.service(topic)?.minutes ?? 0)) * MINUTE,
		}),
	);
	const otherSites = catalogue.topicsAtOtherSites(language);
	// Known once the words are looked up.
	const fallbacks = catalogue.fallbacks(language);
	return { site, language, topics, otherSites, ...(Object.keys(fallbacks).length > 0 && { fallbacks }) };
}
