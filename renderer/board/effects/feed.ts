import type { Board, Site, Topics } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { LANGUAGES } from "../../i18n/languages.ts";
import { keepEventStream } from "../../ui/event-stream.ts";
import { prepareFonts } from "../../ui/fonts.ts";
import type { Store } from "../../ui/store.ts";
import { t } from "../messages/messages.ts";
import type { BoardEvent, BoardState } from "../state/board-state.ts";
import { noticesOf } from "../state/notices.ts";

/** Asks this often whether the station is still there: a pulled cable tells a stream nothing. */
const CHECK_EVERY = 15_000;
/** How often it is asked while it is gone. */
const RETRY_EVERY = 3_000;
/** Long enough to read two sentences from afar. */
const NOTICE_LASTS = 8_000;
/** Chinese and English come round more often than the others. */
const NOTICE_LANGUAGES: readonly Language[] = LANGUAGES.filter(
	(language) => language !== "zh-Hans" && language !== "en",
).flatMap((language, place) => (place % 3 === 0 ? ["zh-Hans", "en", language] : [language]));
const ANSWER_WITHIN = 5_000;

/** Feeds the store from the station for as long as the page lives. */
export function feedBoard(store: Store<BoardState, BoardEvent>): void {
	keepEventStream("/api/board/events", {
		onOpen: () => store.dispatch({ type: "opened" }),
		onMessage: (data) => {
			if (isBoard(data)) store.dispatch({ type: "picture", picture: data, at: Date.now() });
		},
		// The stream's end alone is no news: the check says whether the station is gone.
		onLost: () => void check(),
	});

	let checking = false;
	async function check(): Promise<void> {
		if (checking) return;
		checking = true;
		const picture = await ask("/api/board", isBoard);
		if (picture === null) store.dispatch({ type: "lost" });
		else {
			// Back after a loss, its history may be another one (a restored station): take it as it is.
			if (store.read().link === "lost") store.dispatch({ type: "opened" });
			store.dispatch({ type: "picture", picture, at: Date.now() });
			if (store.read().site === null) await readCatalogue();
		}
		checking = false;
	}

	async function readCatalogue(): Promise<void> {
		const read = await ask("/api/topics?language=en", isTopics);
		if (read === null) return;
		const names = read.topics.map(
			({ id, name, nameChinese }) => [id, { chinese: nameChinese, english: name }] as const,
		);
		const texts = read.topics.map(({ name, nameChinese }) => name + nameChinese).join("");
		await prepareFonts("zh-Hans", read.site.shortNameChinese + read.site.shortName + texts);
		store.dispatch({ type: "catalogue", site: read.site, topics: new Map(names) });
	}

	/** One language after the other; the station is asked at each turn, so that what is told is never old. */
	async function keepNotices(turn: number): Promise<void> {
		const language = NOTICE_LANGUAGES[turn % NOTICE_LANGUAGES.length] ?? "zh-Hans";
		const read = await ask(`/api/topics?language=${language}`, isTopics);
		const sentences = read === null ? [] : noticesOf(read, t);
		await prepareFonts(language, sentences.join(""));
		store.dispatch({ type: "notice", notice: sentences.length === 0 ? null : { language, sentences } });
		// With nothing to tell there are no turns to take.
		window.setTimeout(() => void keepNotices(sentences.length === 0 ? 0 : turn + 1), NOTICE_LASTS);
	}
	void keepNotices(0);

	async function keepChecking(): Promise<void> {
		await check();
		window.setTimeout(() => void keepChecking(), store.read().link === "lost" ? RETRY_EVERY : CHECK_EVERY);
	}
	void keepChecking();
}

/** A good answer, or null: the board treats a fault like an absence. */
async function ask<T>(address: string, fits: (data: unknown) => data is T): Promise<T | null> {
	try {
		const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN), cache: "no-store" });
		if (!answer.ok) return null;
		const data: unknown = await answer.json();
		return fits(data) ? data : null;
	} catch {
		return null;
	}
}

/** Enough to draw without falling over; the contract holds the rest. */
function isBoard(data: unknown): data is Board {
	return (
		isObject(data) &&
		typeof data.seq === "number" &&
		typeof data.at === "number" &&
		Array.isArray(data.calls) &&
		Array.isArray(data.waiting)
	);
}

function isTopics(data: unknown): data is Topics {
	return (
		isObject(data) &&
		isObject(data.site) &&
		typeof (data.site as Partial<Site>).shortName === "string" &&
		Array.isArray(data.topics)
	);
}

function isObject(data: unknown): data is Record<string, unknown> {
	return typeof data === "object" && data !== null;
}
