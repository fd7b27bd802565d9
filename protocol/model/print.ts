import { z } from "zod";

/**
 * The life of a print job. Each state is written down before the act that it names:
 * queued -> sending -> sent -> confirmed, or doubtful when nobody can say whether paper came
 * out, or failed when it surely did not and will not. A doubtful or failed job is `reprinted` once
 * a marked copy has taken its place. Only `confirmed` means "printed".
 */
export const PRINT_STATES = ["queued", "sending", "sent", "confirmed", "doubtful", "failed", "reprinted"] as const;
export const printStateSchema = z.enum(PRINT_STATES);
export type PrintState = z.infer<typeof printStateSchema>;

/** Reasons of a doubtful print that went well as far as its printer can say. */
export const UNPROVEN_REASONS = ["sent-only", "spooler"] as const;

/** The print of a ticket's last copy, as screens see it. */
export const ticketPrintSchema = z.object({
	state: printStateSchema,
	/** A doubtful one that went well as far as its printer can say. Left out of every other. */
	sentOnly: z.literal(true).optional(),
});
export type TicketPrint = z.infer<typeof ticketPrintSchema>;

/** What a printer says of itself, or what we know when it says nothing. */
export const PRINTER_CONDITIONS = [
	"ready",
	"unreachable",
	"offline",
	"cover-open",
	"paper-out",
	"cutter-error",
	"error",
] as const;
export const printerConditionSchema = z.enum(PRINTER_CONDITIONS);
export type PrinterCondition = z.infer<typeof printerConditionSchema>;

/** What a printer may be able to report of its state. */
export const STATE_PARTS = ["online", "paper", "cover", "error"] as const;
export const statePartSchema = z.enum(STATE_PARTS);
export type StatePart = z.infer<typeof statePartSchema>;

/**
 * The strongest statement that a printer can make of a ticket. `confirmed`: it is on paper. `sent`: the printer
 * received it. `none`: nothing; only the connection took it.
 */
const PRINT_PROOFS = ["confirmed", "sent", "none"] as const;
export const printProofSchema = z.enum(PRINT_PROOFS);
export type PrintProof = z.infer<typeof printProofSchema>;

/**
 * Why a printer is not reached, as far as anyone can tell. `no-answer`: it takes the connection and says
 * nothing that is understood; `other-language`: it says something, but not in the language of its address.
 */
const UNREACHABLE_REASONS = [
	"not-found",
	"not-a-device",
	"no-permission",
	"busy",
	"refused",
	"no-answer",
	"other-language",
	"unreachable",
] as const;
export const unreachableReasonSchema = z.enum(UNREACHABLE_REASONS);
export type UnreachableReason = z.infer<typeof unreachableReasonSchema>;

/** Also why a print queue of the machine cannot be used: there is none, it is stopped, or a job in it has not been printed. */
const PRINTER_REASONS = [
	...UNREACHABLE_REASONS,
	"queue-missing",
	"queue-stopped",
	"job-waiting",
	"job-stuck",
	/** There is no printer yet. */
	"none-chosen",
] as const;

const printerTroubleSchema = z.object({
	condition: printerConditionSchema,
	/** Why it is unreachable or offline, if known. */
	reason: z.enum(PRINTER_REASONS).optional(),
});

export const printerStatusSchema = printerTroubleSchema.extend({
	/** The roll is almost used up; printing goes on. */
	paperNearEnd: z.boolean(),
	/** This is the stand-by printer: it prints because the first one cannot, `since` so many UTC milliseconds. */
	insteadOf: printerTroubleSchema.extend({ since: z.int().min(0) }).optional(),
});
export type PrinterStatus = z.infer<typeof printerStatusSchema>;
