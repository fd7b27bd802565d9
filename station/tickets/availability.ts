import type { Availability } from "../../protocol/api/board.ts";
import type { Opening } from "../../protocol/model/opening.ts";
import { Refusal } from "../refusal.ts";

/* Whether the kiosk issues tickets of a topic: pure rules. Instants are UTC milliseconds. */

/** With this many tickets of the quota left or fewer, the kiosk warns the next visitors. */
export const LAST_LEFT = 5;

export interface Circumstances {
	/** From the supervisors' settings and the number of tickets issued today. */
	availability: "available" | "closed" | "full" | "later";
	/** Tickets left of the day's quota; null if there is none. */
	left: number | null;
	/** The hours that the site keeps. */
	hours: { open: boolean; lastClosing: number | null };
	/** When a visitor who takes a ticket now will have been served, at the latest. */
	servedBy: number;
}

/**
 * A topic that a supervisor closed is closed, whatever the hour. Outside opening hours a full topic counts as closed for
 * the hour, since its quota may be free again when the site opens.
 */
export function availabilityNow({ availability, left, hours, servedBy }: Circumstances): Availability {
	if (availability === "closed") return "closed";
	if (!hours.open) return "site-closed";
	if (availability !== "available") return availability;
	const fewLeft = left !== null && left <= LAST_LEFT;
	const late = hours.lastClosing !== null && servedBy > hours.lastClosing;
	return fewLeft || late ? "last" : "available";
}

/** Throws Refusal SITE_CLOSED outside the site's opening hours. */
export function requireOpenSite({ open, opensAt }: Pick<Opening, "open" | "opensAt">): void {
	if (!open) throw new Refusal("SITE_CLOSED", { opensAt });
}
