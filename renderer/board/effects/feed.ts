import { BOARD_EVENTS, createVisitorClient } from "../../../api-client/station-client.ts";
import type { Board } from "../../../protocol/api/board.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { keepEventStream } from "../../ui/event-stream.ts";
import { prepareFonts } from "../../ui/fonts.ts";
import type { Store } from "../../ui/store.ts";
import { t } from "../messages/messages.ts";
import type { BoardEvent, BoardState } from "../state/board-state.ts";
import { noticesOf } from "../state/notices.ts";
import type { Announcer } from "./announcer.ts";

/** A stream does not notice a pulled cable, so the board also polls. */
const CHECK_EVERY_MS = 15_000;
/** While the station cannot be reached. */
const RETRY_EVERY_MS = 3_000;
/** Long enough to read two sentences from a distance. */
const NOTICE_MS = 8_000;
/** Chinese and English are shown more often than the others. */
const NOTICE_LANGUAGES: readonly Language[] = LANGUAGES.filter(
	(language) => language !== "zh-Hans" && language !== "en",
).flatMap((language, index) => (index % 3 === 0 ? ["zh-Hans", "en", language] : [language]));
const TIMEOUT_MS = 5_000;

/**
 * Keeps the store up to date with the station for the life of the page, and tells the station whether the board can be
 * heard: a silent board is shown at the desks.
 */
export function feedBoard(store: Store<BoardState, BoardEvent>, announcer: Announcer): void {
	const board = crypto.randomUUID();
	const reportSound = () => void station.board.reportSound({ board, audible: announcer.isAudible() });
	announcer.subscribe(reportSound);
	const station = createVisitorClient({ timeoutMs: TIMEOUT_MS });
	keepEventStream(BOARD_EVENTS, {
		onOpen: () => store.dispatch({ type: "stream-opened" }),
		onMessage: (data) => {
			if (isBoard(data)) store.dispatch({ type: "board-received", board: data, at: Date.now() });
		},
		// A closed stream may only be reconnecting: the check decides.
		onLost: () => void check(),
	});

	let checking = false;
	async function check(): Promise<void> {
		if (checking) return;
		checking = true;
		const answer = await station.board.read();
		if (answer.kind !== "ok") store.dispatch({ type: "connection-lost" });
		else {
			reportSound();
			// The station may have been restored from a backup: accept a lower seq.
			if (store.read().link === "lost") store.dispatch({ type: "stream-opened" });
			store.dispatch({ type: "board-received", board: answer.value, at: Date.now() });
			if (store.read().site === null) await readCatalogue();
		}
		checking = false;
	}

	async function readCatalogue(): Promise<void> {
		const answer = await station.topics.list({ language: "en" });
		if (answer.kind !== "ok") return;
		const { site, topics } = answer.value;
		const names = topics.map(({ id, name, nameChinese }) => [id, { chinese: nameChinese, english: name }] as const);
		const texts = topics.map(({ name, nameChinese }) => name + nameChinese).join("");
		await prepareFonts("zh-Hans", site.shortNameChinese + site.shortName + texts);
		store.dispatch({ type: "catalogue-received", site, topics: new Map(names) });
	}

	/**
	 * One sentence after the other, in one language after the other: the band has room for one. The topics are requested
	 * for each language, so that the notice is current.
	 */
	async function keepNotices(turn: number): Promise<void> {
		const language = NOTICE_LANGUAGES[turn % NOTICE_LANGUAGES.length] ?? "zh-Hans";
		const answer = await station.topics.list({ language });
		const sentences = answer.kind === "ok" ? noticesOf(answer.value, t, Date.now()) : [];
		await prepareFonts(language, sentences.join(""));
		for (const sentence of sentences.length === 0 ? [null] : sentences) {
			store.dispatch({ type: "notice-changed", notice: sentence === null ? null : { language, sentence } });
			await new Promise((resolve) => window.setTimeout(resolve, NOTICE_MS));
		}
		// Without a notice the next one starts with the first language.
		void keepNotices(sentences.length === 0 ? 0 : turn + 1);
	}
	void keepNotices(0);

	async function keepChecking(): Promise<void> {
		await check();
		window.setTimeout(() => void keepChecking(), store.read().link === "lost" ? RETRY_EVERY_MS : CHECK_EVERY_MS);
	}
	void keepChecking();
}

/** Checks what rendering needs; the API contract covers the rest. */
function isBoard(data: unknown): data is Board {
	return (
		isObject(data) &&
		typeof data.seq === "number" &&
		typeof data.at === "number" &&
		Array.isArray(data.calls) &&
		Array.isArray(data.waiting)
	);
}

function isObject(data: unknown): data is Record<string, unknown> {
	return typeof data === "object" && data !== null;
}
