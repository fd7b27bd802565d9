import type { PrintProof, StatePart } from "../../protocol/model/print.ts";

/** What one printer can do, as it showed when it was asked. */
export interface PrinterAbilities {
	/** The status questions of its dialect that it answers, by index. */
	answeredQuestions: readonly number[];
	/** What it reports of its state, asked or by itself. */
	reports: readonly StatePart[];
	/** It reports changes of its state by itself. */
	reportsChanges: boolean;
	/** It says when everything before a request is on paper. Undefined: not found out yet. */
	confirmsPaper: boolean | undefined;
	/** It says when it has processed everything before a request. */
	confirmsProcessing: boolean;
}

/** A printer that is never asked anything. */
export const NO_ABILITIES: PrinterAbilities = {
	answeredQuestions: [],
	reports: [],
	reportsChanges: false,
	confirmsPaper: false,
	confirmsProcessing: false,
};

/** The strongest proof that such a printer can give; null before it has shown what it can do. */
export function proofOf(abilities: PrinterAbilities | undefined): PrintProof | null {
	if (abilities?.confirmsPaper === undefined) return null;
	if (abilities.confirmsPaper) return "confirmed";
	const { answeredQuestions, reportsChanges, confirmsProcessing } = abilities;
	return confirmsProcessing || reportsChanges || answeredQuestions.length > 0 ? "sent" : "none";
}
