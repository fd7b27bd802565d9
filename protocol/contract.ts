import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { boardSchema, queueSchema, topicsSchema } from "./board.ts";
import { REFUSALS, type RefusalCode } from "./errors.ts";
import { healthSchema } from "./health.ts";
import { instantSchema, ticketRequestSchema, ticketSchema } from "./ticket.ts";

/** The station's API. `GET /api/openapi.json` is made from this, and nothing is served that is not in it. */

function refusals<const Code extends RefusalCode>(...codes: Code[]) {
	const picked = codes.map((code) => [code, { ...REFUSALS[code], data: z.record(z.string(), z.unknown()).optional() }]);
	return Object.fromEntries(picked) as {
		[K in Code]: (typeof REFUSALS)[K] & { data: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodUnknown>> };
	};
}

/** An act on the ticket at a counter. Naming ticket and version guards against acting on what has changed. */
const actSchema = z.strictObject({
	counter: z.string().max(16),
	ticket: z.uuid().optional(),
	version: z.int().min(1).optional(),
});

const counterAct = (act: string, summary: string) =>
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
		.input(actSchema)
		.output(ticketSchema);

export const contract = {
	topics: {
		list: oc
			.route({
				method: "GET",
				path: "/topics",
				summary: "The site, and the topics it offers, in one language",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16).default("en") }))
			.output(topicsSchema),
	},
	tickets: {
		issue: oc
			.route({
				method: "POST",
				path: "/tickets",
				summary: "Issue a ticket (201), or give back the one issued for this key (200)",
				tags: ["kiosk"],
				outputStructure: "detailed",
				successStatus: 201,
			})
			.errors(refusals("TOPIC_UNKNOWN", "LANGUAGE_UNKNOWN", "KIOSK_KEY_REQUIRED", "LOOPBACK_ONLY"))
			.input(ticketRequestSchema)
			.output(
				z.union([
					z.object({ status: z.literal(201).describe("issued now"), body: ticketSchema }),
					z.object({ status: z.literal(200).describe("issued before, for the same key"), body: ticketSchema }),
				]),
			),
		read: oc
			.route({ method: "GET", path: "/tickets/{id}", summary: "One ticket as it is now", tags: ["kiosk"] })
			.errors(refusals("TICKET_UNKNOWN"))
			.input(z.object({ id: z.string().max(64) }))
			.output(ticketSchema),
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
	},
	queue: {
		read: oc
			.route({ method: "GET", path: "/queue", summary: "All live tickets of the day, and the printer", tags: ["desk"] })
			.output(queueSchema),
	},
	board: {
		read: oc
			.route({ method: "GET", path: "/board", summary: "The board as it is now", tags: ["board"] })
			.output(boardSchema),
		events: oc
			.route({
				method: "GET",
				path: "/board/events",
				summary: "The board, whole, at once and after every change (server-sent events)",
				tags: ["board"],
			})
			.output(eventIterator(boardSchema)),
	},
	health: {
		read: oc
			.route({
				method: "GET",
				path: "/health",
				summary: "How the station and its printer are, and what to do",
				tags: ["health"],
			})
			.output(healthSchema),
	},
	session: {
		open: oc
			.route({ method: "POST", path: "/session", summary: "Sign in at a counter", tags: ["desk"], successStatus: 201 })
			.errors(refusals("SIGN_IN_REFUSED", "STAFF_LOCKED", "COUNTER_UNKNOWN"))
			.input(
				z.strictObject({
					staff: z.string().min(1).max(64),
					pin: z.string().min(1).max(32),
					counter: z.string().max(16),
				}),
			)
			.output(z.object({ token: z.string(), staff: z.string(), counter: z.string(), expiresAt: instantSchema })),
		close: oc
			.route({ method: "DELETE", path: "/session", summary: "Sign out", tags: ["desk"], successStatus: 204 })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
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
			.errors(refusals("SIGN_IN_REQUIRED", "COUNTER_UNKNOWN", "COUNTER_NOT_YOURS", "COUNTER_BUSY"))
			.input(z.strictObject({ counter: z.string().max(16) }))
			.output(
				z.union([
					z.object({ status: z.literal(200).describe("called"), body: ticketSchema }),
					z.object({ status: z.literal(204).describe("nobody waits") }),
				]),
			),
		recall: counterAct("recall", "Call the same ticket once more"),
		start: counterAct("start", "The visitor has come: serving begins"),
		finish: counterAct("finish", "Serving has ended"),
		noShow: counterAct("no-show", "Nobody came: back to waiting, or missed when the calls are used up"),
	},
};

export type Contract = typeof contract;
