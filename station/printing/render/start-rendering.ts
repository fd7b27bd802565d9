import { Worker } from "node:worker_threads";
import type { Language } from "../../../protocol/model/language.ts";
import type { Bitmap, PaperWidth } from "../bitmap.ts";
import { type Resolution, USUAL_RESOLUTION } from "../resolution.ts";
import type { ChecklistSlip } from "./checklist-slip.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import type { RenderRequest, RenderResponse, RenderSetup } from "./render-messages.ts";
import type { SetupSheetContent } from "./setup-sheet-content.ts";
import type { TicketContent } from "./ticket-content.ts";

export interface RenderingOptions {
	/** Where `render-worker` is: a .ts file in the sources, a .js file in the build. */
	workerUrl: URL;
	/** The folder that holds `ticket/<language>.json`. */
	languagesDirectory: string;
	width: PaperWidth;
	/** The usual one if it is not said. */
	dpi?: Resolution;
	/** The printer has no cutter: the paper asks the visitor to tear it off. */
	tearOff?: boolean;
	/** Called with code points that no bundled font has. The paper shows a box for them. */
	onMissing?: (missing: MissingGlyphs) => void;
	/** Called when the worker has died. The next request starts another. */
	onError?: (error: Error) => void;
}

export interface MissingGlyphs {
	number: string;
	language: Language;
	codePoints: number[];
}

export interface Rendering {
	/** Renders one ticket. Rejects with RenderingError. */
	render(content: TicketContent): Promise<Bitmap>;
	/** Renders a slip that sends a visitor to another site. Rejects with RenderingError. */
	renderDirections(slip: DirectionsContent): Promise<Bitmap>;
	/** Renders the sheet by which a person sets a printer up. Rejects with RenderingError. */
	renderSheet(sheet: SetupSheetContent): Promise<Bitmap>;
	/** Renders a list of what to bring. Rejects with RenderingError. */
	renderChecklist(slip: ChecklistSlip): Promise<Bitmap>;
	/** Loads what a language needs (fonts, messages), so that its first ticket is quick. */
	warm(language: Language): Promise<void>;
	close(): Promise<void>;
}

/**
 * `content`: this content can never be rendered. `worker`: the worker died or was closed; the same
 * content may be rendered later.
 */
export class RenderingError extends Error {
	override readonly name = "RenderingError";
	readonly blame: "content" | "worker";

	constructor(blame: "content" | "worker", message: string, options?: ErrorOptions) {
		super(message, options);
		this.blame = blame;
	}
}

interface PendingRequest {
	resolve(bitmap: Bitmap | null): void;
	reject(error: RenderingError): void;
}

/** The worker's JavaScript needs little. The limits keep one bad ticket from taking the station's memory. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 };

/** Starts rendering in a worker thread. When the thread dies, pending requests are rejected and the next call starts a new one. */
export function startRendering(options: RenderingOptions): Rendering {
	const pending = new Map<number, PendingRequest>();
	let worker: Worker | undefined;
	let lastId = 0;
	let closed = false;

	const rejectAll = (error: RenderingError) => {
		const rejected = [...pending.values()];
		pending.clear();
		for (const one of rejected) one.reject(error);
	};

	const start = (): Worker => {
		const { languagesDirectory, width, dpi = USUAL_RESOLUTION, tearOff = false } = options;
		const setup: RenderSetup = { languagesDirectory, width, dpi, tearOff };
		const started = new Worker(options.workerUrl, {
			name: "rendering",
			workerData: setup,
			resourceLimits: WORKER_LIMITS,
		});
		const gone = (error: Error) => {
			if (worker !== started) return;
			worker = undefined;
			rejectAll(new RenderingError("worker", "the rendering worker has stopped", { cause: error }));
			if (!closed) options.onError?.(error);
		};
		started.on("message", (answer: RenderResponse) => receive(answer));
		started.on("error", gone);
		started.on("exit", (code) => gone(new Error(`the rendering worker ended with code ${code}`)));
		// The station decides when the process ends; an idle worker must not keep it alive.
		started.unref();
		worker = started;
		return started;
	};

	const receive = (answer: RenderResponse) => {
		const one = pending.get(answer.id);
		if (!one) return;
		pending.delete(answer.id);
		if (pending.size === 0) worker?.unref();
		switch (answer.kind) {
			case "rendered":
				if (answer.missing) options.onMissing?.(answer.missing);
				one.resolve(answer.bitmap);
				break;
			case "warmed":
				one.resolve(null);
				break;
			case "failed":
				one.reject(new RenderingError("content", answer.message));
				break;
			default:
				answer satisfies never;
		}
	};

	const ask = (request: (id: number) => RenderRequest): Promise<Bitmap | null> => {
		if (closed) return Promise.reject(new RenderingError("worker", "rendering is closed"));
		lastId += 1;
		const id = lastId;
		return new Promise((resolve, reject) => {
			pending.set(id, { resolve, reject });
			const at = worker ?? start();
			at.ref();
			at.postMessage(request(id));
		});
	};

	const rendered = async (request: (id: number) => RenderRequest): Promise<Bitmap> => {
		const bitmap = await ask(request);
		if (!bitmap) throw new RenderingError("worker", "the rendering worker returned no picture");
		return bitmap;
	};

	start();

	return {
		render: (content) => rendered((id) => ({ kind: "ticket", id, content })),
		renderDirections: (slip) => rendered((id) => ({ kind: "slip", id, slip })),
		renderSheet: (sheet) => rendered((id) => ({ kind: "sheet", id, sheet })),
		renderChecklist: (slip) => rendered((id) => ({ kind: "checklist", id, slip })),
		async warm(language) {
			await ask((id) => ({ kind: "warm", id, language }));
		},
		async close() {
			closed = true;
			const ending = worker;
			worker = undefined;
			rejectAll(new RenderingError("worker", "rendering is closed"));
			await ending?.terminate();
		},
	};
}
