import { z } from "zod";
import { siteIdInputSchema, ticketIdInputSchema, topicIdInputSchema } from "../model/ids.ts";
import { languageSchema } from "../model/language-schema.ts";
import { delayMinutesSchema, phoneTicketSchema, typedCodeSchema } from "../model/phone.ts";
import { issuedTicketSchema, requestKeySchema, ticketRequestSchema, ticketSchema } from "../model/ticket.ts";
import { checkInSchema } from "../model/visit.ts";
import { webPushRequestSchema } from "../model/web-push.ts";
import { keywordsAnswerSchema, otherSiteSchema, topicsSchema } from "./board.ts";
import { checklistPrintSchema, checklistQuerySchema, checklistSchema } from "./checklist.ts";
import { kioskCall, publicCall, refusals } from "./contract-helpers.ts";
import { visitorRoutes } from "./routes.ts";
import type { StationRefusalCode } from "./station-refusals.ts";

/** An action of a visitor on their own ticket. */
const phoneAction = <Shape extends z.ZodRawShape, const Code extends StationRefusalCode>(
	route: (typeof visitorRoutes.phone)[keyof typeof visitorRoutes.phone],
	summary: string,
	shape: Shape,
	...more: Code[]
) =>
	publicCall
		.route({ ...route, summary, tags: ["phone"] })
		.errors(refusals("CODE_UNKNOWN", "CODE_RATE_LIMITED"))
		.errors(refusals(...more))
		.input(z.strictObject({ code: typedCodeSchema, version: z.int().min(1), ...shape }))
		.output(phoneTicketSchema);

/** What visitors ask, at the kiosk and on their phones. */
export const visitorContract = {
	topics: {
		list: publicCall
			.route({
				...visitorRoutes.topics.list,
				summary: "The site, the topics it offers, and those that only other sites offer, in one language",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16).default("en") }))
			.output(topicsSchema),
		keywords: publicCall
			.route({
				...visitorRoutes.topics.keywords,
				summary: "What finds each topic in the kiosk's search beside its name, in one language",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN"))
			.input(z.object({ language: z.string().max(16).default("en") }))
			.output(keywordsAnswerSchema),
		reportMiss: kioskCall
			.route({
				...visitorRoutes.topics.reportMiss,
				summary: "Words that found no topic: counted for IT, with nothing of the visitor",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("LANGUAGE_UNKNOWN", "KIOSK_KEY_REQUIRED"))
			.input(z.strictObject({ words: z.string().max(80), language: z.string().max(16) })),
	},
	checklist: {
		read: publicCall
			.route({
				...visitorRoutes.checklist.read,
				summary: "What to bring and to know for up to three topics, also those of other sites, ready to be shown",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN", "TOPIC_UNKNOWN"))
			.input(checklistQuerySchema)
			.output(checklistSchema),
		print: kioskCall
			.route({
				...visitorRoutes.checklist.print,
				summary: "Print that list, without a ticket; answers when it is out",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("LANGUAGE_UNKNOWN", "TOPIC_UNKNOWN", "KIOSK_KEY_REQUIRED", "PRINTER_NOT_READY"))
			.input(checklistPrintSchema),
	},
	otherSites: {
		list: publicCall
			.route({
				...visitorRoutes.otherSites.list,
				summary: "The other sites that offer a topic, those that are open first",
				tags: ["catalogue"],
			})
			.errors(refusals("LANGUAGE_UNKNOWN", "TOPIC_UNKNOWN"))
			.input(z.object({ topic: topicIdInputSchema, language: z.string().max(16).default("en") }))
			.output(z.object({ sites: z.array(otherSiteSchema) })),
		printDirections: kioskCall
			.route({
				...visitorRoutes.otherSites.printDirections,
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
					topic: topicIdInputSchema,
					site: siteIdInputSchema,
					language: z.string().max(16),
					/** The same key never prints two: asking again says how the first went. */
					key: requestKeySchema,
					/** The hours as the kiosk says them, in that language. */
					hours: z.string().max(120).default(""),
				}),
			),
	},
	tickets: {
		issue: kioskCall
			.route({
				...visitorRoutes.tickets.issue,
				summary: "Issue a ticket (201), or give back the one issued for this key (200)",
				tags: ["kiosk"],
				outputStructure: "detailed",
				successStatus: 201,
			})
			.errors(
				refusals(
					"TOPIC_UNKNOWN",
					"TOPIC_REPEATED",
					"TOPIC_CLOSED",
					"TOPIC_FULL",
					"TOPIC_LATER",
					"SITE_CLOSED",
					"LANGUAGE_UNKNOWN",
					"KIOSK_KEY_REQUIRED",
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
		read: kioskCall
			.route({ ...visitorRoutes.tickets.read, summary: "One ticket as it is now", tags: ["kiosk"] })
			.errors(refusals("TICKET_UNKNOWN"))
			.input(z.object({ id: ticketIdInputSchema }))
			.output(ticketSchema),
	},
	visits: {
		checkIn: kioskCall
			.route({
				...visitorRoutes.visits.checkIn,
				summary: "A visitor who is expected has come: a ticket (201), or the one issued before (200)",
				tags: ["kiosk"],
				outputStructure: "detailed",
				successStatus: 201,
			})
			.errors(
				refusals(
					"VISIT_UNKNOWN",
					"VISIT_OTHER_DAY",
					"VISIT_CANCELLED",
					"VISIT_OVER",
					"CODE_RATE_LIMITED",
					"TOPIC_UNKNOWN",
					"LANGUAGE_UNKNOWN",
					"KIOSK_KEY_REQUIRED",
				),
			)
			.input(checkInSchema)
			.output(
				z.union([
					z.object({ status: z.literal(201).describe("issued now"), body: issuedTicketSchema }),
					z.object({ status: z.literal(200).describe("checked in before"), body: issuedTicketSchema }),
				]),
			),
	},
	help: {
		ask: kioskCall
			.route({
				...visitorRoutes.help.ask,
				summary: "The visitor at the kiosk asks for a member of staff",
				tags: ["kiosk"],
				successStatus: 204,
			})
			.errors(refusals("KIOSK_KEY_REQUIRED"))
			.input(z.strictObject({ language: languageSchema.nullable().default(null) }))
			.output(z.void()),
		read: kioskCall
			.route({
				...visitorRoutes.help.read,
				summary: "Whether this kiosk's call for help is open: it ends when a member of staff says that they go",
				tags: ["kiosk"],
			})
			.errors(refusals("KIOSK_KEY_REQUIRED"))
			.output(z.object({ open: z.boolean() })),
	},
	phone: {
		read: publicCall
			.route({ ...visitorRoutes.phone.read, summary: "A ticket as its visitor sees it", tags: ["phone"] })
			.errors(refusals("CODE_UNKNOWN", "CODE_RATE_LIMITED", "LANGUAGE_UNKNOWN"))
			.input(z.object({ code: typedCodeSchema, language: z.string().max(16).optional() }))
			.output(phoneTicketSchema),
		leave: phoneAction(visitorRoutes.phone.leave, "The visitor leaves the queue", {}, "TICKET_STATE", "TICKET_CHANGED"),
		delay: phoneAction(
			visitorRoutes.phone.delay,
			"The visitor is late: others are called first for some minutes, once, and the place stays",
			{ minutes: delayMinutesSchema },
			"TICKET_STATE",
			"TICKET_CHANGED",
			"ALREADY_DELAYED",
		),
		giveWay: phoneAction(
			visitorRoutes.phone.giveWay,
			"The visitor lets some people go first",
			{ people: z.int().min(1).max(20) },
			"TICKET_STATE",
			"TICKET_CHANGED",
			"NO_TICKET_BEHIND",
		),
		rate: publicCall
			.route({ ...visitorRoutes.phone.rate, summary: "How the visit was, 1 to 5", tags: ["phone"] })
			.errors(refusals("CODE_UNKNOWN", "CODE_RATE_LIMITED", "TICKET_STATE", "ALREADY_RATED"))
			.input(z.strictObject({ code: typedCodeSchema, rating: z.int().min(1).max(5) }))
			.output(phoneTicketSchema),
		webPushKey: publicCall
			.route({
				...visitorRoutes.phone.webPushKey,
				summary: "The key with which a browser asks for notifications (VAPID); null where IT gave none",
				tags: ["phone"],
			})
			.output(z.object({ key: z.string().nullable() })),
		subscribe: publicCall
			.route({
				...visitorRoutes.phone.subscribe,
				summary: "Tell this browser when the ticket is next and when it is called, until it ends",
				tags: ["phone"],
				successStatus: 204,
			})
			.errors(refusals("CODE_UNKNOWN", "CODE_RATE_LIMITED", "WEB_PUSH_OFF", "WEB_PUSH_REFUSED", "WEB_PUSH_OVER"))
			.input(webPushRequestSchema.extend({ code: typedCodeSchema }))
			.output(z.void()),
		unsubscribe: publicCall
			.route({
				...visitorRoutes.phone.unsubscribe,
				summary: "Tell this ticket's browser no more",
				tags: ["phone"],
				successStatus: 204,
			})
			.errors(refusals("CODE_UNKNOWN", "CODE_RATE_LIMITED"))
			.input(z.strictObject({ code: typedCodeSchema }))
			.output(z.void()),
	},
};
