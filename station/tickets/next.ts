/** What the rule of the line needs to know of a waiting ticket. */
export interface InLine {
	/** Place in the line: the sequence of the event that issued it. Clocks may go back, this never does. */
	issuedSeq: number;
	/** Until then the ticket is left alone: it was called and nobody came. */
	restsUntil: number | null;
}

/**
 * Who is next: first come, first served. A ticket that was called in vain is left alone for a
 * while and then keeps its old place (ZMS's rule), so that nobody blocks the line and nobody
 * loses it for having been out of the room.
 */
export function chooseNext<T extends InLine>(waiting: readonly T[], now: number): T | undefined {
	let first: T | undefined;
	for (const ticket of waiting) {
		if (ticket.restsUntil !== null && ticket.restsUntil > now) continue;
		if (first === undefined || ticket.issuedSeq < first.issuedSeq) first = ticket;
	}
	return first;
}
