import { setTimeout as pause } from "node:timers/promises";
import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Dialect, Reply } from "../dialects/dialect.ts";
import type { Connection } from "../transport/connection.ts";

/** A printer that repeats its answer does so at once. */
const REPEATED_WITHIN_MS = 30;
/** How many times as long as an ordinary printer. */
const SLOW_PRINTERS_NEED = 2;

export interface StatusAnswers {
	/** The questions that were answered, by index. */
	answered: number[];
	/** The printer sent something that its dialect knows while it was asked. */
	isAlive: boolean;
}

/**
 * Questions and answers over one connection. An answer that does not come is no error here: every
 * question resolves after its time.
 */
export class Dialogue {
	readonly connection: Connection;
	readonly #dialect: Dialect;
	/** It has sent something that its dialect does not know. */
	hasSentNoise = false;
	/** It negotiates as telnet does (RFC 854). Such a port changes pictures on their way. */
	speaksTelnet = false;
	/** It has reported its state without being asked. */
	reportsChanges = false;
	/** It answers a question more than once: asked together, nothing tells which answer belongs to which question. */
	#answersOften = false;
	/** It answers later than an ordinary printer: it gets more time for each answer. */
	#patience = 1;
	/** The last questions were all answered. */
	#isAnswered = false;
	#replies = 0;
	/** Questions without an answer yet, oldest first. */
	readonly #open: number[] = [];
	/** The latest answer to each question. */
	readonly #answers = new Map<number, number>();
	#onAnswer: (() => void) | undefined;
	#onLate: (() => void) | undefined;
	#lastCount: number | undefined;
	#printed: { id: string; resolve(answered: boolean): void } | undefined;
	/** Requests for "processed" without a reply yet. Replies look alike, and arrive in the order of the requests. */
	#openRequests: number;
	#onProcessed: (() => void) | undefined;

	/** `openRequests`: of the connection before, whose replies may come over this one. */
	constructor(connection: Connection, dialect: Dialect, openRequests = 0) {
		this.connection = connection;
		this.#dialect = dialect;
		this.#openRequests = openRequests;
	}

	/** The count of the last reply "printed", where the dialect counts them. */
	get lastCount(): number | undefined {
		return this.#lastCount;
	}

	get openRequests(): number {
		return this.#openRequests;
	}

	/** It has sent something that its dialect knows. */
	get hasReplied(): boolean {
		return this.#replies > 0;
	}

	/** Asks for parts of the printer's state. Resolves when all are answered, or after `timeoutMs`. */
	async askStatus(questions: readonly number[], timeoutMs: number): Promise<StatusAnswers> {
		if (!this.#answersOften || questions.length < 2) return this.#askTogether(questions, timeoutMs);
		const all: StatusAnswers = { answered: [], isAlive: false };
		for (const question of questions) {
			const one = await this.#askTogether([question], timeoutMs);
			all.answered.push(...one.answered);
			all.isAlive ||= one.isAlive;
			// What still comes belongs to no question.
			await pause(REPEATED_WITHIN_MS);
		}
		return all;
	}

	async #askTogether(questions: readonly number[], timeoutMs: number): Promise<StatusAnswers> {
		this.#isAnswered = false;
		const repliesBefore = this.#replies;
		this.#open.length = 0;
		const answered: number[] = [];
		for (const question of questions) {
			this.#open.push(question);
			this.connection.send(this.#dialect.statusQuestions[question] ?? new Uint8Array());
		}
		const done = Promise.withResolvers<boolean>();
		const pending = new Set(questions);
		this.#onAnswer = () => {
			for (const question of pending) if (!this.#open.includes(question)) answered.push(question);
			for (const question of answered) pending.delete(question);
			this.#isAnswered = pending.size === 0;
			if (this.#isAnswered) done.resolve(true);
		};
		await within(timeoutMs * this.#patience, done.promise, this.connection);
		this.#onAnswer = undefined;
		this.#open.length = 0;
		// Answers look alike: with one missing, nothing tells which question each of the others answers. And what was not
		// answered is unknown now: an open cover that was closed must not stay open for ever.
		if (pending.size > 0) for (const question of questions) this.#answers.delete(question);
		return { answered, isAlive: this.#replies > repliesBefore };
	}

	/**
	 * True if an answer to earlier questions still comes within `ms`: the printer is slow, and from now on gets the time.
	 * Resolves when all that is late has come.
	 */
	async awaitLateAnswer(ms: number): Promise<boolean> {
		const late = Promise.withResolvers<boolean>();
		this.#onLate = () => late.resolve(true);
		const isSlow = await within(ms, late.promise, this.connection);
		this.#onLate = undefined;
		if (!isSlow) return false;
		this.#patience = SLOW_PRINTERS_NEED;
		await pause(ms);
		return true;
	}

	/** Asks whether everything so far is on paper. False if no reply came in time. */
	async askPrinted(id: string, timeoutMs: number): Promise<boolean> {
		const reply = Promise.withResolvers<boolean>();
		this.#printed = { id, resolve: reply.resolve };
		this.connection.send(this.#dialect.requestPrinted(id));
		const answered = await within(timeoutMs * this.#patience, reply.promise, this.connection);
		this.#printed = undefined;
		return answered;
	}

	/**
	 * Asks in every other way, where no status question was answered. `fill`: ends a torn picture that would swallow the
	 * requests. False also for a host that says more or less than it was asked, such as one that echoes.
	 */
	async showsLife({ fill, id }: { fill: Uint8Array; id: string }, timeoutMs: number): Promise<boolean> {
		const { requestProcessed, requestPrinted } = this.#dialect;
		const life = Promise.withResolvers<boolean>();
		this.#printed = { id, resolve: life.resolve };
		// Twice: a host that acknowledges whatever comes answers once.
		this.#openRequests = 2;
		this.#onProcessed = () => {
			if (this.#openRequests === 0) life.resolve(true);
		};
		this.connection.send(Buffer.concat([fill, requestProcessed, requestProcessed, requestPrinted(id)]));
		const isAlive = await within(timeoutMs, life.promise, this.connection);
		this.#onProcessed = undefined;
		if (isAlive) await pause(REPEATED_WITHIN_MS);
		this.#printed = undefined;
		this.#openRequests = 0;
		return isAlive && this.connection.open && !this.hasSentNoise;
	}

	/** Asks the printer to empty its buffer at once. False if no reply came in time. */
	async askCleared(command: Uint8Array, timeoutMs: number): Promise<boolean> {
		const reply = Promise.withResolvers<boolean>();
		this.#onProcessed = () => reply.resolve(true);
		this.connection.send(command);
		const answered = await within(timeoutMs * this.#patience, reply.promise, this.connection);
		this.#onProcessed = undefined;
		return answered;
	}

	/**
	 * Sends something that ends with a request for "processed". False if no reply came in time. Where earlier requests
	 * are open, their replies are waited for too: one that came later would be taken for the next ticket's.
	 */
	async askProcessed(bytes: Uint8Array, timeoutMs: number): Promise<boolean> {
		const reply = Promise.withResolvers<boolean>();
		let hasReplied = false;
		this.#onProcessed = () => {
			hasReplied = true;
			if (this.#openRequests === 0) reply.resolve(true);
		};
		this.expectProcessed();
		this.connection.send(bytes);
		await within(timeoutMs * this.#patience, reply.promise, this.connection);
		this.#onProcessed = undefined;
		// The others were lost with a torn ticket.
		if (hasReplied) this.#openRequests = 0;
		return hasReplied;
	}

	/** A request for "processed" is about to be sent. */
	expectProcessed(): void {
		this.#openRequests += 1;
	}

	/** Takes a reply, and returns it if it concerns more than the question that it answers. */
	receive(reply: Reply): Reply | undefined {
		if (reply.kind === "noise" || (reply.kind === "processed" && this.#openRequests === 0)) {
			this.hasSentNoise = true;
			if (reply.kind === "noise") this.speaksTelnet ||= isTelnetNegotiation(reply.bytes);
			return undefined;
		}
		this.#replies += 1;
		switch (reply.kind) {
			case "status":
				this.#takeStatus();
				return reply;
			case "answer":
				return this.#takeAnswer(reply.byte);
			case "printed":
				this.#lastCount = reply.count;
				if (this.#printed?.id !== reply.id) return reply;
				this.#printed.resolve(true);
				return undefined;
			case "processed":
				this.#openRequests -= 1;
				return this.#takeProcessed(reply);
			case "cleared":
				// A command that clears the buffer takes the requests in it away; without one, this is the reply to a request.
				this.#openRequests = this.#dialect.clearBuffer ? 0 : Math.max(0, this.#openRequests - 1);
				return this.#takeProcessed(reply);
			default:
				return reply satisfies never;
		}
	}

	/** A dialect whose only answer is the whole state: it answers the oldest question. */
	#takeStatus(): void {
		if (this.#dialect.statusQuestions.length === 1 && this.#open.length > 0) {
			this.#open.shift();
			this.#onAnswer?.();
		} else {
			this.reportsChanges = true;
		}
	}

	/** The state by all answers so far, once the last open question is answered. */
	#takeAnswer(byte: number): Reply | undefined {
		const question = this.#open.shift();
		// A late answer, or one more: which question it answers is unknown.
		if (question === undefined) {
			this.#answersOften ||= this.#isAnswered;
			this.#onLate?.();
			return undefined;
		}
		this.#answers.set(question, byte);
		this.#onAnswer?.();
		return this.#open.length === 0 ? { kind: "status", status: this.status } : undefined;
	}

	#takeProcessed(reply: Reply): Reply | undefined {
		this.#onProcessed?.();
		// It answers an earlier request where one is still open.
		return this.#onProcessed || this.#openRequests > 0 ? undefined : reply;
	}

	/** The state by the answers so far. */
	get status(): PrinterStatus {
		return this.#dialect.statusOf(this.#answers);
	}
}

/** IAC, and one of WILL, WONT, DO and DONT. */
function isTelnetNegotiation(bytes: Uint8Array): boolean {
	return bytes.some((byte, at) => byte === 0xff && (bytes[at + 1] ?? 0) >= 0xfb && (bytes[at + 1] ?? 0) <= 0xfe);
}

/** False if the promise has not resolved in time, or the connection has ended. */
async function within(ms: number, promise: Promise<boolean>, connection: Connection): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(resolve, ms, false);
		connection.onceEnded(() => resolve(false));
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
