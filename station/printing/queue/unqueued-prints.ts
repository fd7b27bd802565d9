import { Refusal } from "../../refusal.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Confirmation, Printer } from "../printer.ts";

interface UnqueuedPrint {
	bitmap: Bitmap;
	resolve(): void;
	reject(error: Error): void;
}

/** Pictures that are no tickets: printed between two tickets now, or never. */
export class UnqueuedPrints {
	readonly #printer: Printer;
	readonly #waiting: UnqueuedPrint[] = [];

	constructor(printer: Printer) {
		this.#printer = printer;
	}

	/** Resolves when it is printed. Refuses with PRINTER_NOT_READY. */
	add(bitmap: Bitmap): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ bitmap, resolve, reject });
		});
	}

	async printAll(): Promise<void> {
		for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#print(next);
	}

	async #print({ bitmap, resolve, reject }: UnqueuedPrint): Promise<void> {
		const printer = this.#printer;
		const { condition } = await printer.check();
		if (condition !== "ready") {
			reject(new Refusal("PRINTER_NOT_READY", { condition }));
			return;
		}
		const attempt = printer.print(bitmap);
		const sendResult = await attempt.sendResult;
		const confirmation = sendResult.kind === "sent" ? await attempt.confirmation : undefined;
		if (confirmation && isAsGoodAsItGets(confirmation)) {
			resolve();
			return;
		}
		if (sendResult.kind !== "untouched") printer.doubt();
		reject(new Refusal("PRINTER_NOT_READY", { condition: printer.status.condition }));
	}
}

/** Confirmed, or all that a printer without confirmations can say. */
function isAsGoodAsItGets(confirmation: Confirmation): boolean {
	return confirmation.kind === "confirmed" || confirmation.reason === "sent-only" || confirmation.reason === "spooler";
}
