import type { Language } from "../../../protocol/model/language.ts";
import type { Store } from "../../ui/store.ts";
import { type Kiosk, type KioskEvent, languageOf, lastLanguageOf, type Visit } from "../state/state.ts";
import type { Station } from "./station-client.ts";

/*
 * What the kiosk does besides showing: it watches the store and acts when a visit comes to a
 * point where something has to happen outside. All it learns it tells the store.
 */

export interface KioskEffectsDeps {
	store: Store<Kiosk, KioskEvent>;
	station: Station;
	/** Words and fonts of a language; never fails. Where its words could not be had, English stands in. */
	openLanguage(language: Language, texts: string): Promise<MessageLoadResult>;
	languages: readonly Language[];
	/** Has the screens here before they are needed; those that did not come are asked for again. */
	hold(): Promise<void>;
	/** Draws a language's topics out of sight, once everything is here and nobody stands there. It may fail: they are drawn when asked for. */
	prerender(language: Language): Promise<void>;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** What came of a language's words; the station is told of a file that came and is damaged. */
export type MessageLoadResult = "here" | "not-come" | "damaged";

export interface KioskEffects {
	/** A finger is on a language's tile: what it will need can set out already. */
	expect(language: Language): void;
}

const HEARTBEAT = 10_000;
/** What could not be had of a language is asked for again, in the quiet time, this much later. */
const LACK_ASKED_AGAIN_AFTER = 60_000;
/** How long to wait after each answer that did not come, the last one over and over. */
const RETRIES = [300, 500, 1_000, 2_000, 3_000];
/** The first screen comes first. */
const WARMS_UP_AFTER = 2_000;
/** A screen that was made ready is drawn by then, also by a small processor. */
const SHOWN_WITHIN = 300;
const PAPER_ASKED_EVERY = 250;
const PAPER_ASKED_SLOWLY_EVERY = 1_000;
const PAPER_ASKED_OFTEN_FOR = 10_000;

/** What is said of the one topic alone: the others may still be had. */
const TOPIC_REFUSALS = {
	TOPIC_UNKNOWN: "topic-gone",
	TOPIC_CLOSED: "closed",
	TOPIC_FULL: "full",
	SITE_CLOSED: "hours",
} as const;
const CHECK_IN_REFUSALS = {
	VISIT_UNKNOWN: "unknown",
	VISIT_OTHER_DAY: "other-day",
	CODE_RATE_LIMITED: "too-many-tries",
} as const;
/** What a refusal means here; undefined for one that nobody foresaw. */
const meaningOf = <T extends object>(meanings: T, code: string): T[keyof T] | undefined =>
	(meanings as Record<string, T[keyof T]>)[code];

export function startKioskEffects(deps: KioskEffectsDeps): KioskEffects {
	const { store, station, now, sleep } = deps;
	const opened = new Set<Language>();
	/** Of these it is known whether they can be read aloud. */
	const listenedTo = new Set<Language>();
	const triedAt = new Map<Language, number>();
	const damaged = new Set<Language>();
	const prerendered = new Set<Language>();
	/** Whether every language was made ready. */
	let warm: "not-yet" | "in-flight" | "for-now" = "not-yet";
	const opening = new Map<Language, Promise<void>>();
	let acted: Visit = { at: "languages" };
	let calledAt: number | undefined;

	/** One question for the topics: news of the waits, and the proof that the station is there. */
	async function refresh(language: Language): Promise<void> {
		const answer = await station.topics(language);
		if (answer.kind === "ok") store.dispatch({ type: "station-answered", time: now(), topics: answer.value });
		else store.dispatch({ type: "station-missed", time: now() });
	}

	async function fetchAll(language: Language): Promise<void> {
		await refresh(language);
		const topics = store.read().topics[language];
		const messages = await deps.openLanguage(language, topics ? JSON.stringify(topics) : "");
		if (topics && messages === "here") opened.add(language);
		if (topics) triedAt.set(language, now());
		// Neither is waited for: a station without clips is as good a station.
		void askSpeech(language);
		if (messages === "damaged") void reportDamaged(language);
	}

	async function askSpeech(language: Language): Promise<void> {
		const answer = await station.speaks(language);
		// Otherwise it is asked again in the quiet time.
		if (answer.kind !== "ok") return;
		listenedTo.add(language);
		store.dispatch({ type: "speech-known", time: now(), language, spoken: answer.value });
	}

	/** Once for each language; the station writes it down and says so in its health. */
	async function reportDamaged(language: Language): Promise<void> {
		if (damaged.has(language)) return;
		damaged.add(language);
		const answer = await station.reportDamagedMessages(language);
		if (answer.kind !== "ok") damaged.delete(language);
	}

	function open(language: Language): Promise<void> {
		const under = opening.get(language);
		if (under) return under;
		const promise = fetchAll(language).finally(() => opening.delete(language));
		opening.set(language, promise);
		return promise;
	}

	const stillAt = (visit: Visit) => store.read().visit === visit;

	async function bringLanguage(visit: Visit & { at: "opening" }): Promise<void> {
		const ready = () => store.dispatch({ type: "language-ready", time: now(), language: visit.language });
		if (opened.has(visit.language)) {
			// Everything is here: show it now. The newest waits are asked for when it is on the screen.
			ready();
			await sleep(SHOWN_WITHIN);
			return refresh(visit.language);
		}
		for (let tries = 0; stillAt(visit); tries++) {
			await open(visit.language);
			ready();
			if (stillAt(visit)) await sleep(pauseAfter(tries));
		}
	}

	async function bringTicket(visit: Visit & { at: "issuing" }): Promise<void> {
		const { topic, nextTopics, people, language, key } = visit;
		for (let tries = 0; stillAt(visit); tries++) {
			const answer = await station.issue({ topic, nextTopics, people, language, key });
			if (answer.kind === "ok") return store.dispatch({ type: "issued", time: now(), key, ticket: answer.value });
			if (answer.kind === "refused") {
				const { code, data } = answer;
				const reason = meaningOf(TOPIC_REFUSALS, code) ?? "station-says-no";
				// Of several topics, the one that the refusal is about.
				const about = typeof data.topic === "string" ? data.topic : undefined;
				store.dispatch({ type: "refused", time: now(), key, reason, topic: about });
				return refresh(language);
			}
			store.dispatch({ type: "station-missed", time: now() });
			await sleep(pauseAfter(tries));
		}
	}

	/** The station gives the same ticket however often the same code is checked in. */
	async function bringCheckedIn(visit: Visit & { at: "check-in" }): Promise<void> {
		const { typed, language, key } = visit;
		for (let tries = 0; stillAt(visit); tries++) {
			const answer = await station.checkIn(typed, language);
			if (answer.kind === "ok") return store.dispatch({ type: "issued", time: now(), key, ticket: answer.value });
			if (answer.kind === "refused") {
				const meaning = meaningOf(CHECK_IN_REFUSALS, answer.code) ?? "not-taken";
				return store.dispatch({ type: "check-in-refused", time: now(), key, answer: meaning });
			}
			store.dispatch({ type: "station-missed", time: now() });
			await sleep(pauseAfter(tries));
		}
	}

	async function watchPaper(visit: Visit & { at: "ticket" }): Promise<void> {
		const { id } = visit.ticket;
		for (;;) {
			const { visit: current } = store.read();
			if (current.at !== "ticket" || current.ticket.id !== id || current.paper === "ready") return;
			const often = now() - visit.since < PAPER_ASKED_OFTEN_FOR;
			await sleep(often ? PAPER_ASKED_EVERY : PAPER_ASKED_SLOWLY_EVERY);
			const answer = await station.ticket(id);
			if (answer.kind === "ok") store.dispatch({ type: "paper-seen", time: now(), ticket: answer.value });
		}
	}

	/** Calls until the station has heard it, as long as the call is on the screen. */
	async function callStaff(asked: number): Promise<void> {
		const stillAsked = () => {
			const { overlay } = store.read();
			return overlay.kind === "staff" && overlay.asked === asked;
		};
		for (let tries = 0; stillAsked(); tries++) {
			const answer = await station.askHelp(lastLanguageOf(store.read().visit) ?? null);
			if (answer.kind === "ok") return store.dispatch({ type: "staff-called", time: now(), asked, call: "heard" });
			store.dispatch({ type: "staff-called", time: now(), asked, call: "missed" });
			await sleep(pauseAfter(tries));
		}
	}

	const act = () => {
		const { visit, overlay } = store.read();
		if (overlay.kind === "staff" && overlay.asked !== calledAt) void callStaff(overlay.asked);
		if (overlay.kind === "staff") calledAt = overlay.asked;
		const before = acted;
		if (visit === before) return;
		acted = visit;
		if (visit.at === "opening") void bringLanguage(visit);
		if (visit.at === "issuing") void bringTicket(visit);
		if (visit.at === "check-in" && visit.answer === "asking") void bringCheckedIn(visit);
		if (visit.at === "ticket" && before.at !== "ticket") void watchPaper(visit);
		if (visit.at === "languages" && before.at !== "languages") void refresh("zh-Hans");
	};

	/** Asks again and again, sooner when the station was missed, in the language that is on the screen. */
	async function keepHeartbeat(): Promise<never> {
		for (let misses = 0; ; ) {
			await refresh(languageOf(store.read().visit) ?? "zh-Hans");
			misses = store.read().link.kind === "reached" ? 0 : misses + 1;
			if (misses === 0 && warm !== "not-yet") void warmUp();
			await sleep(misses === 0 ? HEARTBEAT : pauseAfter(misses - 1));
		}
	}

	/** Between visitors, every language is made ready, so that the first tap is answered at once. */
	async function warmUp(): Promise<void> {
		if (warm === "in-flight") return;
		warm = "in-flight";
		await makeReady();
		warm = "for-now";
	}

	/** What one lost request kept away comes with a later round. */
	async function makeReady(): Promise<void> {
		await deps.hold();
		for (const language of deps.languages.filter(isLacking)) {
			await untilNobodyIsThere();
			if (store.read().link.kind === "lost") return;
			await open(language);
			await sleep(50);
		}
		// Afterwards: fonts that load make void what was measured with others.
		for (const language of deps.languages.filter((one) => !prerendered.has(one))) {
			await untilNobodyIsThere();
			prerendered.add(language);
			await deps.prerender(language).catch(() => {});
		}
	}

	function isLacking(language: Language): boolean {
		if (opened.has(language) && listenedTo.has(language)) return false;
		const tried = triedAt.get(language);
		return tried === undefined || now() - tried >= LACK_ASKED_AGAIN_AFTER;
	}

	async function untilNobodyIsThere(): Promise<void> {
		while (store.read().visit.at !== "languages") await sleep(1_000);
	}

	// Somebody may have come before this did.
	act();
	store.subscribe(act);
	void keepHeartbeat();
	void sleep(WARMS_UP_AFTER).then(warmUp);

	return {
		expect(language) {
			if (!opened.has(language)) void open(language);
		},
	};
}

function pauseAfter(tries: number): number {
	return RETRIES[Math.min(tries, RETRIES.length - 1)] ?? HEARTBEAT;
}
