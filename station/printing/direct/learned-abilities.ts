import type { PrintProof } from "../../../protocol/model/print.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { NO_ABILITIES, type PrinterAbilities, proofOf } from "../printer-abilities.ts";
import type { PrinterMemory } from "../printer-memory.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import type { Dialogue } from "./dialogue.ts";
import { findProofAbilities, findStatusAbilities, type ProofQuestion, type ProofQuestions } from "./find-abilities.ts";
import type { TicketProof } from "./ticket-in-flight.ts";

/** A good printer may lose its connection at a question too, but not so often at the same one. */
const MOST_ENDS = 3;
const NOTHING = new Uint8Array();

export interface PrinterNow {
	/** No ticket is under way. */
	isIdle(): boolean;
	isReady(): boolean;
	/** Half a picture may be in its buffer. */
	isTorn(): boolean;
	nextId(): string;
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
	/** How often in a row the connection ended at a question: some printers restart at a command that they do not know. */
	readonly #ends = new Map<ProofQuestion, number>();

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

	get proof(): PrintProof | null {
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

	/** It answers no status question and reports nothing by itself. */
	get saysNothingOfState(): boolean {
		return this.#abilities?.answeredQuestions.length === 0 && !this.#abilities.reportsChanges;
	}

	/** False if the printer sent nothing that its dialect knows. */
	async askStatus(dialogue: Dialogue, now: PrinterNow): Promise<boolean> {
		if (this.#knows === "nothing") {
			const found = await findStatusAbilities(dialogue, this.#dialect, this.#abilities, this.#answerMs, () =>
				this.#showsLife(dialogue, now),
			);
			if (!found) return false;
			this.#knows = "status";
			const { confirmsPaper, confirmsProcessing = false } = this.#abilities ?? {};
			this.#abilities = { confirmsPaper, confirmsProcessing, ...found };
			return true;
		}
		const questions = this.#abilities?.answeredQuestions ?? [];
		if (questions.length === 0) {
			if (this.saysNothingOfState) return !now.isIdle() || this.#showsLife(dialogue, now);
			// It only reports changes by itself, so its last report holds, unless a restart has switched the reports off.
			if (!now.isReady()) this.#askAnew(dialogue);
			return true;
		}
		const { answered, isAlive } = await dialogue.askStatus(questions, this.#answerMs);
		// It answered some: what it can do is found out again.
		if (answered.length < questions.length && now.isIdle()) this.#knows = "nothing";
		return isAlive;
	}

	#showsLife(dialogue: Dialogue, { isTorn, nextId }: PrinterNow): Promise<boolean> {
		const { widthDots, format } = this.#settings;
		const fill = isTorn() ? this.#dialect.fillUp(widthDots, format) : NOTHING;
		return dialogue.showsLife({ fill, id: nextId() }, this.#answerMs);
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
			const ask = () => dialogue.askProcessed(requestProcessed, this.#answerMs);
			const confirmsProcessing = await this.#ask("processed", dialogue, ask);
			this.#keepProof({ confirmsPaper: false, confirmsProcessing });
			return;
		}
		const known = this.#abilities?.confirmsPaper === undefined ? undefined : this.#abilities;
		const found = await findProofAbilities({
			...{ dialogue, dialect: this.#dialect, known, answerMs: this.#answerMs, nextId, status, clear },
			ask: (question, answer) => this.#ask(question, dialogue, answer),
		});
		if (!found.confirmsPaper) dialogue.connection.send(this.#dialect.forgetText);
		this.#keepProof(found);
	}

	async #ask(question: ProofQuestion, { connection }: Dialogue, answer: () => Promise<boolean>): Promise<boolean> {
		const ends = this.#ends.get(question) ?? 0;
		if (ends >= MOST_ENDS) return false;
		const answered = await answer();
		this.#ends.set(question, connection.open ? 0 : ends + 1);
		return answered;
	}

	#keepProof(found: Pick<PrinterAbilities, "confirmsPaper" | "confirmsProcessing">): void {
		if (found.confirmsPaper === undefined || !this.#abilities) return;
		this.#abilities = { ...this.#abilities, ...found };
		this.#knows = "all";
		this.#memory.keepAbilities(this.#abilities);
	}
}
