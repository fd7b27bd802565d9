import { createSearch } from "../search/find.ts";
import type { Kiosk } from "../state/state.ts";
import type { Part, SpeechScript } from "./speech-script.ts";

/** As many of the topics found as one listens to before typing the next letter. */
const FOUND_AT_MAX = 3;

/** What somebody who listens is told of what they have just done on a screen that stays: typed, erased, counted. */
export function newsOf({ visit: before }: Kiosk, { visit, topics }: Kiosk): SpeechScript {
	if (before.at === "plan" && visit.at === "plan" && before.people !== visit.people) {
		return [{ maybe: [{ sentence: "people", said: { count: visit.people } }] }];
	}
	const isTyped =
		(before.at === "search" && visit.at === "search") || (before.at === "check-in" && visit.at === "check-in");
	if (!isTyped || before.typed === visit.typed) return [];
	if (visit.typed.length < before.typed.length) return [{ maybe: [{ clip: "kiosk.checkin.erase" }] }];
	const letter = keySpoken([...visit.typed].at(-1) ?? "");
	if (visit.at === "check-in") return letter;
	const known = topics[visit.language];
	const all = [...(known?.topics ?? []), ...(known?.otherSites ?? [])];
	const found = createSearch(visit.language, all).find(visit.typed);
	return [...letter, ...found.slice(0, FOUND_AT_MAX).map(({ id }): Part => ({ maybe: [{ clip: `topic.${id}` }] }))];
}

/** A key by the clip of its letter or digit; other scripts' letters have none. */
export function keySpoken(key: string): SpeechScript {
	if (/^\d$/.test(key)) return [{ clip: `digit-${key}` }];
	return /^[a-z]$/i.test(key) ? [{ clip: `letter-${key.toUpperCase()}` }] : [];
}
