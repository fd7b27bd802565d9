import { randomInt } from "node:crypto";
import type { PrinterStatus, PrintProof, UnreachableReason } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Dialect, Reply } from "../dialects/dialect.ts";
import type { Confirmation, PrintAttempt, Printer, SendResult } from "../printer.ts";
import { NO_ABILITIES, type PrinterAbilities, proofOf } from "../printer-abilities.ts";
import type { PrinterMemory } from "../printer-memory.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import { CLOSED_BY_PRINTER, type Connection } from "../transport/connection.ts";
import type { Transport } from "../transport/transport.ts";
import { unreachableReason } from "../transport/unreachable.ts";
import { Dialogue } from "./dialogue.ts";
import { findProofAbilities, findStatusAbilities } from "./find-abilities.ts";
import { PrinterLink } from "./printer-link.ts";
import { PRINTER_TIMES, type PrinterTimes } from "./printer-times.ts";
import { type PrintedReply, TicketInFlight } from "./ticket-in-flight.ts";

const UNREACHABLE: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
const READY: PrinterStatus = { condition: "ready", paperNearEnd: false };
const unreachable = (reason: UnreachableReason): PrinterStatus => ({ ...UNREACHABLE, reason });

/** How a connection ends that the printer did not want. */
const TURNED_AWAY: ReadonlySet<string> = new Set([CLOSED_BY_PRINTER, "ECONNRESET", "EPIPE"]);
/** A printer that replied before may be busy; after so many refusals it is taken for another printer. */
const MAX_CLEAR_REFUSALS = 3;

/**
 * A printer at the end of a transport: keeps the connection open, finds out what the printer can do,
 * knows its state, and sends one ticket at a time. Two rules keep tickets whole: after anything
 * doubtful the printer's buffer is cleared before the next ticket, and that ticket begins with a cut.
 */
export class DirectPrinter implements Printer {
	readonly #dialect: Dialect;
	readonly #memory: PrinterMemory;
	readonly settings: PrinterSettings;
	readonly #times: PrinterTimes;
	readonly #link: PrinterLink;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	#status: PrinterStatus = UNREACHABLE;
	/** What the printer itself last reported. */
	#reported: PrinterStatus = UNREACHABLE;
	#dialogue: Dialogue | undefined;
	/** The one that the last check asked. */
	#askedDialogue: Dialogue | undefined;
	/** Kept from one connection to the next, and from one run to the next. */
	#abilities: PrinterAbilities | undefined;
	/** What of the abilities has been found out on this connection. */
	#knows: "nothing" | "status" | "all" = "nothing";
	/** One check at a time: two would take each other's answers. */
	#checking: Promise<PrinterStatus> | undefined;
	/** It was asked to clear its buffer and did not, although it can. Whatever else it says, it cannot be used. */
	#refusedToClear = false;
	/** How often in a row it did not. */
	#clearRefusals = 0;
	/** It answered the last check. */
	#isAnswering = false;
	/** The last ticket was given to a printer that says nothing of it. */
	#hasUnseenTicket = false;
	#inFlight: TicketInFlight | undefined;
	/** What an earlier ticket may have left: half a picture in the buffer, or only ink on the paper. */
	#leftover: "none" | "buffer" | "paper" = "none";
	/** Random at first: an answer to an earlier run's request must not match one of ours. */
	#sequence = randomInt(14 ** 4);

	constructor(
		transport: Transport,
		dialect: Dialect,
		settings: PrinterSettings,
		{ times, memory }: { times: Partial<PrinterTimes> | undefined; memory: PrinterMemory },
	) {
		this.#memory = memory;
		this.#abilities = memory.abilities;
		this.#dialect = dialect;
		this.settings = settings;
		this.#times = { ...PRINTER_TIMES, ...times };
		if (!settings.asksStatus) this.#abilities = NO_ABILITIES;
		this.#link = new PrinterLink(transport, dialect, this.#times, {
			onOpen: (connection) => this.#begin(connection),
			onReply: (reply) => this.#receive(reply),
			onEnd: (reason, reopens) => this.#end(reason, reopens),
			onFailure: (error) => this.#setStatus(unreachable(unreachableReason(error))),
			onHeartbeat: () => this.check(),
		});
		void this.#link.connect();
	}

	get status(): PrinterStatus {
		return this.#status;
	}

	get proof(): PrintProof {
		const proof = proofOf(this.#abilities);
		return proof === "confirmed" ? (this.settings.proof === "sent" ? "sent" : proof) : proof;
	}

	get abilities(): PrinterAbilities | undefined {
		return this.#abilities;
	}

	onStatus(listener: (status: PrinterStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	doubt(): void {
		this.#leftover = "buffer";
	}

	check(): Promise<PrinterStatus> {
		this.#checking ??= this.#check().finally(() => {
			this.#checking = undefined;
			// The connection was opened again meanwhile, and nothing has been asked over it.
			if (this.#dialogue !== this.#askedDialogue && this.#link.connection) void this.check();
		});
		return this.#checking;
	}

	print(bitmap: Bitmap): PrintAttempt {
		if (this.#inFlight) throw new Error("a printer takes one ticket at a time");
		const inFlight = new TicketInFlight({ start: this.#nextId(), end: this.#nextId() }, this.#dialect.printCounter);
		this.#inFlight = inFlight;
		return { sendResult: this.#send(bitmap, inFlight), confirmation: inFlight.confirmation };
	}

	close(): Promise<void> {
		return this.#link.close();
	}

	#nextId(): string {
		return this.#dialect.confirmationId(this.#sequence++);
	}

	async #check(): Promise<PrinterStatus> {
		await this.#link.connect();
		const dialogue = this.#dialogue;
		this.#askedDialogue = dialogue;
		// A question between the bytes of a picture would become part of the picture.
		if (!dialogue?.connection.open || this.#inFlight?.phase === "writing") return this.#status;
		this.#isAnswering = await this.#askStatus(dialogue);
		if (!this.#isAnswering) {
			// The answer to a ticket may still come: the connection stays open for it.
			if (!this.#inFlight) dialogue.connection.close("no-answer");
			return this.#status;
		}
		if (this.#inFlight || !dialogue.connection.open) return this.#status;
		if (this.#leftover === "buffer") await this.#clearForNextTicket(dialogue);
		if (this.#knows === "status" && this.#leftover !== "buffer" && this.#status.condition === "ready") {
			await this.#findProof(dialogue);
		}
		return this.#status;
	}

	/** False if the printer sent nothing that its dialect knows. */
	async #askStatus(dialogue: Dialogue): Promise<boolean> {
		const { answerMs } = this.#times;
		if (!this.settings.asksStatus) {
			this.#setStatus(READY);
			return true;
		}
		if (this.#knows === "nothing") {
			const found = await findStatusAbilities(dialogue, this.#dialect, this.#abilities, answerMs);
			if (!found) return false;
			this.#knows = "status";
			const { confirmsPaper, confirmsProcessing = false } = this.#abilities ?? {};
			this.#abilities = { confirmsPaper, confirmsProcessing, ...found };
			return true;
		}
		const questions = this.#abilities?.answeredQuestions ?? [];
		// It only reports changes by itself, so its last report still holds.
		if (questions.length === 0) return true;
		const { answered, isAlive } = await dialogue.askStatus(questions, answerMs);
		// It answered some: what it can do is found out again.
		if (answered.length < questions.length && !this.#inFlight) this.#knows = "nothing";
		return isAlive;
	}

	async #findProof(dialogue: Dialogue): Promise<void> {
		if (this.settings.proof === "sent") {
			const confirmsProcessing = await dialogue.askProcessed(this.#dialect.requestProcessed, this.#times.answerMs);
			this.#learnProof({ confirmsPaper: false, confirmsProcessing });
			return;
		}
		this.#learnProof(
			await findProofAbilities({
				dialogue,
				dialect: this.#dialect,
				known: this.#abilities?.confirmsPaper === undefined ? undefined : this.#abilities,
				answerMs: this.#times.answerMs,
				nextId: () => this.#nextId(),
				status: () => this.#status,
				clear: () => this.#clear(dialogue),
			}),
		);
	}

	#learnProof(found: Pick<PrinterAbilities, "confirmsPaper" | "confirmsProcessing">): void {
		if (found.confirmsPaper === undefined || !this.#abilities) return;
		this.#abilities = { ...this.#abilities, ...found };
		this.#knows = "all";
		this.#memory.keepAbilities(this.#abilities);
	}

	/** Half a picture left in the buffer would swallow the beginning of the next ticket. */
	async #clearForNextTicket(dialogue: Dialogue): Promise<void> {
		const { connection } = dialogue;
		const isCleared = await this.#clear(dialogue);
		if (!connection.open) return;
		this.#clearRefusals = isCleared ? 0 : this.#clearRefusals + 1;
		const isUnprovable = !isCleared && this.#reported.condition === "ready" && this.#mayBeUnableToReply();
		if (isCleared || isUnprovable) {
			this.#leftover = "paper";
			connection.send(this.#dialect.initSequence);
		}
		this.#refusedToClear = !isCleared && !isUnprovable;
		this.#setStatus(this.#reported);
	}

	/**
	 * A printer that never replies cannot show that its buffer is clear. The torn picture has been filled up, so
	 * nothing is left to swallow the next ticket, and no ticket may wait for ever.
	 */
	#mayBeUnableToReply(): boolean {
		const { confirmsPaper, confirmsProcessing } = this.#abilities ?? NO_ABILITIES;
		return (!confirmsPaper && !confirmsProcessing) || this.#clearRefusals >= MAX_CLEAR_REFUSALS;
	}

	/** True if the printer replied that nothing is left in its buffer. */
	async #clear(dialogue: Dialogue): Promise<boolean> {
		const { clearBuffer, requestProcessed } = this.#dialect;
		const { answerMs } = this.#times;
		const { widthDots } = this.settings;
		const fillUp = this.#dialect.fillUp(widthDots, this.settings.format);
		if (!this.settings.asksStatus) {
			dialogue.connection.send(fillUp);
			return false;
		}
		const isWeak = this.settings.proof === "sent" || this.#abilities?.confirmsPaper === false;
		if (clearBuffer && !isWeak && (await dialogue.askCleared(clearBuffer, answerMs))) return true;
		return dialogue.connection.open && dialogue.askProcessed(Buffer.concat([fillUp, requestProcessed]), answerMs);
	}

	async #send(bitmap: Bitmap, inFlight: TicketInFlight): Promise<SendResult> {
		const untouched = (reason: string): SendResult => {
			this.#settle({ kind: "doubtful", reason });
			return { kind: "untouched", reason };
		};
		const { connection } = this.#link;
		if (!connection) return untouched("unreachable");
		if (this.#leftover === "buffer") return untouched("buffer-not-cleared");
		if (this.#status.condition !== "ready") return untouched(this.#status.condition);
		inFlight.proof = this.#proofOfTicket();
		const start = inFlight.requestStart(this.#dialogue?.lastCount);
		const ticket = this.#dialect.encodeTicket(bitmap, this.settings.format, this.#leftover === "paper", start);
		inFlight.phase = "writing";
		inFlight.isFirstOfConnection = this.#link.countTicket() === 1;
		if (inFlight.proof === "processed") this.#dialogue?.expectProcessed();
		const written = await connection.write(Buffer.concat([ticket, this.#requestFor(inFlight)]), this.#times.writeMs);
		if (written.kind === "broken" && !written.touched) {
			inFlight.phase = "before";
			return untouched(written.reason);
		}
		this.#leftover = "none";
		this.#hasUnseenTicket = false;
		inFlight.phase = "sent";
		if (written.kind === "broken") {
			this.#settle({ kind: "doubtful", reason: written.reason });
			return { kind: "interrupted", reason: written.reason };
		}
		// It may have been confirmed, or have stopped, before the last write was reported.
		if (this.#inFlight === inFlight) this.#awaitProof(inFlight, bitmap.height);
		return { kind: "sent" };
	}

	#proofOfTicket(): TicketInFlight["proof"] {
		const { confirmsPaper, confirmsProcessing } = this.#abilities ?? {};
		if (confirmsPaper !== false) return "printed";
		return confirmsProcessing ? "processed" : "none";
	}

	#requestFor({ proof, endId }: TicketInFlight): Uint8Array {
		if (proof === "printed") return this.#dialect.requestPrinted(endId);
		return proof === "processed" ? this.#dialect.requestProcessed : new Uint8Array();
	}

	#awaitProof(inFlight: TicketInFlight, rows: number): void {
		if (inFlight.proof === "none") {
			// A printer that stops within the time of the paper reports it, if it reports anything.
			inFlight.expectConfirmation(this.#times.paperMs(rows), () => void this.#concludeWithoutReply(inFlight));
			return;
		}
		inFlight.expectConfirmation(this.#times.confirmMs, () => {
			// A printer that stopped to confirm may have become a weaker one: it is asked again.
			if (this.#knows === "all") this.#knows = "status";
			this.#settle({ kind: "doubtful", reason: "no-confirmation" });
		});
	}

	/** The bytes are gone and the time of the paper is over: the state after it is the only sign. */
	async #concludeWithoutReply(inFlight: TicketInFlight): Promise<void> {
		const { condition } = await this.check();
		if (this.#inFlight !== inFlight) return;
		const isWell = condition === "ready" && this.#isAnswering;
		if (isWell) this.#settle({ kind: "doubtful", reason: "sent-only" }, inFlight.wasCutOff ? "buffer" : "none");
		else this.#settle({ kind: "doubtful", reason: condition === "ready" ? "no-answer" : condition });
		this.#hasUnseenTicket = isWell;
	}

	/** Settles the ticket that is in flight, if there is one. */
	#settle(
		confirmation: Confirmation,
		leaves: "buffer" | "none" = confirmation.kind === "doubtful" ? "buffer" : "none",
	): void {
		const inFlight = this.#inFlight;
		if (!inFlight) return;
		this.#inFlight = undefined;
		if (leaves === "buffer" && inFlight.phase !== "before") this.#leftover = "buffer";
		inFlight.settle(confirmation);
		if (leaves === "none") this.#link.renewAfterTicket();
	}

	#begin(connection: Connection): void {
		this.#dialogue = new Dialogue(connection, this.#dialect, this.#dialogue?.openRequests);
		this.#knows = this.settings.asksStatus ? "nothing" : "all";
		// Half a picture in the buffer would swallow the init sequence: then it follows the clearing.
		if (this.#leftover !== "buffer" && this.settings.asksStatus) connection.send(this.#dialect.initSequence);
		// A host that accepts connections and says nothing is found before a visitor needs paper.
		void this.check();
	}

	#end(reason: string, reopens: boolean): void {
		this.#refusedToClear = false;
		const inFlight = this.#inFlight;
		// One that says nothing of a ticket may close the connection after it: its state shows whether it is well.
		if (inFlight?.proof === "none" && reopens && inFlight.isFirstOfConnection) inFlight.wasCutOff = true;
		else if (inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
		if (reopens) return;
		// It may have been switched off within that ticket.
		if (this.#hasUnseenTicket) this.#leftover = "buffer";
		this.#setStatus(unreachable(this.#reasonOfEnd(reason)));
	}

	#reasonOfEnd(reason: string): UnreachableReason {
		if (this.#dialogue?.hasSentNoise && this.#knows === "nothing") return "other-language";
		if (reason === "no-answer") return "no-answer";
		// It accepted the connection and closed it before it had sent anything: it serves another one.
		const wasTurnedAway = TURNED_AWAY.has(reason);
		return wasTurnedAway && this.settings.asksStatus && !this.#dialogue?.hasReplied ? "busy" : "unreachable";
	}

	#receive(received: Reply): void {
		const reply = this.#dialogue?.receive(received);
		switch (reply?.kind) {
			case "status":
				this.#link.markAlive();
				this.#setStatus(reply.status);
				if (reply.status.condition !== "ready") this.#stop(reply.status.condition);
				break;
			case "printed":
				if (this.#inFlight?.isAbout(reply.id)) this.#takePrinted(this.#inFlight, reply);
				// A late reply: it can confirm after all.
				else if (this.settings.proof !== "sent" && this.#abilities?.confirmsPaper === false) this.#knows = "status";
				break;
			case "processed":
			case "cleared":
				// It has processed the whole ticket, so nothing of it is left in the buffer.
				if (this.#inFlight?.proof === "processed") this.#settle({ kind: "doubtful", reason: "sent-only" }, "none");
				// A Star printer answers only when the paper is back: asked again, it now answers in time.
				else if (this.#refusedToClear) void this.check();
				break;
			default:
		}
	}

	#takePrinted(inFlight: TicketInFlight, reply: PrintedReply): void {
		const outcome = inFlight.judge(reply);
		if (outcome) this.#settle(outcome);
	}

	/** The printer stopped within a ticket. It may continue later, but then on two pieces of paper: that ticket is not printed. */
	#stop(reason: string): void {
		if (this.#inFlight?.phase === "writing") this.#link.connection?.close(reason);
		else if (this.#inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
	}

	#setStatus(reported: PrinterStatus): void {
		this.#reported = reported;
		const isBlocked = this.#refusedToClear && reported.condition === "ready";
		const paperNearEnd = reported.paperNearEnd && !this.settings.ignoresNearEnd;
		const status: PrinterStatus = { ...reported, paperNearEnd, ...(isBlocked && { condition: "error" }) };
		const before = this.#status;
		if (
			status.condition === before.condition &&
			status.reason === before.reason &&
			paperNearEnd === before.paperNearEnd
		)
			return;
		this.#status = status;
		for (const listener of this.#listeners) listener(status);
	}
}
