import type { TopicId } from "../../protocol/model/ids.ts";
/**
 * How many wait for each topic on one service day. Kept in memory, because counting 3,000 rows costs more than issuing
 * a ticket.
 */
export class WaitingCounts {
	readonly serviceDay: string;
	readonly #counts: Map<TopicId, number>;

	constructor(serviceDay: string, counts: Iterable<{ topic: TopicId; count: number }>) {
		this.serviceDay = serviceDay;
		this.#counts = new Map(Array.from(counts, ({ topic, count }) => [topic, count]));
	}

	joined(topic: TopicId): void {
		this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1);
	}

	left(topic: TopicId): void {
		this.#counts.set(topic, (this.#counts.get(topic) ?? 0) - 1);
	}

	counts(): { topic: TopicId; count: number }[] {
		return Array.from(this.#counts, ([topic, count]) => ({ topic, count }));
	}
}

export function sumCounts(counts: readonly { count: number }[]): number {
	return counts.reduce((people, { count }) => people + count, 0);
}
