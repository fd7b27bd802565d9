import type { PrinterCondition } from "../../../protocol/model/print.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { NO_ABILITIES, type PrinterAbilities } from "../printer-abilities.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import type { Dialogue } from "./dialogue.ts";

/** A printer that replied before may be busy; after so many refusals it is taken for another printer. */
const MAX_REFUSALS = 3;

/** What an earlier ticket may have left in the printer, and how it is taken away before the next one. */
export class Leftover {
	/**
	 * Half a picture in the buffer; one that was filled up, while the printer could not say so; or only ink on the paper.
	 */
	where: "none" | "buffer" | "filled" | "paper" = "none";
	readonly #dialect: Dialect;
	readonly #settings: PrinterSettings;
	readonly #answerMs: number;
	/** How often in a row the printer did not say that its buffer is clear. */
	#refusals = 0;

	constructor(dialect: Dialect, settings: PrinterSettings, answerMs: number) {
		this.#dialect = dialect;
		this.#settings = settings;
		this.#answerMs = answerMs;
	}

	/**
	 * Half a picture left in the buffer would swallow the beginning of the next ticket. "refused": the printer can say
	 * that it is gone, and did not.
	 */
	async removeFromBuffer(
		dialogue: Dialogue,
		abilities: PrinterAbilities | undefined,
		reported: () => PrinterCondition,
	): Promise<"removed" | "refused" | "connection-ended"> {
		const isCleared = await this.clearBuffer(dialogue, abilities);
		if (!dialogue.connection.open) return "connection-ended";
		this.#refusals = isCleared ? 0 : this.#refusals + 1;
		if (!isCleared && !(reported() === "ready" && this.#mayBeUnableToReply(abilities))) return "refused";
		this.where = isCleared ? "paper" : "filled";
		dialogue.connection.send(this.#dialect.initSequence);
		return "removed";
	}

	/**
	 * A printer that never replies cannot show that its buffer is clear. The torn picture has been filled up, so
	 * nothing is left to swallow the next ticket, and no ticket may wait for ever.
	 */
	#mayBeUnableToReply({ confirmsPaper, confirmsProcessing }: PrinterAbilities = NO_ABILITIES): boolean {
		return (!confirmsPaper && !confirmsProcessing) || this.#refusals >= MAX_REFUSALS;
	}

	/** Goes before a ticket: what filled the picture up may have been lost with the connection that carried it. */
	get fillBefore(): Uint8Array {
		const { widthDots, format } = this.#settings;
		return this.where === "filled" ? this.#dialect.fillUp(widthDots, format) : new Uint8Array();
	}

	/** True if the printer replied that nothing is left in its buffer. */
	async clearBuffer(dialogue: Dialogue, abilities: PrinterAbilities | undefined): Promise<boolean> {
		const { clearBuffer, requestProcessed } = this.#dialect;
		const { widthDots, format, asksStatus, proof } = this.#settings;
		const fillUp = this.#dialect.fillUp(widthDots, format);
		if (!asksStatus) {
			dialogue.connection.send(fillUp);
			return false;
		}
		const isWeak = proof === "sent" || abilities?.confirmsPaper === false;
		if (clearBuffer && !isWeak && (await dialogue.askCleared(clearBuffer, this.#answerMs))) return true;
		const { connection } = dialogue;
		return connection.open && dialogue.askProcessed(Buffer.concat([fillUp, requestProcessed]), this.#answerMs);
	}
}
