import { Worker } from "node:worker_threads";
import type { Language } from "../../../protocol/model/language.ts";
import type { Bitmap, PaperWidth } from "./bitmap.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import type { RenderRequest, RenderResponse, RenderSetup } from "./render-messages.ts";
import type { TicketContent } from "./ticket-content.ts";

export interface RenderingOptions {
	/** Where `drawing-worker` lies: a .ts file in the sources, a .js file in the build. */
	workerUrl: URL;
	/** The folder that holds `ticket/<language>.json`. */
	languagesDirectory: string;
	width: PaperWidth;
	/** Told of code points that no bundled face has; the paper shows a box in their place. */
	onMissing?: (missing: MissingGlyphs) => void;
	/** Told when the worker has died; the next drawing starts another. */
	onError?: (error: Error) => void;
}

export interface MissingGlyphs {
	number: string;
	language: Language;
	codePoints: number[];
}

export interface Rendering {
	/** Draws one ticket. Rejects with DrawingFault. */
	render(paper: TicketContent): Promise<Bitmap>;
	/** Draws a slip that sends a visitor to another site. Rejects with DrawingFault. */
	renderDirections(slip: DirectionsContent): Promise<Bitmap>;
	/** Loads what a language needs (faces, words, coverage), so that its first ticket is quick. */
	warm(language: Language): Promise<void>;
	close(): Promise<void>;
}

/**
 * `paper`: this paper cannot be drawn, and never will be. `worker`: the worker died or was
 * closed; the same paper may be drawn later.
 */
export class RenderingError extends Error {
	override readonly name = "DrawingFault";
	readonly blame: "paper" | "worker";

	constructor(blame: "paper" | "worker", message: string, options?: ErrorOptions) {
		super(message, options);
		this.blame = blame;
	}
}

interface Waiting {
	resolve(bitmap: Bitmap | null): void;
	reject(error: RenderingError): void;
}

/** The worker's own JavaScript needs little: a ceiling keeps one bad ticket from eating the station. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 };

/**
 * Starts drawing in a worker thread. The worker starts at once; when it dies, what waits for it
 * is rejected and the next call starts a new one.
 */
export function startRendering(options: RenderingOptions): Rendering {
	const waiting = new Map<number, Waiting>();
	let worker: Worker | undefined;
	let lastId = 0;
	let closed = false;

	const rejectAll = (error: RenderingError) => {
		const rejected = [...waiting.values()];
		waiting.clear();
		for (const one of rejected) one.reject(error);
	};

	const start = (): Worker => {
		const setup: RenderSetup = { languagesDirectory: options.languagesDirectory, width: options.width };
		const started = new Worker(options.workerUrl, {
			name: "drawing",
			workerData: setup,
			resourceLimits: WORKER_LIMITS,
		});
		const gone = (error: Error) => {
			if (worker !== started) return;
			worker = undefined;
			rejectAll(new RenderingError("worker", "the drawing worker has stopped", { cause: error }));
			if (!closed) options.onError?.(error);
		};
		started.on("message", (answer: RenderResponse) => receive(answer));
		started.on("error", gone);
		started.on("exit", (code) => gone(new Error(`the drawing worker ended with code ${code}`)));
		// The station decides when the process ends; a worker that waits for work must not.
		started.unref();
		worker = started;
		return started;
	};

	const receive = (answer: RenderResponse) => {
		const one = waiting.get(answer.id);
		if (!one) return;
		waiting.delete(answer.id);
		if (waiting.size === 0) worker?.unref();
		switch (answer.kind) {
			case "drawn":
				if (answer.missing) options.onMissing?.(answer.missing);
				one.resolve(answer.bitmap);
				break;
			case "warmed":
				one.resolve(null);
				break;
			case "failed":
				one.reject(new RenderingError("paper", answer.message));
				break;
			default:
				answer satisfies never;
		}
	};

	const ask = (request: (id: number) => RenderRequest): Promise<Bitmap | null> => {
		if (closed) return Promise.reject(new RenderingError("worker", "drawing is closed"));
		lastId += 1;
		const id = lastId;
		return new Promise((resolve, reject) => {
			waiting.set(id, { resolve, reject });
			const at = worker ?? start();
			at.ref();
			at.postMessage(request(id));
		});
	};

	const rendered = async (request: (id: number) => RenderRequest): Promise<Bitmap> => {
		const bitmap = await ask(request);
		if (!bitmap) throw new RenderingError("worker", "the drawing worker gave no picture");
		return bitmap;
	};

	start();

	return {
		render: (paper) => rendered((id) => ({ kind: "draw", id, paper })),
		renderDirections: (slip) => rendered((id) => ({ kind: "draw-slip", id, slip })),
		async warm(language) {
			await ask((id) => ({ kind: "warm", id, language }));
		},
		async close() {
			closed = true;
			const ending = worker;
			worker = undefined;
			rejectAll(new RenderingError("worker", "drawing is closed"));
			await ending?.terminate();
		},
	};
}
