import { randomInt } from "node:crypto";
import type { PrinterStatus, PrintProof } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Dialect, Reply } from "../dialects/dialect.ts";
import type { Confirmation, PrintAttempt, Printer, SendResult } from "../printer.ts";
import type { PrinterAbilities } from "../printer-abilities.ts";
import type { PrinterMemory } from "../printer-memory.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import { millimetresOf } from "../resolution.ts";
import type { Connection } from "../transport/connection.ts";
import type { Transport } from "../transport/transport.ts";
import { unreachableReason } from "../transport/unreachable.ts";
import { ConfirmationTime } from "./confirmation-time.ts";
import { Dialogue } from "./dialogue.ts";
import { LearnedAbilities, type PrinterNow } from "./learned-abilities.ts";
import { Leftover } from "./leftover.ts";
import { isFalselyOffline } from "./offline-claim.ts";
import { PrinterLink } from "./printer-link.ts";
import { PrinterState, READY } from "./printer-state.ts";
import { PRINTER_TIMES, type PrinterTimes } from "./printer-times.ts";
import { reasonOfEnd, TELNET } from "./reason-of-end.ts";
import { type PrintedReply, TicketInFlight } from "./ticket-in-flight.ts";

/**
 * A printer at the end of a transport: keeps the connection open, finds out what the printer can do,
 * knows its state, and sends one ticket at a time. Two rules keep tickets whole: after anything
 * doubtful the printer's buffer is cleared before the next ticket, and that ticket begins with a cut.
 */
export class DirectPrinter implements Printer {
	readonly #dialect: Dialect;
	readonly settings: PrinterSettings;
	readonly #times: PrinterTimes;
	readonly #link: PrinterLink;
	readonly #state: PrinterState;
	readonly #abilities: LearnedAbilities;
	readonly #leftover: Leftover;
	readonly #confirmationTime: ConfirmationTime;
	readonly #now: PrinterNow = {
		isIdle: () => !this.#inFlight,
		isReady: () => this.#state.isReady,
		isTorn: () => this.#leftover.where === "buffer",
		nextId: () => this.#nextId(),
	};
	#dialogue: Dialogue | undefined;
	/** The one that the last check asked. */
	#askedDialogue: Dialogue | undefined;
	/** One check at a time: two would take each other's answers. */
	#checking: Promise<PrinterStatus> | undefined;
	/** It answered the last check. */
	#isAnswering = false;
	/** The last ticket was given to a printer that says nothing of it. */
	#hasUnseenTicket = false;
	#inFlight: TicketInFlight | undefined;
	/** Random at first: an answer to an earlier run's request must not match one of ours. */
	#sequence = randomInt(14 ** 4);

	constructor(
		transport: Transport,
		dialect: Dialect,
		settings: PrinterSettings,
		{ times, memory }: { times: Partial<PrinterTimes> | undefined; memory: PrinterMemory },
	) {
		this.#dialect = dialect;
		this.settings = settings;
		this.#times = { ...PRINTER_TIMES, ...times };
		const { answerMs, confirmMs } = this.#times;
		this.#state = new PrinterState(settings.ignoresNearEnd);
		this.#abilities = new LearnedAbilities(dialect, memory, settings, answerMs);
		this.#leftover = new Leftover(dialect, settings, answerMs);
		this.#confirmationTime = new ConfirmationTime(confirmMs);
		this.#link = new PrinterLink(transport, dialect, this.#times, {
			onOpen: (connection) => this.#begin(connection),
			onReply: (reply) => this.#receive(reply),
			onEnd: (reason, reopens) => this.#end(reason, reopens),
			onFailure: (error) => this.#state.reportUnreachable(unreachableReason(error)),
			onHeartbeat: () => this.check(),
		});
		void this.#link.connect();
	}

	get status(): PrinterStatus {
		return this.#state.status;
	}

	get proof(): PrintProof | null {
		return this.#abilities.proof;
	}

	get abilities(): PrinterAbilities | undefined {
		return this.#abilities.current;
	}

	onStatus(listener: (status: PrinterStatus) => void): () => void {
		return this.#state.onChange(listener);
	}

	doubt(): void {
		this.#leftover.where = "buffer";
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
		if (!dialogue?.connection.open || this.#inFlight?.phase === "writing") return this.status;
		this.#isAnswering = await this.#askStatus(dialogue);
		if (!this.#isAnswering) {
			// The answer to a ticket may still come: the connection stays open for it.
			if (!this.#inFlight) dialogue.connection.close("no-answer");
			return this.status;
		}
		if (this.#inFlight || !dialogue.connection.open) return this.status;
		if (this.#state.reported.condition === "offline") await this.#doubtOffline(dialogue);
		const wasTorn = this.#leftover.where === "buffer";
		if (wasTorn) await this.#clearForNextTicket(dialogue);
		const isClear = this.#leftover.where !== "buffer";
		if (this.#abilities.lacksProof && isClear && this.#state.isReady) await this.#findProof(dialogue);
		if (wasTorn && isClear) this.#link.renewAfterClearing();
		return this.status;
	}

	/** False if the printer sent nothing that its dialect knows. */
	async #askStatus(dialogue: Dialogue): Promise<boolean> {
		const isAlive = !this.settings.asksStatus || (await this.#abilities.askStatus(dialogue, this.#now));
		if (isAlive && this.#abilities.saysNothingOfState) this.#state.report(READY);
		return isAlive;
	}

	async #doubtOffline(dialogue: Dialogue): Promise<void> {
		const { widthDots, format } = this.settings;
		const fill = this.#now.isTorn() ? this.#dialect.fillUp(widthDots, format) : new Uint8Array();
		const request = Buffer.concat([fill, this.#dialect.requestProcessed]);
		const askAgain = async () => {
			await this.#askStatus(dialogue);
			return this.#state.reported.condition;
		};
		if (!(await isFalselyOffline(dialogue, request, this.#times.answerMs, askAgain))) return;
		this.#state.isFalselyOffline = true;
		this.#state.report(this.#state.reported);
	}

	#findProof(dialogue: Dialogue): Promise<void> {
		return this.#abilities.findProof(dialogue, {
			nextId: () => this.#nextId(),
			status: () => this.status,
			clear: () => this.#leftover.clearBuffer(dialogue, this.abilities),
		});
	}

	async #clearForNextTicket(dialogue: Dialogue): Promise<void> {
		const reported = () => this.#state.reported.condition;
		const outcome = await this.#leftover.removeFromBuffer(dialogue, this.abilities, reported);
		if (outcome === "connection-ended") return;
		this.#state.refusedToClear = outcome === "refused";
		this.#state.report(this.#state.reported);
	}

	async #send(bitmap: Bitmap, inFlight: TicketInFlight): Promise<SendResult> {
		const untouched = (reason: string): SendResult => {
			this.#settle({ kind: "doubtful", reason });
			return { kind: "untouched", reason };
		};
		const { connection } = this.#link;
		if (!connection) return untouched("unreachable");
		if (this.#leftover.where === "buffer") return untouched("buffer-not-cleared");
		if (!this.#state.isReady) return untouched(this.status.condition);
		inFlight.proof = this.#abilities.proofOfTicket;
		const bytes = this.#encode(bitmap, inFlight);
		inFlight.phase = "writing";
		inFlight.isFirstOfConnection = this.#link.countTicket() === 1;
		if (inFlight.proof === "processed") this.#dialogue?.expectProcessed();
		const written = await connection.write(bytes, this.#times.writeMs);
		if (written.kind === "broken" && !written.touched) {
			inFlight.phase = "before";
			return untouched(written.reason);
		}
		this.#leftover.where = "none";
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

	/** The ticket, and the requests that prove it. */
	#encode(bitmap: Bitmap, inFlight: TicketInFlight): Uint8Array {
		const { requestProcessed } = this.#dialect;
		const start = inFlight.requestStart(this.#dialogue?.lastCount);
		const { format } = this.settings;
		const ticket = this.#dialect.encodeTicket(bitmap, format, this.#leftover.where !== "none", start);
		const { fillBefore } = this.#leftover;
		switch (inFlight.proof) {
			case "printed":
				return Buffer.concat([fillBefore, ticket, this.#dialect.requestPrinted(inFlight.endId)]);
			case "processed":
				return Buffer.concat([fillBefore, ticket, requestProcessed]);
			default:
				return Buffer.concat([fillBefore, ticket]);
		}
	}

	#awaitProof(inFlight: TicketInFlight, rows: number): void {
		if (inFlight.proof === "none") {
			// A printer that stops within the time of the paper reports it, if it reports anything.
			inFlight.expectConfirmation(
				this.#times.paperMs(millimetresOf(rows, this.settings.dpi)),
				() => void this.#concludeWithoutReply(inFlight),
			);
			return;
		}
		inFlight.expectConfirmation(this.#confirmationTime.ms, () => {
			this.#abilities.doubtProof();
			this.#confirmationTime.noteMissed(inFlight.endId);
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
		if (leaves === "buffer" && inFlight.phase !== "before") this.#leftover.where = "buffer";
		inFlight.settle(confirmation);
		if (leaves === "none") this.#link.renewAfterTicket();
	}

	#begin(connection: Connection): void {
		this.#dialogue = new Dialogue(connection, this.#dialect, this.#dialogue?.openRequests);
		this.#abilities.begin();
		this.#state.isFalselyOffline = false;
		this.#confirmationTime.reset();
		// Half a picture in the buffer would swallow the init sequence: then it follows the clearing.
		if (this.#leftover.where !== "buffer" && this.settings.asksStatus) connection.send(this.#dialect.initSequence);
		// A host that accepts connections and says nothing is found before a visitor needs paper.
		void this.check();
	}

	#end(reason: string, reopens: boolean): void {
		this.#state.refusedToClear = false;
		const inFlight = this.#inFlight;
		// One that says nothing of a ticket may close the connection after it: its state shows whether it is well.
		if (inFlight?.proof === "none" && reopens && inFlight.isFirstOfConnection) inFlight.wasCutOff = true;
		else if (inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
		if (reopens) return;
		// It may have been switched off within that ticket.
		if (this.#hasUnseenTicket) this.#leftover.where = "buffer";
		const { isUnknown } = this.#abilities;
		const { asksStatus } = this.settings;
		this.#state.reportUnreachable(reasonOfEnd(reason, this.#dialogue, { isUnknown, asksStatus }));
	}

	#receive(received: Reply): void {
		const reply = this.#dialogue?.receive(received);
		if (this.#dialogue?.speaksTelnet) this.#dialogue.connection.close(TELNET);
		switch (reply?.kind) {
			case "status":
				this.#link.markAlive();
				this.#state.report(reply.status);
				if (this.#state.reported.condition !== "ready") this.#stop(this.#state.reported.condition);
				break;
			case "printed":
				if (this.#inFlight?.isAbout(reply.id)) this.#takePrinted(this.#inFlight, reply);
				else this.#takeLateConfirmation(reply);
				break;
			case "processed":
			case "cleared":
				// It has processed the whole ticket, so nothing of it is left in the buffer.
				if (this.#inFlight?.proof === "processed") this.#settle({ kind: "doubtful", reason: "sent-only" }, "none");
				// A Star printer answers only when the paper is back: asked again, it now answers in time.
				else if (this.#state.refusedToClear) void this.check();
				break;
			default:
		}
	}

	#takePrinted(inFlight: TicketInFlight, reply: PrintedReply): void {
		const outcome = inFlight.judge(reply);
		if (outcome) this.#settle(outcome);
	}

	#takeLateConfirmation({ id }: PrintedReply): void {
		this.#abilities.noticeLateConfirmation();
		this.#confirmationTime.noteLate(id);
	}

	/** The printer stopped within a ticket. It may continue later, but then on two pieces of paper: that ticket is not printed. */
	#stop(reason: string): void {
		if (this.#inFlight?.phase === "writing") this.#link.connection?.close(reason);
		else if (this.#inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
	}
}
