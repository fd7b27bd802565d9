import { type PrinterStatus, STATE_PARTS } from "../../../protocol/model/print.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { PrinterAbilities } from "../printer-abilities.ts";
import type { Dialogue } from "./dialogue.ts";

/** A question that was never answered before gets this part of the usual time. */
const IMPATIENCE = 4;

type StatusAbilities = Pick<PrinterAbilities, "answeredQuestions" | "reports" | "reportsChanges">;

/**
 * Finds out which status questions the printer answers. `showsLife`: asks in other ways, where none is answered.
 * Undefined if it sends nothing that its dialect knows.
 */
export async function findStatusAbilities(
	dialogue: Dialogue,
	dialect: Dialect,
	known: PrinterAbilities | undefined,
	answerMs: number,
	showsLife: () => Promise<boolean>,
): Promise<StatusAbilities | undefined> {
	const all = dialect.statusQuestions.map((_, question) => question);
	// All at once: an ordinary printer answers them all, and costs no extra time.
	let { answered, isAlive } = await dialogue.askStatus(all, answerMs);
	if (answered.length === 0 && (await dialogue.awaitLateAnswer(answerMs))) {
		({ answered, isAlive } = await dialogue.askStatus(all, answerMs));
	}
	if (answered.length === all.length) return statusAbilities(dialogue, dialect, all);
	if (!isAlive && !dialogue.reportsChanges) {
		return (await showsLife()) ? statusAbilities(dialogue, dialect, []) : undefined;
	}
	// Which of them it answered is unknown, because answers look alike: asked one by one.
	const answeredQuestions: number[] = [];
	for (const question of all) {
		const isExpected = known === undefined || known.answeredQuestions.includes(question);
		const one = await dialogue.askStatus([question], isExpected ? answerMs : answerMs / IMPATIENCE);
		answeredQuestions.push(...one.answered);
	}
	return statusAbilities(dialogue, dialect, answeredQuestions);
}

function statusAbilities(dialogue: Dialogue, dialect: Dialect, answeredQuestions: number[]): StatusAbilities {
	const { reportsChanges } = dialogue;
	const answered = answeredQuestions.flatMap((question) => dialect.answeredParts[question] ?? []);
	// A report without a question always holds the whole state.
	return { answeredQuestions, reportsChanges, reports: reportsChanges ? STATE_PARTS : answered };
}

export type ProofQuestion = "printed" | "processed" | "cleared";

export interface ProofQuestions {
	dialogue: Dialogue;
	dialect: Dialect;
	known: PrinterAbilities | undefined;
	answerMs: number;
	nextId(): string;
	/** The state meanwhile. A printer that cannot print processes nothing, so its silence proves nothing. */
	status(): PrinterStatus;
	/** Makes sure that no torn picture swallows the questions. False if the printer does not reply. */
	clear(): Promise<boolean>;
	/** Asks, unless the printer has answered this question with the end of the connection, again and again. */
	ask(question: ProofQuestion, answer: () => Promise<boolean>): Promise<boolean>;
}

/** Finds out what the printer can say of a ticket. `confirmsPaper` stays undefined if it could not be found out now. */
export async function findProofAbilities(
	questions: ProofQuestions,
): Promise<Pick<PrinterAbilities, "confirmsPaper" | "confirmsProcessing">> {
	const { dialogue, dialect, known, answerMs, status, clear, ask } = questions;
	const isConclusive = () => dialogue.connection.open && status().condition === "ready";
	const timeoutMs = known?.confirmsPaper === false ? answerMs / IMPATIENCE : answerMs;
	const askConfirms = () => ask("printed", () => confirmsPaper(questions, timeoutMs));
	if (await askConfirms()) return { confirmsPaper: true, confirmsProcessing: true };
	if (!isConclusive()) return { confirmsPaper: undefined, confirmsProcessing: false };
	if (await ask("processed", () => dialogue.askProcessed(dialect.requestProcessed, timeoutMs))) {
		// Asked twice: one lost reply must not make a good printer a weak one.
		return { confirmsPaper: await askConfirms(), confirmsProcessing: true };
	}
	if (known === undefined && isConclusive() && (await ask("cleared", clear))) {
		const confirms = await askConfirms();
		return { confirmsPaper: confirms, confirmsProcessing: confirms };
	}
	return { confirmsPaper: isConclusive() ? false : undefined, confirmsProcessing: false };
}

/** Where the dialect counts the replies, a printer that does not count on cannot show that it forgot nothing. */
async function confirmsPaper({ dialogue, dialect, nextId }: ProofQuestions, timeoutMs: number): Promise<boolean> {
	const ask = () => dialogue.askPrinted(nextId(), timeoutMs);
	if (!(await ask())) return false;
	if (!dialect.printCounter) return true;
	// Twice: once in a while the count begins anew, which looks like a restart.
	for (let turn = 0; turn < 2; turn++) {
		const before = dialogue.lastCount;
		if (!(await ask())) return false;
		if (dialect.printCounter.isNext(before, dialogue.lastCount)) return true;
	}
	return false;
}
