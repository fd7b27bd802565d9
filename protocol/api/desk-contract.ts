import { oc } from "@orpc/contract";
import { z } from "zod";
import { sessionSchema } from "../model/staff.ts";
import {
	cancelReasonSchema,
	deliveryStatusSchema,
	givenClassSchema,
	instantSchema,
	noteSchema,
	ticketOutcomeSchema,
	ticketSchema,
} from "../model/ticket.ts";
import { expectedVisitSchema } from "../model/visit.ts";
import { queueSchema } from "./board.ts";
import { counterInput, refusals } from "./contract-helpers.ts";
import type { RefusalCode } from "./refusals.ts";

/** An act on the ticket at a counter. Naming ticket and version guards against acting on what has changed. */
const actionSchema = z.strictObject({
	counter: z.string().max(16),
	ticket: z.uuid().optional(),
	version: z.int().min(1).optional(),
});

const counterAction = <Input extends z.ZodType>(action: string, summary: string, input: Input) =>
	oc
		.route({ method: "POST", path: `/counters/{counter}/${action}`, summary, tags: ["desk"] })
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
const ticketActionInput = <Shape extends z.ZodRawShape>(
	action: string,
	summary: string,
	shape: Shape,
	...more: RefusalCode[]
) =>
	oc
		.route({ method: "POST", path: `/tickets/{id}/${action}`, summary, tags: ["desk"] })
		.errors(
			refusals(
				"SIGN_IN_REQUIRED",
				"TICKET_UNKNOWN",
				"TICKET_AT_OTHER_COUNTER",
				"TICKET_STATE",
				"TICKET_CHANGED",
				...more,
			),
		)
		.input(z.strictObject({ id: z.string().max(64), version: z.int().min(1), ...shape }));

const ticketAction = <Shape extends z.ZodRawShape>(
	action: string,
	summary: string,
	shape: Shape,
	...more: RefusalCode[]
) => ticketActionInput(action, summary, shape, ...more).output(ticketSchema);

/** What staff do at a desk. */
export const deskContract = {
	session: {
		open: oc
			.route({ method: "POST", path: "/session", summary: "Sign in at a counter", tags: ["desk"], successStatus: 201 })
			.errors(refusals("SIGN_IN_REFUSED", "STAFF_LOCKED", "COUNTER_UNKNOWN", "COUNTER_OCCUPIED"))
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
		recall: counterAction("recall", "Call the same ticket once more", actionSchema),
		start: counterAction("start", "The visitor has come: serving begins", actionSchema),
		finish: counterAction(
			"finish",
			"Serving has ended",
			actionSchema.extend({ outcome: ticketOutcomeSchema.default("answered") }),
		),
		noShow: counterAction(
			"no-show",
			"Nobody came: back to waiting, or missed when the calls are used up",
			actionSchema,
		),
	},
	tickets: {
		reprint: oc
			.route({
				method: "POST",
				path: "/tickets/{id}/reprint",
				summary: "Print a ticket's paper once more: the same number, marked as a reprint",
				tags: ["desk"],
			})
			.errors(refusals("SIGN_IN_REQUIRED", "TICKET_UNKNOWN", "TICKET_STATE", "PRINT_IN_FLIGHT"))
			.input(z.object({ id: z.string().max(64) }))
			.output(ticketSchema),
		call: ticketAction(
			"call",
			"Call this ticket to the own counter, out of turn",
			{},
			"COUNTER_BUSY",
			"COUNTER_PAUSED",
		),
		return: ticketAction("return", "Back to the line, in its old place", {}),
		park: ticketAction("park", "Put aside until it is called by its number", {}),
		transfer: ticketAction(
			"transfer",
			"To another topic, to one counter, or both: number and arrival are kept",
			{ topic: z.string().max(64).optional(), counter: z.string().max(16).nullable().default(null) },
			"TRANSFER_TARGET_UNKNOWN",
		),
		sendOn: ticketActionInput(
			"refer",
			"Another site goes on with the visit: finished here, expected there under the code on the paper if it can be told",
			{ site: z.string().max(64) },
			"SITE_UNKNOWN",
		).output(ticketSchema.extend({ otherSite: deliveryStatusSchema })),
		note: ticketAction(
			"note",
			"Write what the next desk should know of the visit, never who the visitor is; null takes it away",
			{ note: noteSchema.nullable() },
		),
		setPriority: ticketAction("set-priority", "Give priority, or take it back", { class: givenClassSchema }),
		cancel: ticketAction("cancel", "Take the ticket out of the line for good", { reason: cancelReasonSchema }),
		undo: ticketAction("undo", "Take the last act on this ticket back", {}, "NOTHING_TO_UNDO", "COUNTER_BUSY"),
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
