import type { PrintJobId } from "../../../protocol/model/ids.ts";
import type { Bitmap } from "../bitmap.ts";
import { type Rendering, RenderingError } from "../render/start-rendering.ts";
import type { TicketContent } from "../render/ticket-content.ts";

/** A ticket that failed to render three times must not keep the others waiting. */
const MAX_RENDER_ATTEMPTS = 3;

/** A job's ticket can never be rendered. */
export class UnrenderableJobError extends Error {
	override readonly name = "UnrenderableJobError";
}

/** Renders the job that is next. Keeps its picture until the job is done, because it may have to wait for the printer. */
export class JobRenderer {
	readonly #rendering: Pick<Rendering, "render">;
	#current: { job: PrintJobId; bitmap: Promise<Bitmap> } | undefined;
	#failedAttempts = 0;

	constructor(rendering: Pick<Rendering, "render">) {
		this.#rendering = rendering;
	}

	/** Rejects with UnrenderableJobError if the ticket cannot be rendered, and with the cause if it may be tried again. */
	async render(job: PrintJobId, content: () => TicketContent): Promise<Bitmap> {
		try {
			if (this.#current?.job !== job) this.#current = { job, bitmap: this.#rendering.render(content()) };
			const bitmap = await this.#current.bitmap;
			this.#failedAttempts = 0;
			return bitmap;
		} catch (cause) {
			this.#current = undefined;
			this.#failedAttempts += 1;
			const isHopeless = cause instanceof RenderingError && cause.blame === "content";
			if (!isHopeless && this.#failedAttempts < MAX_RENDER_ATTEMPTS) throw cause;
			this.#failedAttempts = 0;
			throw new UnrenderableJobError(`the ticket of job ${job} cannot be rendered`, { cause });
		}
	}

	/** The job is done: its picture is no longer needed. */
	forget(): void {
		this.#current = undefined;
	}
}
