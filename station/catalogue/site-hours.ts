import type { Opening } from "../../protocol/model/opening.ts";
import type { SiteClosureState } from "../../protocol/model/staff.ts";

/** The hours that the site keeps now. */
export interface SiteHours extends Opening {
	/** When it closes for the day; null where it does not. */
	lastClosing: number | null;
	closedByHand: SiteClosureState | null;
}

interface SiteHoursDeps {
	/** The catalogue's hours. */
	catalogue: { hours(now: number): Opening & { lastClosing: number | null } };
	closure: { read(now: number): SiteClosureState | null };
	/** False where the kiosk gives tickets at any hour. */
	enforcesOpeningHours: boolean;
}

/**
 * What is so now: closed by hand, else by the catalogue's hours; always open where those are not kept. The one answer
 * for kiosk, board, phone, desk, the other sites and IT, so that none says "closed" while another issues tickets.
 */
export function openSiteHours({ catalogue, closure, enforcesOpeningHours }: SiteHoursDeps): (now: number) => SiteHours {
	const regular = (now: number) =>
		enforcesOpeningHours ? catalogue.hours(now) : { open: true, opensAt: null, closesAt: null, lastClosing: null };
	return (now) => {
		const closedByHand = closure.read(now);
		if (closedByHand === null) return { ...regular(now), closedByHand };
		const after = regular(closedByHand.until);
		const opensAt = after.open ? closedByHand.until : after.opensAt;
		return { open: false, opensAt, closesAt: null, lastClosing: null, closedByHand };
	};
}
