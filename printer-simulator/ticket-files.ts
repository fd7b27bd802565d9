import { accessSync, constants, readdirSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../lib/errors.ts";
import { makeFolder } from "../lib/make-folder.ts";
import { encodePng } from "../station/printing/render/png.ts";
import type { PrintedTicket } from "./simulator.ts";

/**
 * Saves what a virtual printer prints: each piece of paper as `000001-<UTC>.png`, and the bytes
 * that made it as `000001-<UTC>.bin`. Files appear whole or not at all, and a number is never used
 * twice.
 */
export class TicketFiles {
	readonly #directory: string;
	#last: number;

	/** Throws UserError PRINTER_FOLDER if the folder cannot be made or written. */
	constructor(directory: string) {
		this.#directory = directory;
		try {
			makeFolder(directory);
			accessSync(directory, constants.W_OK);
			const numbers = readdirSync(directory).map((name) => Number(/^(\d{6,})-/.exec(name)?.[1] ?? 0));
			this.#last = numbers.reduce((most, number) => Math.max(most, number), 0);
		} catch (cause) {
			const sentence = `The virtual printer cannot write to ${directory}: choose another folder, or allow writing to it.`;
			throw new UserError("PRINTER_FOLDER", sentence, { cause });
		}
	}

	/** Resolves when both files exist. `at`: UTC milliseconds. */
	async save(ticket: PrintedTicket, at: number): Promise<void> {
		this.#last += 1;
		const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
		const name = `${String(this.#last).padStart(6, "0")}-${time}`;
		// The picture comes last, so that a reader who waits for it finds the bytes too.
		await this.#write(`${name}.bin`, ticket.bytes);
		await this.#write(`${name}.png`, await encodePng(ticket.bitmap));
	}

	async #write(name: string, bytes: Uint8Array): Promise<void> {
		const path = join(this.#directory, name);
		const temporary = `${path}.tmp`;
		const file = await open(temporary, "w");
		try {
			await file.writeFile(bytes);
		} finally {
			await file.close();
		}
		await rename(temporary, path);
	}
}
