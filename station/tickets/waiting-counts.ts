/**
 * How many wait for each topic on one service day, kept beside the database so that an issue
 * need not count the line again: counting 3,000 people costs more than the issue itself.
 * The book is its only writer, moves it after each commit, and loads it anew when the day turns.
 */
export class WaitingCounts {
	readonly serviceDay: string;
	readonly #counts: Map<string, number>;

	constructor(serviceDay: string, counts: Iterable<{ topic: string; count: number }>) {
		this.serviceDay = serviceDay;
		this.#counts = new Map(Array.from(counts, ({ topic, count }) => [topic, count]));
	}

	joined(topic: string): void {
		this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1);
	}

	left(topic: string): void {
		this.#counts.set(topic, (this.#counts.get(topic) ?? 0) - 1);
	}

	counts(): Iterable<{ topic: string; count: number }> {
		return Array.from(this.#counts, ([topic, count]) => ({ topic, count }));
	}
}

/** People and minutes of work in a line. */
export function sumLine(
	counts: Iterable<{ topic: string; count: number }>,
	minutesOf: (topic: string) => number,
): { people: number; minutes: number } {
	let people = 0;
	let minutes = 0;
	for (const { topic, count } of counts) {
		people += count;
		minutes += count * minutesOf(topic);
	}
	return { people, minutes };
}
