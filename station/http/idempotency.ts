/** Far more slips than are asked for within the time in which a kiosk asks again. */
const MAX_KEPT = 200;

/**
 * Prints once for each key, however often it is asked: whoever asks again waits for the first print, or hears that it
 * is out. What failed is forgotten, and may be asked for again. Slips are no tickets: a restart forgets them.
 */
export function makeIdempotent(): (key: string, print: () => Promise<void>) => Promise<void> {
	const prints = new Map<string, Promise<void>>();
	return (key, print) => {
		const known = prints.get(key);
		if (known) return known;
		const printing = print();
		prints.set(key, printing);
		printing.catch(() => prints.delete(key));
		for (const oldest of prints.keys()) {
			if (prints.size <= MAX_KEPT) break;
			prints.delete(oldest);
		}
		return printing;
	};
}
