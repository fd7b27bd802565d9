import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { Language } from "../../../protocol/model/language.ts";
import { loadPaperMessages, type PaperMessages } from "./paper-messages.ts";
import type { RenderRequest, RenderResponse, RenderSetup } from "./render-messages.ts";
import type { TicketContent } from "./ticket-content.ts";
import { type RenderedTicket, TicketRenderer } from "./ticket-renderer.ts";

/*
 * The thread that renders tickets, started by start-rendering.ts. One at a time, oldest first, with a turn
 * of the event loop after each: canvas frees its memory only there.
 */

const port = parentPort;
if (!port) throw new Error("render-worker runs in a worker thread only");
const setup: RenderSetup = workerData;

const collectGarbage = findCollector();

const renderer = new TicketRenderer(setup.width, setup);
const messages = new Map<Language, PaperMessages>();
const requests: RenderRequest[] = [];
let isWorking = false;

port.on("message", (request: RenderRequest) => {
	requests.push(request);
	if (!isWorking) void work();
});

async function work(): Promise<void> {
	isWorking = true;
	for (let request = requests.shift(); request; request = requests.shift()) {
		const answer = answerTo(request);
		if (answer.kind === "rendered") port?.postMessage(answer, [answer.bitmap.rows.buffer as ArrayBuffer]);
		else port?.postMessage(answer);
		await setImmediate();
		// A ticket's pixels (1.5 MB) are outside of the JavaScript heap, so by itself the collector lets 60 to
		// 90 MB of them pile up. A minor collection takes less than a millisecond.
		collectGarbage({ type: "minor", execution: "sync" });
	}
	isWorking = false;
}

/** Where V8 accepts no flags there is none, which costs memory and nothing else. */
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
		if (request.kind === "slip") {
			return slipAnswer(request, renderer.renderDirections(request.slip));
		}
		if (request.kind === "checklist") {
			return slipAnswer(request, renderer.renderChecklist(request.slip));
		}
		if (request.kind === "sheet") {
			return {
				kind: "rendered",
				id: request.id,
				bitmap: renderer.renderSetupSheet(request.sheet).bitmap,
				missing: null,
			};
		}
		const { bitmap, missing } = render(request.content);
		const { number, language } = request.content;
		const report = missing.length > 0 ? { number, language, codePoints: missing } : null;
		return { kind: "rendered", id: request.id, bitmap, missing: report };
	} catch (error) {
		return { kind: "failed", id: request.id, message: error instanceof Error ? error.message : String(error) };
	}
}

function slipAnswer(
	{ id, slip }: Extract<RenderRequest, { kind: "slip" | "checklist" }>,
	{ bitmap, missing }: RenderedTicket,
): RenderResponse {
	const report = missing.length > 0 ? { number: "slip", language: slip.language, codePoints: missing } : null;
	return { kind: "rendered", id, bitmap, missing: report };
}

function render(content: TicketContent) {
	return renderer.render(content, { own: messagesIn(content.language), chinese: messagesIn("zh-Hans") });
}

function messagesIn(language: Language): PaperMessages {
	const known = messages.get(language);
	if (known) return known;
	const loaded = loadPaperMessages(setup.languagesDirectory, language);
	messages.set(language, loaded);
	return loaded;
}

/** A ticket that is never printed: rendering it loads all that the first real one needs. */
function sampleOf(language: Language): TicketContent {
	const own = messagesIn(language);
	const chinese = messagesIn("zh-Hans");
	const name = { name: own.bring, nameChinese: chinese.bring };
	return {
		number: "A000",
		language,
		site: name,
		topic: name,
		ahead: 1,
		wait: { minMinutes: 0, maxMinutes: 5 },
		bookedAt: null,
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
