import { LANGUAGES, type Language } from "../../../protocol/language.ts";
import type { Speech } from "../../../protocol/speech.ts";
import { sentenceOf } from "../../ui/speech.ts";
import type { KioskWordKey } from "../context.ts";
import { pageOf } from "../pages.ts";
import { planHint } from "../plan-hint.ts";
import { type Away, type Kiosk, languageOf, type Wanted } from "../visit.ts";

/** What a screen says: clips by their names, and a ticket's number, which is spelled. */
export type Spoken = readonly ({ clip: string } | { number: string })[];

const word = (key: KioskWordKey) => ({ clip: `kiosk.${key}` });
const topic = (id: string) => ({ clip: `topic.${id}` });

/** What is said in one language, by its own clips. */
export interface Passage {
	language: Language;
	spoken: Spoken;
}

/**
 * What is read aloud of the screen as it stands: in the visitor's language; before one is chosen, "choose your
 * language" in every language that has its clips, one after the other.
 */
export function passagesOf(kiosk: Kiosk): readonly Passage[] {
	const language = languageOf(kiosk.visit);
	if (language !== undefined) return [{ language, spoken: spokenOf(kiosk) }];
	return LANGUAGES.filter((one) => kiosk.spoken.includes(one)).map(offerOf);
}

/** How a language offers itself to somebody who does not see its tile. */
export function offerOf(language: Language): Passage {
	return { language, spoken: [word("languages.choose")] };
}

/**
 * What is read aloud of the screen as it stands, in the order of the eyes. Texts with a figure in them are left out:
 * there is no clip of them.
 */
export function spokenOf({ visit, overlay, topics }: Kiosk): Spoken {
	if (overlay.kind === "idle") return [word("idle.title"), word("idle.stay")];
	if (overlay.kind === "staff") {
		const heard = overlay.call === "heard";
		return heard ? [word("staff.called"), word("staff.calledHint")] : [word("staff.title"), word("staff.hint")];
	}
	if (overlay.kind === "listen") return [word("listen.title"), word("listen.hint")];
	switch (visit.at) {
		case "languages":
		case "opening":
			return [];
		case "topics":
		case "plan": {
			const known = topics[visit.language];
			const others = visit.at === "topics" ? (known?.elsewhere.length ?? 0) : 0;
			const { shown, left, elsewhere } = pageOf(known?.topics ?? [], visit.page, others);
			const tiles = [
				...shown.map(({ id }) => topic(id)),
				...(left > 0 ? [word("topics.more")] : []),
				...(elsewhere ? [word("topics.elsewhere")] : []),
			];
			if (visit.at === "plan") return [word("plan.title"), word(planHint(visit)), ...tiles];
			if (visit.notice === "topic-gone") return [word("topics.gone"), ...tiles];
			if (visit.page > 0) return [word("topics.more"), ...tiles];
			// The hour of opening has no clip: that it is closed is what counts.
			const opening = known?.site.open === false ? word("site.closed") : word("topics.hint");
			return [word("topics.title"), opening, ...tiles];
		}
		case "elsewhere": {
			const { shown, left } = pageOf(topics[visit.language]?.elsewhere ?? [], visit.page, 0);
			const tiles = [...shown.map(({ id }) => topic(id)), ...(left > 0 ? [word("topics.more")] : [])];
			return [word("elsewhere.title"), word("elsewhere.hint"), ...tiles];
		}
		case "search":
			return [word("search.title"), word("search.hint")];
		case "away":
			return [topic(visit.topic), word(AWAY[visit.reason]), word("away.hint")];
		case "check-in":
			return [word(CHECK_IN[visit.answer]), ...(visit.answer === "none" ? [word("checkin.hint")] : [])];
		case "documents":
			return [
				...topicsOf(visit),
				word("documents.title"),
				...documentsOf(visit, topics[visit.language]),
				word("documents.take"),
			];
		case "lacking":
			return [
				word("lack.title"),
				word("documents.missing"),
				word("lack.later"),
				...documentsOf(visit, topics[visit.language]),
			];
		case "issuing":
			return [word("ticket.moment")];
		case "ticket":
			return [{ number: visit.ticket.number }, word(TICKET[visit.paper]), word("ticket.next")];
		case "refused":
			return [word("refused.title"), word("refused.hint")];
	}
}

const AWAY = {
	closed: "away.closed",
	full: "away.full",
	hours: "site.closed",
	"not-here": "away.notHere",
} as const satisfies Record<Away, KioskWordKey>;
const CHECK_IN = {
	none: "checkin.title",
	asking: "ticket.moment",
	unknown: "checkin.unknown",
	"other-day": "checkin.otherDay",
	"too-many-tries": "checkin.tries",
	"not-taken": "topics.gone",
} as const;
const TICKET = { printing: "ticket.printing", ready: "ticket.take", missing: "ticket.unprintedHint" } as const;

const topicsOf = (wanted: Wanted) => [wanted.topic, ...wanted.further].map(topic);

function documentsOf(wanted: Wanted, known: Kiosk["topics"][keyof Kiosk["topics"]]) {
	const all = [wanted.topic, ...wanted.further];
	const ids = known?.topics.flatMap(({ id, requiredDocuments }) =>
		all.includes(id) ? requiredDocuments.map((document) => document.id) : [],
	);
	return [...new Set(ids)].map((id) => ({ clip: `document.${id}` }));
}

/** The clips' addresses; null where one is missing: half a screen would be worse than none. */
export function addressesOf(speech: Speech, spoken: Spoken): string[] | null {
	const parts = spoken.map((part) => {
		if ("number" in part) return sentenceOf(speech, "number", { number: part.number });
		const address = speech.clips[part.clip];
		return address === undefined ? null : [address];
	});
	return parts.every((part) => part !== null) ? parts.flat() : null;
}
