import { z } from "zod";
import {
	counterInputSchema,
	siteIdInputSchema,
	ticketIdInputSchema,
	ticketIdSchema,
	topicIdInputSchema,
	visitIdInputSchema,
} from "../model/ids.ts";
import { ownFiguresSchema, pauseReasonSchema, sessionSchema, ticketAtHandSchema } from "../model/staff.ts";
import {
	cancelReasonSchema,
	deliveryStatusSchema,
	endedTicketSchema,
	givenClassSchema,
	instantSchema,
	noteSchema,
	ticketOutcomeSchema,
	ticketSchema,
} from "../model/ticket.ts";
import { checkedInSchema, checkInSchema, expectedVisitSchema } from "../model/visit.ts";
import { queueSchema } from "./board.ts";
import { counterInput, deskCall, refusals, staffCall } from "./contract-helpers.ts";
import { deskRoutes } from "./routes.ts";
import type { StationRefusalCode } from "./station-refusals.ts";

/** An action on the ticket at a counter. Ticket and version guard against acting on what has changed. */
const actionSchema = z.strictObject({
	counter: counterInputSchema,
	ticket: ticketIdSchema.optional(),
	version: z.int().min(1).optional(),
});

const counterAction = <Input extends z.ZodType>(
	route: (typeof deskRoutes.counters)[keyof typeof deskRoutes.counters],
	summary: string,
	input: Input,
) =>
	staffCall
		.route({ ...route, summary, tags: ["desk"] })
		.errors(refusals("COUNTER_UNKNOWN", "COUNTER_NOT_YOURS", "COUNTER_IDLE", "TICKET_STATE", "TICKET_CHANGED"))
		.input(input)
		.output(ticketSchema);

/** An action on one ticket, wherever it is. The version guards against acting on what has changed. */
const ticketActionInput = <Shape extends z.ZodRawShape, const Code extends StationRefusalCode = never>(
	route: (typeof deskRoutes.tickets)[keyof typeof deskRoutes.tickets],
	summary: string,
	shape: Shape,
	...more: Code[]
) =>
	staffCall
		.route({ ...route, summary, tags: ["desk"] })
		.errors(refusals("TICKET_UNKNOWN", "TICKET_AT_OTHER_COUNTER", "TICKET_STATE", "TICKET_CHANGED"))
		.errors(refusals(...more))
		.input(z.strictObject({ id: ticketIdInputSchema, version: z.int().min(1), ...shape }));

const ticketAction = <Shape extends z.ZodRawShape, const Code extends StationRefusalCode = never>(
	...[route, summary, shape, ...more]: Parameters<typeof ticketActionInput<Shape, Code>>
) => ticketActionInput(route, summary, shape, ...more).output(ticketSchema);

/** What staff do at a desk. */
export const deskContract = {
	session: {
		names: deskCall
			.route({ ...deskRoutes.session.names, summary: "The names that can sign in at this station", tags: ["desk"] })
			.output(z.object({ names: z.array(z.string()) })),
		figures: staffCall
			.route({ ...deskRoutes.session.figures, summary: "What the caller did today", tags: ["desk"] })
			.output(ownFiguresSchema),
		open: deskCall
			.route({ ...deskRoutes.session.open, summary: "Sign in at a counter", tags: ["desk"], successStatus: 201 })
			.errors(refusals("SIGN_IN_REFUSED", "PIN_MISSING", "STAFF_LOCKED", "COUNTER_UNKNOWN", "COUNTER_OCCUPIED"))
			.errors(refusals("TICKET_AT_HAND", "TICKET_STATE"))
			.input(
				z.strictObject({
					staff: z.string().min(1).max(64),
					pin: z.string().min(1).max(32),
					counter: counterInputSchema,
					/** Ends the session of whoever is at the counter: a handover. */
					takeOver: z.boolean().default(false),
					/** What becomes of the ticket at the counter where this person is signed in now. */
					ticket: ticketAtHandSchema.optional(),
				}),
			)
			.output(sessionSchema),
		close: staffCall
			.route({ ...deskRoutes.session.close, summary: "Sign out", tags: ["desk"], successStatus: 204 })
			.errors(refusals("TICKET_AT_HAND", "TICKET_STATE"))
			.input(z.strictObject({ ticket: ticketAtHandSchema.optional() }).optional())
			.output(z.void()),
		pause: staffCall
			.route({ ...deskRoutes.session.pause, summary: "Begin a break", tags: ["desk"], successStatus: 204 })
			.input(z.strictObject({ reason: pauseReasonSchema.optional() }).optional())
			.output(z.void()),
		resume: staffCall
			.route({ ...deskRoutes.session.resume, summary: "End the break", tags: ["desk"], successStatus: 204 })
			.output(z.void()),
	},
	queue: {
		read: staffCall
			.route({ ...deskRoutes.queue.read, summary: "All live tickets of the day, and the printer", tags: ["desk"] })
			.output(queueSchema),
	},
	counters: {
		next: staffCall
			.route({
				...deskRoutes.counters.next,
				summary: "Call the next ticket (200), or nobody waits (204)",
				tags: ["desk"],
				outputStructure: "detailed",
			})
			.errors(refusals("COUNTER_UNKNOWN", "COUNTER_NOT_YOURS", "COUNTER_BUSY", "COUNTER_PAUSED"))
			.input(counterInput)
			.output(
				z.union([
					z.object({ status: z.literal(200).describe("called"), body: ticketSchema }),
					z.object({ status: z.literal(204).describe("nobody waits") }),
				]),
			),
		recall: counterAction(deskRoutes.counters.recall, "Call the same ticket once more", actionSchema),
		start: counterAction(deskRoutes.counters.start, "The visitor has come: serving begins", actionSchema),
		finish: counterAction(
			deskRoutes.counters.finish,
			"Serving has ended",
			actionSchema.extend({ outcome: ticketOutcomeSchema.default("answered") }),
		),
		noShow: counterAction(
			deskRoutes.counters.noShow,
			"Nobody came: back to waiting, or missed when the calls are used up",
			actionSchema,
		),
	},
	tickets: {
		reprint: staffCall
			.route({
				...deskRoutes.tickets.reprint,
				summary: "Print a ticket's paper once more: the same number, marked as a reprint",
				tags: ["desk"],
			})
			.errors(refusals("TICKET_UNKNOWN", "TICKET_STATE", "PRINT_IN_FLIGHT"))
			.input(z.object({ id: ticketIdInputSchema }))
			.output(ticketSchema),
		finish: ticketAction(
			deskRoutes.tickets.finish,
			"Finish a ticket at another counter, or at one that its member of staff has left",
			{ outcome: ticketOutcomeSchema.default("answered") },
		),
		call: ticketAction(
			deskRoutes.tickets.call,
			"Call this ticket to the own counter, out of turn",
			{},
			"COUNTER_BUSY",
			"COUNTER_PAUSED",
		),
		return: ticketAction(deskRoutes.tickets.return, "Back to the line, in its old place", {}),
		park: ticketAction(deskRoutes.tickets.park, "Put aside until it is called by its number", {}),
		transfer: ticketAction(
			deskRoutes.tickets.transfer,
			"To another topic, to one counter, or both: number and arrival are kept",
			{
				topic: topicIdInputSchema.optional(),
				counter: counterInputSchema.nullable().default(null),
				/** Lets it wait for a topic that no staffed counter serves now; supervisors are told. */
				anyway: z.boolean().default(false),
			},
			"TRANSFER_TARGET_UNKNOWN",
			"TRANSFER_UNREACHABLE",
		),
		refer: ticketActionInput(
			deskRoutes.tickets.refer,
			"Another site goes on with the visit: finished here, expected there under the code on the paper if it can be told",
			{ site: siteIdInputSchema },
			"SITE_UNKNOWN",
		).output(ticketSchema.extend({ otherSite: deliveryStatusSchema })),
		note: ticketAction(
			deskRoutes.tickets.note,
			"Write what the next desk should know of the visit, never who the visitor is; null takes it away",
			{ note: noteSchema.nullable() },
		),
		setPriority: ticketAction(deskRoutes.tickets.setPriority, "Give priority, or take it back", {
			class: givenClassSchema,
		}),
		cancel: ticketAction(deskRoutes.tickets.cancel, "Take the ticket out of the line for good", {
			reason: cancelReasonSchema,
		}),
		undo: ticketAction(
			deskRoutes.tickets.undo,
			"Take the last act on this ticket back",
			{},
			"NOTHING_TO_UNDO",
			"TICKET_DAY_OVER",
			"COUNTER_BUSY",
		),
	},
	endedTickets: {
		find: staffCall
			.route({
				...deskRoutes.endedTickets.find,
				summary: "Today's tickets with a number that are over; without its letter, of every series",
				tags: ["desk"],
			})
			.input(z.strictObject({ number: z.string().min(1).max(16) }))
			.output(z.object({ tickets: z.array(endedTicketSchema) })),
	},
	visits: {
		list: staffCall
			.route({ ...deskRoutes.visits.list, summary: "Who is expected today, by time", tags: ["desk"] })
			.output(z.object({ at: instantSchema, visits: z.array(expectedVisitSchema) })),
		checkInByCode: staffCall
			.route({
				...deskRoutes.visits.checkInByCode,
				summary: "A visitor has come to the desk with a booking's code, or with the code of a ticket",
				tags: ["desk"],
			})
			.errors(refusals("VISIT_UNKNOWN", "VISIT_OTHER_DAY", "VISIT_CANCELLED", "VISIT_OVER", "CODE_RATE_LIMITED"))
			.errors(refusals("TOPIC_UNKNOWN", "LANGUAGE_UNKNOWN"))
			.input(checkInSchema)
			.output(checkedInSchema),
		checkInExpected: staffCall
			.route({
				...deskRoutes.visits.checkInExpected,
				summary: "A visitor of today's list has come to the desk",
				tags: ["desk"],
			})
			.errors(refusals("VISIT_UNKNOWN", "VISIT_OTHER_DAY", "VISIT_CANCELLED", "VISIT_OVER"))
			.errors(refusals("TOPIC_UNKNOWN", "LANGUAGE_UNKNOWN"))
			.input(z.strictObject({ visit: visitIdInputSchema, language: checkInSchema.shape.language }))
			.output(checkedInSchema),
	},
	help: {
		answer: staffCall
			.route({
				...deskRoutes.help.answer,
				summary: "Somebody goes to the kiosk: to one that asks, or without a call to all",
				tags: ["desk"],
				successStatus: 204,
			})
			.input(z.strictObject({ call: z.int().min(1).optional() }).optional())
			.output(z.void()),
	},
};
