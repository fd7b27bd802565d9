import type { Keywords } from "../../../protocol/api/board.ts";
import { createSearch } from "../search/find-topics.ts";
import type { Kiosk } from "../state/state.ts";
import type { Part, SpeechScript } from "./speech-script.ts";

/** More results than these nobody listens to before typing the next letter. */
const MAX_RESULTS_READ = 3;

/**
 * What is read after a change on the same screen: a typed or erased character, or another number of people. `keywords`
 * find topics beside their names, as on the screen.
 */
export function changeScript(
	{ state: before }: Kiosk,
	{ state, topics }: Kiosk,
	keywords?: Readonly<Record<string, Keywords>>,
): SpeechScript {
	if (before.at === "plan" && state.at === "plan" && before.people !== state.people) {
		return [{ optional: [{ sentence: "people", values: { count: state.people } }] }];
	}
	const isTypingScreen =
		(before.at === "search" && state.at === "search") || (before.at === "check-in" && state.at === "check-in");
	if (!isTypingScreen || before.typed === state.typed) return [];
	if (state.typed.length < before.typed.length) return [{ optional: [{ clip: "kiosk.checkIn.erase" }] }];
	const letter = keyScript([...state.typed].at(-1) ?? "");
	if (state.at === "check-in") return letter;
	const known = topics[state.language];
	const all = [...(known?.topics ?? []), ...(known?.otherSites ?? [])];
	const found = createSearch(state.language, all, keywords).find(state.typed);
	return [
		...letter,
		...found.slice(0, MAX_RESULTS_READ).map(({ id }): Part => ({ optional: [{ clip: `topic.${id}` }] })),
	];
}

/** The clip of a Latin letter or a digit. Letters of other scripts have none. */
export function keyScript(key: string): SpeechScript {
	if (/^\d$/.test(key)) return [{ clip: `digit-${key}` }];
	return /^[a-z]$/i.test(key) ? [{ clip: `letter-${key.toUpperCase()}` }] : [];
}
