import type { SiteId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { DirectionsContent } from "../printing/render/directions-slip-content.ts";
import { Refusal } from "../refusal.ts";

/**
 * The slip that sends a visitor to another site for a topic. Refuses with SITE_UNKNOWN where that site does not offer
 * it, and with SITE_ADDRESS_UNKNOWN where nobody has entered its address: a driver cannot find an example.
 */
export function directionsSlipTo(
	catalogue: Catalogue,
	{ site, topic, language, hours }: { site: SiteId; topic: TopicId; language: Language; hours: string },
	now: number,
): DirectionsContent {
	const found = catalogue.otherSites(topic, language, now).find(({ id }) => id === site);
	if (!found) throw new Refusal("SITE_UNKNOWN", { site, topic });
	if (found.example) throw new Refusal("SITE_ADDRESS_UNKNOWN", { site });
	const own = catalogue.clock.id;
	const named = (id: string, entity: "service" | "location", field: "name" | "short_name") => ({
		name: catalogue.translate(entity, id, language, field),
		nameChinese: catalogue.translate(entity, id, "zh-Hans", field),
	});
	const { place } = found;
	return {
		language,
		from: named(own, "location", "short_name"),
		topic: named(topic, "service", "name"),
		site: { name: found.name, nameChinese: found.nameChinese },
		address: { name: found.address, nameChinese: found.addressChinese },
		hours,
		// RFC 5870: every map program opens it, and none is asked. Without a place, text that can be pasted into any of them.
		map: place ? `geo:${place.latitude},${place.longitude}` : `${found.nameChinese} ${found.addressChinese}`,
		printedAt: now,
		timezone: catalogue.clock.timezone,
	};
}
