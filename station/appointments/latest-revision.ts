/** Of two versions of an event the higher SEQUENCE counts, then the later DTSTAMP (RFC 5546, 2.1.5). */
export interface Revision {
	sequence: number;
	stamp: string;
}

/** A booking is UID and RECURRENCE-ID; the latter is "" for a whole event. */
interface Booking {
	uid: string;
	recurrenceId: string;
}

export const keyOf = ({ uid, recurrenceId }: Booking) => `${uid}\n${recurrenceId}`;

/**
 * Of one booking told several times, the latest revision; among equal ones the last, and `sameRevision` is called with
 * both. What has no UID is itself: which of them counts cannot be told.
 */
export function latestOf<One extends Booking & { revision: Revision; place: { event?: number | undefined } }>(
	all: Iterable<One>,
	sameRevision: (one: One, other: One) => void = () => {},
): One[] {
	const latest = new Map<string, One>();
	for (const one of all) {
		const key = one.uid === "" ? `\n${one.place.event}` : keyOf(one);
		const known = latest.get(key);
		if (known && isBefore(one.revision, known.revision)) continue;
		if (known && !isBefore(known.revision, one.revision)) sameRevision(known, one);
		latest.set(key, one);
	}
	return [...latest.values()];
}

/** Two times of writing can be compared where both are told in UTC, as RFC 5545 wants them. */
function isBefore(one: Revision, other: Revision): boolean {
	if (one.sequence !== other.sequence) return one.sequence < other.sequence;
	return one.stamp.endsWith("Z") && other.stamp.endsWith("Z") && one.stamp < other.stamp;
}
