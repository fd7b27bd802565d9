import type { OtherSite } from "../../protocol/api/board.ts";
import type { SiteId, TopicId } from "../../protocol/model/ids.ts";
import type { Opening } from "../../protocol/model/opening.ts";
import type { DeliveryStatus } from "../../protocol/model/ticket.ts";
import type { SiteView } from "../../protocol/sync/command.ts";

/* Which other sites a visitor is shown, and in which order: pure rules. Instants are UTC milliseconds. */

export interface Place {
	latitude: number | null;
	longitude: number | null;
}

/** Both or neither. */
export function placeOf({ latitude, longitude }: Place): { latitude: number; longitude: number } | null {
	return latitude === null || longitude === null ? null : { latitude, longitude };
}

const EARTH_RADIUS = 6_371;

/** Kilometres between two places as the crow flies (haversine); undefined where one of them is not known. */
export function distance(one: Place, other: Place): number | undefined {
	if (one.latitude === null || one.longitude === null || other.latitude === null || other.longitude === null)
		return undefined;
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	const across = radians(other.latitude - one.latitude) / 2;
	const along = radians(other.longitude - one.longitude) / 2;
	const half =
		Math.sin(across) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(along) ** 2;
	return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** What was known of a queue half an hour ago says nothing of now. */
export const QUEUE_KNOWN_FOR = 30 * 60_000;

/**
 * Adds what the server told of the sites: queues, and what differs from the catalogue's hours, such as a site that was
 * closed by hand. A site that is known to take the topic no more today is left out. Open ones come first.
 */
export function withQueues(
	sites: readonly OtherSite[],
	views: readonly SiteView[],
	{ topic, now }: { topic: TopicId; now: number },
): OtherSite[] {
	const known = new Map(
		views.filter(({ knownAt }) => Math.abs(now - knownAt) <= QUEUE_KNOWN_FOR).map((view) => [view.site, view]),
	);
	return sites
		.flatMap((site) => {
			const view = known.get(site.id);
			if (!view) return [site];
			const opening = openingOf(site, view);
			if (opening.open && !view.topics.includes(topic)) return [];
			const { waiting, waitMinutes, knownAt } = view;
			const wait = waitMinutes && { minMinutes: waitMinutes.min, maxMinutes: waitMinutes.max };
			return [{ ...site, ...opening, queue: { ahead: waiting, wait, knownAt } }];
		})
		.toSorted((one, other) => Number(other.open) - Number(one.open));
}

/** A site's hours, corrected by what its station said of itself. One of an older program does not say when it opens. */
function openingOf(site: OtherSite, { open, opensAt }: SiteView): Opening {
	if (open === site.open || opensAt === undefined) return site;
	return { open, opensAt, closesAt: null };
}

/**
 * Whether the server can tell another site that a visitor was sent on to it. It told of every site that it can, this one
 * among them: how long ago it was heard, the own site's row says.
 */
export function deliveryStatus(
	site: SiteId,
	views: readonly SiteView[],
	{ own, now }: { own: string; now: number },
): DeliveryStatus {
	const ownView = views.find((view) => view.site === own);
	if (!ownView || Math.abs(now - ownView.knownAt) > QUEUE_KNOWN_FOR) return "unknown";
	return views.some((view) => view.site === site) ? "sent" : "undeliverable";
}

/** Centre 7 before Centre 10. */
const BY_NAME = new Intl.Collator(undefined, { numeric: true });

/**
 * Open ones first, then those with a true address, then the nearer, then by name; a site whose place is unknown comes
 * after those that are known.
 */
export function byUse(
	one: OtherSite & { kilometres: number | undefined },
	other: OtherSite & { kilometres: number | undefined },
): number {
	const far = Number.MAX_VALUE;
	return (
		Number(other.open) - Number(one.open) ||
		Number(one.example) - Number(other.example) ||
		(one.kilometres ?? far) - (other.kilometres ?? far) ||
		BY_NAME.compare(one.name, other.name)
	);
}
