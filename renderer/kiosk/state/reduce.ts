import type { Topics } from "../../../protocol/api/board.ts";
import { type EventOf, isTap, type KioskEvent } from "./events.ts";
import { openCheckIn, refuseCheckIn, requestCheckIn, typeCode } from "./reduce-check-in.ts";
import { askForLanguage, selectLanguage, showLanguage } from "./reduce-language.ts";
import {
	closeOverlay,
	leave,
	openReadAloud,
	recoverScreen,
	stay,
	switchMode,
	touch,
	updateStaffCall,
} from "./reduce-overlay.ts";
import { changePapers, openChecklist } from "./reduce-papers.ts";
import {
	goBack,
	openOtherSites,
	openPlan,
	openSearch,
	refuseTicket,
	requestTicket,
	selectTopic,
	setPeople,
	showMissingDocuments,
	turnPage,
	typeSearch,
} from "./reduce-selection.ts";
import { reduceTick } from "./reduce-tick.ts";
import { showIssuedTicket, updateTicket } from "./reduce-ticket.ts";
import type { Kiosk } from "./state.ts";
import { callStaff } from "./transitions.ts";

/** The kiosk after an event. Gives back the same object where nothing changes. */
export function reduceKiosk(kiosk: Kiosk, event: KioskEvent): Kiosk {
	if (isTap(event) && event.time < kiosk.settledAt) return kiosk;

	switch (event.type) {
		case "touched":
			return touch(kiosk, event);
		case "ticked":
			return reduceTick(kiosk, event.time);

		case "language-selected":
			return selectLanguage(kiosk, event);
		case "language-ready":
			return showLanguage(kiosk, event);
		case "languages-requested":
			return askForLanguage(kiosk, event);

		case "topic-selected":
			return selectTopic(kiosk, event);
		case "page-turned":
			return turnPage(kiosk, event);
		case "search-opened":
			return openSearch(kiosk, event);
		case "search-typed":
			return typeSearch(kiosk, event);
		case "plan-opened":
			return openPlan(kiosk, event);
		case "people-set":
			return setPeople(kiosk, event);
		case "other-sites-opened":
			return openOtherSites(kiosk, event);
		case "documents-missing":
			return showMissingDocuments(kiosk, event);
		case "papers-changed":
			return changePapers(kiosk, event);
		case "checklist-opened":
			return openChecklist(kiosk, event);
		case "went-back":
			return goBack(kiosk, event);

		case "check-in-opened":
			return openCheckIn(kiosk, event);
		case "code-typed":
			return typeCode(kiosk, event);
		case "check-in-requested":
			return requestCheckIn(kiosk, event);
		case "check-in-refused":
			return refuseCheckIn(kiosk, event);

		case "ticket-requested":
			return requestTicket(kiosk, event);
		case "ticket-issued":
			return showIssuedTicket(kiosk, event);
		case "ticket-refused":
			return refuseTicket(kiosk, event);
		case "ticket-updated":
			return updateTicket(kiosk, event);

		case "left":
			return leave(kiosk, event);
		case "stayed":
			return stay(kiosk, event);
		case "mode-switched":
			return switchMode(kiosk, event);
		case "read-aloud-opened":
			return openReadAloud(kiosk, event);
		case "staff-requested":
			return kiosk.overlay.kind === "staff" ? kiosk : callStaff(kiosk, event.time);
		case "staff-call-changed":
			return updateStaffCall(kiosk, event);
		case "overlay-closed":
			return closeOverlay(kiosk, event);
		case "screen-failed":
			return recoverScreen(kiosk, event);

		case "topics-received":
			return { ...kiosk, link: { kind: "reached" }, topics: withTopics(kiosk.topics, event.topics) };
		case "station-unreachable":
			return { ...kiosk, link: kiosk.link.kind === "reached" ? { kind: "missed" } : { kind: "lost" } };
		case "speech-availability-known":
			return { ...kiosk, readAloudLanguages: withSpeech(kiosk.readAloudLanguages, event) };
	}
}

/** Waits and availability are the same in every language: the newest answer corrects them all. */
function withTopics(known: Kiosk["topics"], fresh: Topics): Kiosk["topics"] {
	const waits = new Map(fresh.topics.map(({ id, ahead, wait, availability }) => [id, { ahead, wait, availability }]));
	const corrected = Object.entries(known).map(([language, topics]) => [
		language,
		{ ...topics, topics: topics.topics.map((topic) => ({ ...topic, ...waits.get(topic.id) })) },
	]);
	return { ...Object.fromEntries(corrected), [fresh.language]: fresh };
}

function withSpeech(
	languages: Kiosk["readAloudLanguages"],
	{ language, available }: EventOf<"speech-availability-known">,
): Kiosk["readAloudLanguages"] {
	const others = languages.filter((one) => one !== language);
	return available ? [...others, language] : others;
}
