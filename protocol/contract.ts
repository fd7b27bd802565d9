import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { boardSchema, otherSiteSchema, queueSchema, topicsSchema } from "./board.ts";
import { stationEnrolmentRequestSchema, stationEnrolmentSchema } from "./enrolment.ts";
import { REFUSALS, type RefusalCode } from "./errors.ts";
import { healthSchema } from "./health.ts";
import { languageSchema } from "./language-schema.ts";
import { stationNetworkSchema } from "./network.ts";
import {
	deviceKindSchema,
	deviceNameSchema,
	madeCodeSchema,
	ownDeviceSchema,
	pairedDeviceSchema,
	pairingCodeSchema,
} from "./pairing.ts";
import { phoneTicketSchema, typedCodeSchema } from "./phone.ts";
import { speechSchema } from "./speech.ts";
import {
	auditEntrySchema,
	counterSchema,
	counterSettingSchema,
	sessionSchema,
	topicLoadSchema,
	topicSettingSchema,
} from "./staff.ts";
import {
	cancelReasonSchema,
	givenClassSchema,
	instantSchema,
	issuedTicketSchema,
	noteSchema,
	requestKeySchema,
	ticketOutcomeSchema,
	ticketRequestSchema,
	ticketSchema,
} from "./ticket.ts";
import { bookingSchema, checkInSchema, expectedVisitSchema, importResultSchema } from "./visit.ts";

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

/**
 * Whether the other site learns of a visitor who is sent on: `told` by the server; `untold`, since it has no station there
 * that it could tell, so the visitor takes a new ticket there; `unknown`, where the server was not heard for long.
 */
const whetherToldSchema = z.enum(["told", "untold", "unknown"]);

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

/** An act of the visitor, on the own ticket. */
const phoneAct = <Shape extends z.ZodRawShape>(act: string, summary: string, shape: Shape, ...more: RefusalCode[]) =>
	oc
		.route({ method: "POST", path: `/phone/{code}/${act}`, summary, tags: ["phone"] })
		.errors(refusals("CODE_UNKNOWN", "CODE_TRIES", ...more))
		.input(z.strictObject({ code: typedCodeSchema, version: z.int().min(1), ...shape }))
		.output(phoneTicketSchema);

const counterInput = z.strictObject({ counter: z.string().max(16) });

export const contract = {
	topics: {
		list: oc
			.route({
				method: "GET",
				path: "/topics",
				summary: "The site, the topics it offers, and those that only other sites offer, in one language",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16).default("en") }))
			.output(topicsSchema),
	},
	elsewhere: {
		list: oc
			.route({
				method: "GET",
				path: "/topics/{topic}/elsewhere",
				summary: "The other sites that offer a topic, those that are open first",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN", "TOPIC_UNKNOWN"))
			.input(z.object({ topic: z.string().max(64), language: z.string().max(16).default("en") }))
			.output(z.object({ sites: z.array(otherSiteSchema) })),
		slip: oc
			.route({
				method: "POST",
				path: "/topics/{topic}/elsewhere/{site}/slip",
				summary: "Print a slip with the way to another site, for the visitor and a driver; answers when it is out",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(
				refusals(
					"LANGUAGE_UNKNOWN",
					"TOPIC_UNKNOWN",
					"SITE_UNKNOWN",
					"SITE_ADDRESS_UNKNOWN",
					"KIOSK_KEY_REQUIRED",
					"PRINTER_NOT_READY",
				),
			)
			.input(
				z.strictObject({
					topic: z.string().max(64),
					site: z.string().max(64),
					language: z.string().max(16),
					/** The same key never prints two: asking again says how the first went. */
					key: requestKeySchema,
					/** The hours as the kiosk says them, in that language. */
					hours: z.string().max(120).default(""),
				}),
			),
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
			.errors(
				refusals(
					"TOPIC_UNKNOWN",
					"TOPIC_TWICE",
					"TOPIC_CLOSED",
					"TOPIC_FULL",
					"SITE_CLOSED",
					"LANGUAGE_UNKNOWN",
					"KIOSK_KEY_REQUIRED",
					"DEVICE_UNPAIRED",
					"SIGN_IN_REQUIRED",
				),
			)
			.input(ticketRequestSchema)
			.output(
				z.union([
					z.object({ status: z.literal(201).describe("issued now"), body: issuedTicketSchema }),
					z.object({ status: z.literal(200).describe("issued before, for the same key"), body: issuedTicketSchema }),
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
		checkIn: oc
			.route({
				method: "POST",
				path: "/check-in",
				summary: "A visitor who is expected has come: a ticket (201), or the one issued before (200)",
				tags: ["kiosk"],
				outputStructure: "detailed",
				successStatus: 201,
			})
			.errors(
				refusals(
					"VISIT_UNKNOWN",
					"VISIT_DAY",
					"CODE_TRIES",
					"TOPIC_UNKNOWN",
					"LANGUAGE_UNKNOWN",
					"KIOSK_KEY_REQUIRED",
					"DEVICE_UNPAIRED",
				),
			)
			.input(checkInSchema)
			.output(
				z.union([
					z.object({ status: z.literal(201).describe("issued now"), body: issuedTicketSchema }),
					z.object({ status: z.literal(200).describe("checked in before"), body: issuedTicketSchema }),
				]),
			),
		list: oc
			.route({ method: "GET", path: "/visits", summary: "Who is expected today, by time", tags: ["desk"] })
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.object({ at: instantSchema, visits: z.array(expectedVisitSchema) })),
		book: oc
			.route({
				method: "POST",
				path: "/appointments",
				summary:
					"Take bookings over, all or none; a source known already is moved, one that is called off is withdrawn",
				tags: ["supervisor"],
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED", "TOPIC_UNKNOWN"))
			.input(
				z.strictObject({
					appointments: z.array(bookingSchema).max(100),
					/** Sources of bookings that are called off. */
					calledOff: z.array(z.string().min(1).max(256)).max(100).default([]),
				}),
			)
			.output(importResultSchema),
	},
	help: {
		ask: oc
			.route({
				method: "POST",
				path: "/help",
				summary: "The visitor at the kiosk asks for a member of staff",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "DEVICE_UNPAIRED"))
			.input(z.strictObject({ language: languageSchema.nullable().default(null) }))
			.output(z.void()),
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
	phone: {
		read: oc
			.route({ method: "GET", path: "/phone/{code}", summary: "A ticket as its visitor sees it", tags: ["phone"] })
			.errors(refusals("CODE_UNKNOWN", "CODE_TRIES", "LANGUAGE_UNKNOWN"))
			.input(z.object({ code: typedCodeSchema, language: z.string().max(16).optional() }))
			.output(phoneTicketSchema),
		leave: phoneAct("leave", "The visitor leaves the queue", {}, "TICKET_STATE", "TICKET_CHANGED"),
		giveWay: phoneAct(
			"give-way",
			"The visitor lets some people go first",
			{ people: z.int().min(1).max(20) },
			"TICKET_STATE",
			"TICKET_CHANGED",
			"NOBODY_BEHIND",
		),
		rate: oc
			.route({ method: "POST", path: "/phone/{code}/rating", summary: "How the visit was, 1 to 5", tags: ["phone"] })
			.errors(refusals("CODE_UNKNOWN", "CODE_TRIES", "TICKET_STATE", "RATED_ALREADY"))
			.input(z.strictObject({ code: typedCodeSchema, rating: z.int().min(1).max(5) }))
			.output(phoneTicketSchema),
	},
	queue: {
		read: oc
			.route({ method: "GET", path: "/queue", summary: "All live tickets of the day, and the printer", tags: ["desk"] })
			.errors(refusals("SIGN_IN_REQUIRED"))
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
	speech: {
		read: oc
			.route({
				method: "GET",
				path: "/speech/{language}",
				summary: "The clips of a language that are there, and how they make sentences",
				tags: ["board"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16) }))
			.output(speechSchema),
	},
	words: {
		damaged: oc
			.route({
				method: "POST",
				path: "/words/{language}/damaged",
				summary: "A kiosk could not read its words in a language, and shows English",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED", "DEVICE_UNPAIRED", "LANGUAGE_UNKNOWN"))
			.input(z.strictObject({ language: z.string().max(16) }))
			.output(z.void()),
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
	printer: {
		rollChanged: oc
			.route({
				method: "POST",
				path: "/printer/roll",
				summary: "A new roll was put in: its tickets are counted from here",
				tags: ["desk"],
				successStatus: 204,
			})
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.void()),
	},
	device: {
		read: oc
			.route({
				method: "GET",
				path: "/device",
				summary: "What this browser is to the station, and what it may do",
				tags: ["device"],
			})
			.output(ownDeviceSchema),
		pair: oc
			.route({
				method: "POST",
				path: "/device",
				summary: "Pair this device by a code that staff read out; the answer sets its cookie",
				tags: ["device"],
				successStatus: 201,
			})
			.errors(refusals("PAIRING_CODE_UNKNOWN", "PAIRING_TRIES"))
			.input(z.strictObject({ code: pairingCodeSchema }))
			.output(pairedDeviceSchema),
	},
	devices: {
		list: oc
			.route({ method: "GET", path: "/devices", summary: "Every device that is paired", tags: ["supervisor"] })
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED"))
			.output(z.object({ at: instantSchema, network: stationNetworkSchema, devices: z.array(pairedDeviceSchema) })),
		makeCode: oc
			.route({
				method: "POST",
				path: "/devices/codes",
				summary: "A code that lets one device in, told once: read it out at the device",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED"))
			.input(z.strictObject({ kind: deviceKindSchema, name: deviceNameSchema }))
			.output(madeCodeSchema),
		remove: oc
			.route({
				method: "DELETE",
				path: "/devices/{id}",
				summary: "Un-pair a device: from here on it is a stranger",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED", "DEVICE_UNKNOWN"))
			.input(z.object({ id: z.string().max(64) }))
			.output(z.void()),
	},
	enrolment: {
		read: oc
			.route({ method: "GET", path: "/enrolment", summary: "The central server of this station", tags: ["supervisor"] })
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED"))
			.output(stationEnrolmentSchema),
		make: oc
			.route({
				method: "POST",
				path: "/enrolment",
				summary: "Enrol this station at a central server by a code that IT made there",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED", "ENROLMENT_FAILED"))
			.input(stationEnrolmentRequestSchema)
			.output(stationEnrolmentSchema),
	},
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
	supervision: {
		counters: oc
			.route({
				method: "GET",
				path: "/counters",
				summary: "Every counter: who, which ticket, what it can do",
				tags: ["supervisor"],
			})
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.object({ at: instantSchema, counters: z.array(counterSchema) })),
		setCounter: oc
			.route({
				method: "PUT",
				path: "/counters/{counter}/setting",
				summary: "What a counter can do",
				tags: ["supervisor"],
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED", "COUNTER_UNKNOWN", "TOPIC_UNKNOWN"))
			.input(counterInput.extend(counterSettingSchema.shape))
			.output(counterSettingSchema),
		move: oc
			.route({
				method: "POST",
				path: "/counters/{counter}/move",
				summary: "Move the member of staff at a counter to another",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(
				refusals(
					"SIGN_IN_REQUIRED",
					"ROLE_REQUIRED",
					"COUNTER_UNKNOWN",
					"COUNTER_TAKEN",
					"COUNTER_BUSY",
					"COUNTER_UNSTAFFED",
				),
			)
			.input(counterInput.extend({ to: z.string().max(16) }))
			.output(z.void()),
		topics: oc
			.route({
				method: "GET",
				path: "/topics/load",
				summary: "Every topic: open or closed, quota, how many",
				tags: ["supervisor"],
			})
			.errors(refusals("SIGN_IN_REQUIRED"))
			.output(z.object({ at: instantSchema, topics: z.array(topicLoadSchema) })),
		setTopic: oc
			.route({
				method: "PUT",
				path: "/topics/{topic}/setting",
				summary: "Open or close a topic, and its quota",
				tags: ["supervisor"],
			})
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED", "TOPIC_UNKNOWN"))
			.input(z.strictObject({ topic: z.string().max(64) }).extend(topicSettingSchema.shape))
			.output(topicSettingSchema),
		audit: oc
			.route({ method: "GET", path: "/audit", summary: "Who did what, latest first", tags: ["supervisor"] })
			.errors(refusals("SIGN_IN_REQUIRED", "ROLE_REQUIRED"))
			.input(
				z.object({
					before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
					most: z.coerce.number().int().min(1).max(500).default(100),
					ticket: z.string().max(64).optional(),
				}),
			)
			.output(z.object({ entries: z.array(auditEntrySchema) })),
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
};

export type Contract = typeof contract;
