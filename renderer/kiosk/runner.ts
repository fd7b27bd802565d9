import type { Language } from "../../protocol/language.ts";
import type { Store } from "../ui/store.ts";
import { Refused, type Station } from "./station.ts";
import { type Kiosk, type KioskEvent, languageOf, type Overlay, type Visit } from "./visit.ts";

/*
 * What the kiosk does besides showing: it watches the store and acts when a visit comes to a
 * point where something has to happen outside. All it learns it tells the store.
 */

export interface RunnerParts {
	store: Store<Kiosk, KioskEvent>;
	station: Station;
	/** Words and fonts of a language; never fails, at worst English stands in. */
	openLanguage(language: Language, texts: string): Promise<void>;
	languages: readonly Language[];
	/** Draws a language's topics out of sight, once everything is here and nobody stands there. It may fail: they are drawn when asked for. */
	rehearse(language: Language): Promise<void>;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

export interface Runner {
	/** A finger is on a language's tile: what it will need can set out already. */
	expect(language: Language): void;
}

const HEARTBEAT = 10_000;
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
	VISIT_DAY: "other-day",
	CODE_TRIES: "too-many-tries",
} as const;
/** What a refusal means here; undefined for one that nobody foresaw. */
const meaningOf = <T extends object>(meanings: T, code: string): T[keyof T] | undefined =>
	(meanings as Record<string, T[keyof T]>)[code];

export function startRunner(parts: RunnerParts): Runner {
	const { store, station, now, sleep } = parts;
	const opened = new Set<Language>();
	const rehearsed = new Set<Language>();
	const opening = new Map<Language, Promise<void>>();
	let acted: Visit = store.read().visit;
	let overlaid: Overlay["kind"] = store.read().overlay.kind;

	/** One question for the topics: news of the waits, and the proof that the station is there. */
	async function refresh(language: Language): Promise<void> {
		try {
			const topics = await station.topics(language);
			store.tell({ type: "station-answered", time: now(), topics });
		} catch {
			store.tell({ type: "station-missed", time: now() });
		}
	}

	async function fetchAll(language: Language): Promise<void> {
		await refresh(language);
		const topics = store.read().topics[language];
		await parts.openLanguage(language, topics ? JSON.stringify(topics) : "");
		if (topics) opened.add(language);
		// Not waited for: a station without clips is as good a station.
		station.speaks(language).then(
			(spoken) => store.tell({ type: "speech-known", time: now(), language, spoken }),
			() => {},
		);
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
		const ready = () => store.tell({ type: "language-ready", time: now(), language: visit.language });
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
		const { topic, further, people, language, key } = visit;
		for (let tries = 0; stillAt(visit); tries++) {
			try {
				const ticket = await station.issue({ topic, further, people, language, key });
				return store.tell({ type: "issued", time: now(), key, ticket });
			} catch (fault) {
				if (fault instanceof Refused) {
					const reason = meaningOf(TOPIC_REFUSALS, fault.code) ?? "station-says-no";
					store.tell({ type: "refused", time: now(), key, reason, topic: fault.topic });
					return refresh(language);
				}
				store.tell({ type: "station-missed", time: now() });
			}
			await sleep(pauseAfter(tries));
		}
	}

	/** The station gives the same ticket however often the same code is checked in. */
	async function bringCheckedIn(visit: Visit & { at: "check-in" }): Promise<void> {
		const { typed, language, key } = visit;
		for (let tries = 0; stillAt(visit); tries++) {
			try {
				const ticket = await station.checkIn(typed, language);
				return store.tell({ type: "issued", time: now(), key, ticket });
			} catch (fault) {
				if (fault instanceof Refused) {
					const answer = meaningOf(CHECK_IN_REFUSALS, fault.code) ?? "not-taken";
					return store.tell({ type: "check-in-refused", time: now(), key, answer });
				}
				store.tell({ type: "station-missed", time: now() });
			}
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
			try {
				store.tell({ type: "paper-seen", time: now(), ticket: await station.ticket(id) });
			} catch {
				// The number stands; the next question may be answered.
			}
		}
	}

	async function callStaff(): Promise<void> {
		try {
			await station.askHelp(languageOf(store.read().visit) ?? null);
			store.tell({ type: "staff-called", time: now(), call: "heard" });
		} catch {
			store.tell({ type: "staff-called", time: now(), call: "missed" });
		}
	}

	store.subscribe(() => {
		const { visit, overlay } = store.read();
		const shown = overlay.kind;
		if (shown === "staff" && overlaid !== "staff") void callStaff();
		overlaid = shown;
		const before = acted;
		if (visit === before) return;
		acted = visit;
		if (visit.at === "opening") void bringLanguage(visit);
		if (visit.at === "issuing") void bringTicket(visit);
		if (visit.at === "check-in" && visit.answer === "asking") void bringCheckedIn(visit);
		if (visit.at === "ticket" && before.at !== "ticket") void watchPaper(visit);
		if (visit.at === "languages") void refresh("zh-Hans");
	});

	/** Asks again and again, sooner when the station was missed, in the language that is on the screen. */
	async function keepHeartbeat(): Promise<never> {
		for (let misses = 0; ; ) {
			const before = store.read().link.kind;
			await refresh(languageOf(store.read().visit) ?? "zh-Hans");
			misses = store.read().link.kind === "reached" ? 0 : misses + 1;
			if (before === "lost" && misses === 0) void warmUp();
			await sleep(misses === 0 ? HEARTBEAT : pauseAfter(misses - 1));
		}
	}

	/** Between visitors, every language is made ready, so that the first tap is answered at once. */
	async function warmUp(): Promise<void> {
		for (const language of parts.languages.filter((one) => !opened.has(one))) {
			await untilNobodyIsThere();
			if (store.read().link.kind === "lost") return;
			await open(language);
			await sleep(50);
		}
		// Afterwards: fonts that load make void what was measured with others.
		for (const language of parts.languages.filter((one) => !rehearsed.has(one))) {
			await untilNobodyIsThere();
			rehearsed.add(language);
			await parts.rehearse(language).catch(() => {});
		}
	}

	async function untilNobodyIsThere(): Promise<void> {
		while (store.read().visit.at !== "languages") await sleep(1_000);
	}

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
