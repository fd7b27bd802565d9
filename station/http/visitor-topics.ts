import type { Topics } from "../../protocol/api/board.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
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
/** Nobody is served at once, in minutes. */
const SHORTEST_WAIT = 5;

/** The site and its topics as a visitor meets them now, and those that only other sites offer. */
export function visitorTopics(
	{ catalogue, tickets, settings, hours: hoursAt }: VisitorTopicsDeps,
	language: Language,
	now: number,
): Topics {
	const at = { serviceDay: tickets.serviceDay(now), now };
	const { closedByHand: _, ...hours } = hoursAt(now);
	const { lastClosing, ...opening } = hours;
	const site = { ...catalogue.site(language, now), ...opening };
	// Known once for each topic: the estimate is asked for twice.
	const aheadOf = new Map(catalogue.topicIds.map((topic) => [topic, tickets.ahead(topic, now)]));
	const nobodyAhead = { people: 0, wait: null, status: "unknown" } as const;
	const ahead = (topic: TopicId) => aheadOf.get(topic) ?? nobodyAhead;
	// Without an estimate: if everybody before took as long as this topic does, at all of the site's counters.
	const waitAtMost = (topic: TopicId) => {
		const { wait, people } = ahead(topic);
		const minutes = catalogue.service(topic)?.minutes ?? 0;
		return wait?.maxMinutes ?? Math.max(SHORTEST_WAIT, (people * minutes) / Math.max(1, catalogue.counters.length));
	};
	const topics = catalogue.topics(language, ahead, (topic) => {
		const left = settings.left(topic, at);
		const servedBy = now + (waitAtMost(topic) + (catalogue.service(topic)?.minutes ?? 0)) * MINUTE;
		const availability = availabilityNow({ availability: settings.availabilityOf(topic, at), left, hours, servedBy });
		return { availability, left };
	});
	const otherSites = catalogue.topicsAtOtherSites(language);
	// Known once the words are looked up.
	const fallbacks = catalogue.fallbacks(language);
	return { site, language, topics, otherSites, ...(Object.keys(fallbacks).length > 0 && { fallbacks }) };
}
