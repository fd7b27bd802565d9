import type { SpeechManifest } from "../../protocol/model/speech.ts";

/** One thing to be said: as people read it, and as the speech program is given it; undefined where it cannot read it. */
export interface Clip {
	id: string;
	text: string;
	reading: string | undefined;
}

/** Where a language's sentences come from. */
export interface Sources {
	manifest: SpeechManifest;
	/** The kiosk's words by key. */
	kiosk: Readonly<Record<string, string>>;
	/** The desk's sentences by key. */
	phrases: Readonly<Record<string, string>>;
	/** Names of the catalogue's topics and documents by id. */
	topics: Readonly<Record<string, string>>;
	documents: Readonly<Record<string, string>>;
	/** Their readings by id, where the catalogue has them. */
	readings: { topics: Readonly<Record<string, string>>; documents: Readonly<Record<string, string>> };
}

/** Everything that is said in a language. A sentence with a gap in it is left out: half of it would be wrong. */
export function clipsOf({ manifest, kiosk, phrases, topics, readings, documents }: Sources): Clip[] {
	const whole = Object.entries(kiosk).filter(([, text]) => !text.includes("{{"));
	const texts: [string, string][] = [
		...Object.entries(manifest.clips),
		...whole.map(([key, text]): [string, string] => [`kiosk.${key}`, text]),
		...Object.entries(phrases).map(([key, text]): [string, string] => [`phrase.${key}`, text]),
		...Object.entries(topics).map(([id, name]): [string, string] => [`topic.${id}`, name]),
		...Object.entries(documents).map(([id, name]): [string, string] => [`document.${id}`, name]),
	];
	const written = new Map<string, string>([
		...Object.entries(readings.topics).map(([id, reading]) => [`topic.${id}`, reading] as const),
		...Object.entries(readings.documents).map(([id, reading]) => [`document.${id}`, reading] as const),
	]);
	return texts.map(([id, text]) => ({
		id,
		text,
		reading: manifest.readings[id] ?? readable(text, manifest) ?? written.get(id),
	}));
}

function readable(text: string, { unread, respelled = {}, readings }: SpeechManifest): string | undefined {
	if (unread !== undefined) {
		return new RegExp(`[\\p{Script=${unread}}\\p{Script=Latin}\\p{Nd}]`, "u").test(text) ? undefined : text;
	}
	// A letter that stands alone is said as the letter of a number is.
	const lettered = text.replaceAll("\u2011", "-").replace(ALONE, (letter) => readings[`letter-${letter}`] ?? letter);
	return Object.entries(respelled).reduce(
		(said, [translations, spelled]) => said.replace(new RegExp(`(?<!\\p{L})${translations}`, "gu"), spelled),
		lettered,
	);
}

const ALONE = /(?<!\p{Script=Latin})[A-Z](?!\p{Script=Latin})/gu;

/** The clips without which no number can be called: every letter, digit and counter may come. */
export function clipsToCall({ sentences, clips }: SpeechManifest): string[] {
	const fixed = (sentences.call ?? []).filter((part) => !part.startsWith("{"));
	return [...fixed, ...Object.keys(clips).filter((id) => /^(letter|digit)-/.test(id))];
}
