import type { PrintProof } from "../../../protocol/model/print.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { NO_ABILITIES, type PrinterAbilities, proofOf } from "../printer-abilities.ts";
import type { PrinterMemory } from "../printer-memory.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import type { Dialogue } from "./dialogue.ts";
import { findProofAbilities, findStatusAbilities, type ProofQuestions } from "./find-abilities.ts";
import type { TicketProof } from "./ticket-in-flight.ts";

export interface PrinterNow {
	/** No ticket is under way. */
	isIdle(): boolean;
	isReady(): boolean;
}

/** What the printer has shown that it can do: kept from one connection to the next, and from one run to the next. */
export class LearnedAbilities {
	readonly #dialect: Dialect;
	readonly #memory: PrinterMemory;
	readonly #settings: PrinterSettings;
	readonly #answerMs: number;
	#abilities: PrinterAbilities | undefined;
	/** What of them has been found out on this connection. */
	#knows: "nothing" | "status" | "all" = "nothing";

	constructor(dialect: Dialect, memory: PrinterMemory, settings: PrinterSettings, answerMs: number) {
		this.#dialect = dialect;
		this.#memory = memory;
		this.#settings = settings;
		this.#answerMs = answerMs;
		this.#abilities = settings.asksStatus ? memory.abilities : NO_ABILITIES;
	}

	get current(): PrinterAbilities | undefined {
		return this.#abilities;
	}

	/** The printer has not answered any question on this connection. */
	get isUnknown(): boolean {
		return this.#knows === "nothing";
	}

	/** It has answered, and not shown yet what it can say of a ticket. */
	get lacksProof(): boolean {
		return this.#knows === "status";
	}

	get proof(): PrintProof {
		const proof = proofOf(this.#abilities);
		return proof === "confirmed" && this.#settings.proof === "sent" ? "sent" : proof;
	}

	/** What the printer is asked to say of the next ticket. */
	get proofOfTicket(): TicketProof {
		const { confirmsPaper, confirmsProcessing } = this.#abilities ?? {};
		if (confirmsPaper !== false) return "printed";
		return confirmsProcessing ? "processed" : "none";
	}

	/** A connection begins: another printer may be behind it. */
	begin(): void {
		this.#knows = this.#settings.asksStatus ? "nothing" : "all";
	}

	/** A printer that stopped to confirm may have become a weaker one: it is asked again. */
	doubtProof(): void {
		if (this.#knows === "all") this.#knows = "status";
	}

	/** A confirmation came too late for its question: the printer can confirm after all, and is asked again. */
	noticeLateConfirmation(): void {
		if (this.#settings.proof !== "sent" && this.#abilities?.confirmsPaper === false) this.#knows = "status";
	}

	/** False if the printer sent nothing that its dialect knows. */
	async askStatus(dialogue: Dialogue, { isIdle, isReady }: PrinterNow): Promise<boolean> {
		if (this.#knows === "nothing") {
			const found = await findStatusAbilities(dialogue, this.#dialect, this.#abilities, this.#answerMs);
			if (!found) return false;
			this.#knows = "status";
			const { confirmsPaper, confirmsProcessing = false } = this.#abilities ?? {};
			this.#abilities = { confirmsPaper, confirmsProcessing, ...found };
			return true;
		}
		const questions = this.#abilities?.answeredQuestions ?? [];
		if (questions.length === 0) {
			// It only reports changes by itself, so its last report holds, unless a restart has switched the reports off.
			if (!isReady()) this.#askAnew(dialogue);
			return true;
		}
		const { answered, isAlive } = await dialogue.askStatus(questions, this.#answerMs);
		// It answered some: what it can do is found out again.
		if (answered.length < questions.length && isIdle()) this.#knows = "nothing";
		return isAlive;
	}

	#askAnew(dialogue: Dialogue): void {
		dialogue.connection.send(this.#dialect.initSequence);
		this.#knows = "nothing";
	}

	async findProof(
		dialogue: Dialogue,
		{ nextId, status, clear }: Pick<ProofQuestions, "nextId" | "status" | "clear">,
	): Promise<void> {
		const { requestProcessed } = this.#dialect;
		if (this.#settings.proof === "sent") {
			const confirmsProcessing = await dialogue.askProcessed(requestProcessed, this.#answerMs);
			this.#keepProof({ confirmsPaper: false, confirmsProcessing });
			return;
		}
		const known = this.#abilities?.confirmsPaper === undefined ? undefined : this.#abilities;
		const questions = { dialogue, dialect: this.#dialect, known, answerMs: this.#answerMs, nextId, status, clear };
		this.#keepProof(await findProofAbilities(questions));
	}

	#keepProof(found: Pick<PrinterAbilities, "confirmsPaper" | "confirmsProcessing">): void {
		if (found.confirmsPaper === undefined || !this.#abilities) return;
		this.#abilities = { ...this.#abilities, ...found };
		this.#knows = "all";
		this.#memory.keepAbilities(this.#abilities);
	}
}
