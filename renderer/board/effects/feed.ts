import { BOARD_EVENTS, createVisitorClient } from "../../../api-client/station-client.ts";
import type { Board } from "../../../protocol/api/board.ts";
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
const TIMEOUT_MS = 5_000;

/** Feeds the store from the station for as long as the page lives. */
export function feedBoard(store: Store<BoardState, BoardEvent>): void {
	const station = createVisitorClient({ timeoutMs: TIMEOUT_MS });
	keepEventStream(BOARD_EVENTS, {
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
		const answer = await station.board.read();
		if (answer.kind !== "ok") store.dispatch({ type: "lost" });
		else {
			// Back after a loss, its history may be another one (a restored station): take it as it is.
			if (store.read().link === "lost") store.dispatch({ type: "opened" });
			store.dispatch({ type: "picture", picture: answer.value, at: Date.now() });
			if (store.read().site === null) await readCatalogue();
		}
		checking = false;
	}

	async function readCatalogue(): Promise<void> {
		const answer = await station.topics.list({ language: "en" });
		if (answer.kind !== "ok") return;
		const read = answer.value;
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
		const answer = await station.topics.list({ language });
		const sentences = answer.kind === "ok" ? noticesOf(answer.value, t) : [];
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

/** Enough to draw: the client has checked an answer of its own, and this checks what the stream brings. */
function isBoard(data: unknown): data is Board {
	return (
		typeof data === "object" &&
		data !== null &&
		"seq" in data &&
		"calls" in data &&
		Array.isArray(data.calls) &&
		"waiting" in data &&
		Array.isArray(data.waiting)
	);
}
