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
	/** 1: at every ticket; 2: at every second one. */
	every: number;
	/** How long until it is put right by itself. */
	lastsMs: number;
}

/** About as long as a person needs to close a cover. */
const DEFAULT_LASTS_MS = 3_000;
const PART = /^([a-z-]+)(?::([1-9]\d{0,5})(?::(\d{1,7}))?)?$/;

/**
 * Reads "paper-out:5,lost-reply:3:2000": kind[:every[:milliseconds]]. By default a fault strikes
 * every ticket and lasts three seconds. Throws UserError FAULTS_INVALID, which names the part.
 */
export function parseFaults(text: string): Fault[] {
	return text.split(",").map((part) => {
		const [, name, every = "1", lastsMs = String(DEFAULT_LASTS_MS)] = PART.exec(part.trim()) ?? [];
		const kind = FAULT_KINDS.find((known) => known === name);
		if (!kind) {
			const sentence = `${JSON.stringify(part)} is not a fault. Write KIND, KIND:EVERY or KIND:EVERY:MILLISECONDS, where KIND is one of ${FAULT_KINDS.join(", ")}.`;
			throw new UserError("FAULTS_INVALID", sentence, { exitCode: 2 });
		}
		return { kind, every: Number(every), lastsMs: Number(lastsMs) };
	});
}
