import { oc } from "@orpc/contract";
import { z } from "zod";
import { sessionSchema } from "../model/staff.ts";
import {
	cancelReasonSchema,
	givenClassSchema,
	instantSchema,
	noteSchema,
	ticketOutcomeSchema,
	ticketSchema,
	whetherToldSchema,
} from "../model/ticket.ts";
import { expectedVisitSchema } from "../model/visit.ts";
import { queueSchema } from "./board.ts";
import { counterInput, refusals } from "./contract-helpers.ts";
import type { RefusalCode } from "./refusals.ts";

/** An act on the ticket at a counter. Naming ticket and version guards against acting on what has changed. */
const actSchema = z.strictObject({
	counter: z.string().max(16),
	ticket: z.uuid().optional(),
	version: z.int().min(1).optional(),
});

const counterAct = <Input extends z.ZodType>(act: string, summary: string, input: Input) =>
	oc
		.route({ method: "POST", path: `/counters/{counter}/${act}`, summary, tags: ["desk"] })
		.errors(
			refusals(
				"SIGN_IN_REQUIRED",
				"COUNTER_UNKNOWN",
				"COUNTER_NOT_YOURS",
				"COUNTER_IDLE",
				"TICKET_STATE",
				"TICKET_CHANGED",
			),
		)
		.input(input)
		.output(ticketSchema);

/** An act on one ticket, wherever it is. The version seen guards against acting on what has changed. */
const ticketActInput = <Shape extends z.ZodRawShape>(
	act: string,
	summary: string,
	shape: Shape,
	...more: RefusalCode[]
) =>
	oc
		.route({ method: "POST", path: `/tickets/{id}/${act}`, summary, tags: ["desk"] })
		.errors(
			refusals("SIGN_IN_REQUIRED", "TICKET_UNKNOWN", "TICKET_ELSEWHERE", "TICKET_STATE", "TICKET_CHANGED", ...more),
		)
		.input(z.strictObject({ id: z.string().max(64), version: z.int().min(1), ...shape }));

const ticketAct = <Shape extends z.ZodRawShape>(act: string, summary: string, shape: Shape, ...more: RefusalCode[]) =>
	ticketActInput(act, summary, shape, ...more).output(ticketSchema);

/** What staff do at a desk. */
export const deskContract = {
	session: {
		open: oc
			.route({ method: "POST", path: "/session", summary: "Sign in at a counter", tags: ["desk"], successStatus: 201 })
			.errors(refusals("SIGN_IN_REFUSED", "STAFF_LOCKED", "COUNTER_UNKNOWN", "COUNTER_TAKEN"))
			.input(
				z.strictObject({
					staff: z.string().min(1).max(64),
					pin: z.string().min(1).max(32),
					counter: z.string().max(16),
					/** Ends the session of whoever is at the counter: a handover. */
					takeOver: z.boolean().default(false),
				}),
			)
			.output(sessionSchema),
		close: oc
			.route({ method: "DELETE", path: "/session", summary: "Sign out", tags: ["desk"], successStatus: 204 })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
		pause: oc
			.route({ method: "POST", path: "/session/pause", summary: "Begin a break", tags: ["desk"], successStatus: 204 })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
		resume: oc
			.route({ method: "POST", path: "/session/resume", summary: "End the break", tags: ["desk"], successStatus: 204 })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
	},
	queue: {
		read: oc
			.route({ method: "GET", path: "/queue", summary: "All live tickets of the day, and the printer", tags: ["desk"] })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(queueSchema),
	},
	counters: {
		next: oc
			.route({
				method: "POST",
				path: "/counters/{counter}/next",
				summary: "Call the next ticket (200), or nobody waits (204)",
				tags: ["desk"],
				outputStructure: "detailed",
			})
			.errors(refusals("SIGN_IN_REQUIRED", "COUNTER_UNKNOWN", "COUNTER_NOT_YOURS", "COUNTER_BUSY", "COUNTER_PAUSED"))
			.input(counterInput)
			.output(
				z.union([
					z.object({ status: z.literal(200).describe("called"), body: ticketSchema }),
					z.object({ status: z.literal(204).describe("nobody waits") }),
				]),
			),
		recall: counterAct("recall", "Call the same ticket once more", actSchema),
		start: counterAct("start", "The visitor has come: serving begins", actSchema),
		finish: counterAct(
			"finish",
			"Serving has ended",
			actSchema.extend({ outcome: ticketOutcomeSchema.default("answered") }),
		),
		noShow: counterAct("no-show", "Nobody came: back to waiting, or missed when the calls are used up", actSchema),
	},
	tickets: {
		reprint: oc
			.route({
				method: "POST",
				path: "/tickets/{id}/reprint",
				summary: "Print a ticket's paper once more: the same number, marked as a reprint",
				tags: ["desk"],
			})
			.errors(refusals("SIGN_IN_REQUIRED", "TICKET_UNKNOWN", "TICKET_STATE", "PRINT_UNDER_WAY"))
			.input(z.object({ id: z.string().max(64) }))
			.output(ticketSchema),
		call: ticketAct("call", "Call this ticket to the own counter, out of turn", {}, "COUNTER_BUSY", "COUNTER_PAUSED"),
		return: ticketAct("return", "Back to the line, in its old place", {}),
		park: ticketAct("park", "Put aside until it is called by its number", {}),
		transfer: ticketAct(
			"transfer",
			"To another topic, to one counter, or both: number and arrival are kept",
			{ topic: z.string().max(64).optional(), counter: z.string().max(16).nullable().default(null) },
			"TRANSFER_NOWHERE",
		),
		sendOn: ticketActInput(
			"send-on",
			"Another site goes on with the visit: finished here, expected there under the code on the paper if it can be told",
			{ site: z.string().max(64) },
			"SITE_UNKNOWN",
		).output(ticketSchema.extend({ otherSite: whetherToldSchema })),
		note: ticketAct(
			"note",
			"Write what the next desk should know of the visit, never who the visitor is; null takes it away",
			{ note: noteSchema.nullable() },
		),
		reclass: ticketAct("reclass", "Give priority, or take it back", { class: givenClassSchema }),
		cancel: ticketAct("cancel", "Take the ticket out of the line for good", { reason: cancelReasonSchema }),
		undo: ticketAct("undo", "Take the last act on this ticket back", {}, "NOTHING_TO_UNDO", "COUNTER_BUSY"),
	},
	visits: {
		list: oc
			.route({ method: "GET", path: "/visits", summary: "Who is expected today, by time", tags: ["desk"] })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.object({ at: instantSchema, visits: z.array(expectedVisitSchema) })),
	},
	help: {
		answer: oc
			.route({
				method: "POST",
				path: "/help/answer",
				summary: "Somebody goes to the kiosk",
				tags: ["desk"],
				successStatus: 204,
			})
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
	},
};
