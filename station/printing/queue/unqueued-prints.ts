import { UNPROVEN_REASONS } from "../../../protocol/model/print.ts";
import { Refusal } from "../../refusal.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Confirmation, Printer } from "../printer.ts";
import type { PrintersInUse } from "./printers-in-use.ts";

/** A picture that is no ticket. */
export interface UnqueuedTarget {
	/** Draws it for the printer that takes it. */
	draw(printer: Printer): Promise<Bitmap>;
	/** True: only the first printer will do. */
	isForFirst?: boolean;
}

interface UnqueuedPrint {
	target: UnqueuedTarget;
	resolve(): void;
	reject(error: unknown): void;
}

/** Pictures that are no tickets: printed between two tickets now, or never. */
export class UnqueuedPrints {
	readonly #printers: PrintersInUse;
	readonly #waiting: UnqueuedPrint[] = [];

	constructor(printers: PrintersInUse) {
		this.#printers = printers;
	}

	/** Resolves when it is printed. Refuses with PRINTER_NOT_READY, and rejects as `draw` does. */
	add(target: UnqueuedTarget): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ target, resolve, reject });
		});
	}

	async printAll(): Promise<void> {
		for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
			await this.#print(next.target).then(next.resolve, next.reject);
		}
	}

	async #print({ draw, isForFirst = false }: UnqueuedTarget): Promise<void> {
		const printers = (await this.#printers.inOrder()).filter(({ isStandby }) => !(isForFirst && isStandby));
		let { condition } = this.#printers.status;
		for (const { printer } of printers) {
			({ condition } = await printer.check());
			if (condition !== "ready") continue;
			const attempt = printer.print(await draw(printer));
			const sendResult = await attempt.sendResult;
			const confirmation = sendResult.kind === "sent" ? await attempt.confirmation : undefined;
			if (confirmation && isAsGoodAsItGets(confirmation)) return;
			if (sendResult.kind !== "untouched") printer.doubt();
			({ condition } = printer.status);
			break;
		}
		throw new Refusal("PRINTER_NOT_READY", { condition });
	}
}

/** Confirmed, or all that a printer without confirmations can say. */
export function isAsGoodAsItGets(confirmation: Confirmation): boolean {
	return confirmation.kind === "confirmed" || UNPROVEN_REASONS.some((reason) => reason === confirmation.reason);
}
