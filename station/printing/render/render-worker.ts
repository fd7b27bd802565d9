import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { Language } from "../../../protocol/model/language.ts";
import { loadPaperMessages, type PaperMessages } from "./paper-messages.ts";
import type { RenderRequest, RenderResponse, RenderSetup } from "./render-messages.ts";
import type { TicketContent } from "./ticket-content.ts";
import { TicketRenderer } from "./ticket-rendering.ts";

/*
 * The thread that draws tickets (see drawing.ts, which starts it). One at a time, oldest first,
 * and a turn of the event loop after each: canvas frees its memory only there.
 */

const port = parentPort;
if (!port) throw new Error("drawing-worker runs in a worker thread only");
const setup: RenderSetup = workerData;

const collect = findCollector();

const drawer = new TicketRenderer(setup.width);
const words = new Map<Language, PaperMessages>();
const requests: RenderRequest[] = [];
let working = false;

port.on("message", (request: RenderRequest) => {
	requests.push(request);
	if (!working) void work();
});

async function work(): Promise<void> {
	working = true;
	for (let request = requests.shift(); request; request = requests.shift()) {
		const answer = answerTo(request);
		if (answer.kind === "drawn") port?.postMessage(answer, [answer.bitmap.rows.buffer as ArrayBuffer]);
		else port?.postMessage(answer);
		await setImmediate();
		// A ticket's pixels (1.5 MB) lie outside of the JavaScript heap: left to itself the collector lets
		// 60 to 90 MB of them pile up before it looks. Collecting the young takes under a millisecond.
		collect({ type: "minor", execution: "sync" });
	}
	working = false;
}

/** Where V8 takes no flags there is none: that costs memory, and no paper. */
function findCollector(): (options: { type: "minor"; execution: "sync" }) => void {
	try {
		setFlagsFromString("--expose-gc");
		return runInNewContext("gc");
	} catch {
		return () => {};
	}
}

function answerTo(request: RenderRequest): RenderResponse {
	try {
		if (request.kind === "warm") {
			render(sampleOf(request.language));
			return { kind: "warmed", id: request.id };
		}
		if (request.kind === "draw-slip") {
			const { bitmap, missing } = drawer.renderDirections(request.slip);
			const report =
				missing.length > 0 ? { number: "slip", language: request.slip.language, codePoints: missing } : null;
			return { kind: "drawn", id: request.id, bitmap, missing: report };
		}
		const { bitmap, missing } = render(request.paper);
		const { number, language } = request.paper;
		const report = missing.length > 0 ? { number, language, codePoints: missing } : null;
		return { kind: "drawn", id: request.id, bitmap, missing: report };
	} catch (error) {
		return { kind: "failed", id: request.id, message: error instanceof Error ? error.message : String(error) };
	}
}

function render(paper: TicketContent) {
	return drawer.render(paper, { words: wordsOf(paper.language), chinese: wordsOf("zh-Hans") });
}

function wordsOf(language: Language): PaperMessages {
	const known = words.get(language);
	if (known) return known;
	const loaded = loadPaperMessages(setup.languagesDirectory, language);
	words.set(language, loaded);
	return loaded;
}

/** A ticket that nobody gets: drawing it loads all that the language's first real one needs. */
function sampleOf(language: Language): TicketContent {
	const own = wordsOf(language);
	const chinese = wordsOf("zh-Hans");
	const name = { name: own.bring, nameChinese: chinese.bring };
	return {
		number: "A000",
		language,
		site: name,
		topic: name,
		ahead: 1,
		wait: { minMinutes: 0, maxMinutes: 5 },
		issuedAt: 0,
		timezone: "Asia/Shanghai",
		partySize: 2,
		bring: [own.missed],
		bringChinese: [chinese.missed],
		code: "0123456789",
		link: "0123456789",
		reprint: true,
		offline: true,
	};
}
