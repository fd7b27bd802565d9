import type { Taken } from "../../protocol/api/board.ts";

/* Whether the kiosk gives tickets of a topic, and which are the last of the day: pure rules. Instants are UTC milliseconds. */

/** So few left, and the next visitors should know. */
export const LAST_LEFT = 5;

export interface Circumstances {
	/** What supervisors set, and the count of the day, say of the topic. */
	availability: "yes" | "closed" | "full";
	/** Tickets left of the day's quota; null where there is none. */
	left: number | null;
	/** The site's hours; undefined where the kiosk gives tickets at any hour. */
	hours: { open: boolean; lastClosing: number | null } | undefined;
	/** When whoever takes a ticket now has been served, at the latest. */
	servedBy: number;
}

/** What a supervisor closed stays closed when the site opens; what is given out today may be had again then. */
export function availabilityNow({ availability, left, hours, servedBy }: Circumstances): Taken {
	if (availability === "closed") return "closed";
	if (hours?.open === false) return "hours";
	if (availability === "full") return "full";
	const fewLeft = left !== null && left <= LAST_LEFT;
	const late = typeof hours?.lastClosing === "number" && servedBy > hours.lastClosing;
	return fewLeft || late ? "last" : "yes";
}
