import { UserError } from "../lib/errors.ts";

export const FAULT_KINDS = [
	"paper-out",
	"cover-open",
	"cutter-jam",
	"reset",
	"power-loss",
	"never-reads",
	"refuses",
	"closes",
	"lost-reply",
	"split-reply",
	"mixed-reply",
	"replug",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
	kind: FaultKind;
	/** Every how manieth ticket: 1 is each. */
	every: number;
	/** Milliseconds until it is put right by itself. */
	lasts: number;
}

/** As long as somebody needs to close a cover. */
const LASTS_MS = 3_000;
const PART = /^([a-z-]+)(?::([1-9]\d{0,5})(?::(\d{1,7}))?)?$/;

/**
 * Reads "paper-out:5,lost-reply:3:2000", which is kind[:every[:lasts]]. Without more a fault strikes
 * each ticket and lasts three seconds. Throws PlainError FAULTS_INVALID, which names the part.
 */
export function parseFaults(text: string): Fault[] {
	return text.split(",").map((part) => {
		const [, name, every = "1", lasts = String(LASTS_MS)] = PART.exec(part.trim()) ?? [];
		const kind = FAULT_KINDS.find((known) => known === name);
		if (!kind) {
			const sentence = `${JSON.stringify(part)} is no fault: write KIND, KIND:EVERY or KIND:EVERY:MILLISECONDS, with one of ${FAULT_KINDS.join(", ")}.`;
			throw new UserError("FAULTS_INVALID", sentence, { exitCode: 2 });
		}
		return { kind, every: Number(every), lasts: Number(lasts) };
	});
}
