import { z } from "zod";
import {
	createdCodeSchema,
	deviceKindSchema,
	deviceNameSchema,
	ownDeviceSchema,
	pairedDeviceSchema,
	pairingCodeSchema,
} from "../model/device.ts";
import {
	counterInputSchema,
	deviceIdInputSchema,
	staffIdInputSchema,
	ticketIdInputSchema,
	topicIdInputSchema,
} from "../model/ids.ts";
import { stationNetworkSchema } from "../model/network.ts";
import { openingSchema } from "../model/opening.ts";
import {
	auditEntrySchema,
	closureEndSchema,
	counterSchema,
	counterSettingSchema,
	dayClosingSchema,
	leftOpenSchema,
	newPinSchema,
	siteClosureStateSchema,
	staffAccountSchema,
	staffRoleSchema,
	ticketAtHandSchema,
	topicLoadSchema,
	topicSettingSchema,
} from "../model/staff.ts";
import { cancelReasonSchema, instantSchema, serviceDaySchema } from "../model/ticket.ts";
import { appointmentFileSchema, bookingSchema, importResultSchema, listReportSchema } from "../model/visit.ts";
import { counterInput, publicCall, refusals, setupCall, staffCall, supervisorCall } from "./contract-helpers.ts";
import { calendarHealthSchema, clockHealthSchema } from "./health.ts";
import { supervisionRoutes } from "./routes.ts";
import { stationEnrolmentRequestSchema, stationEnrolmentSchema } from "./station-enrolment.ts";

const openingNowSchema = openingSchema.extend({
	at: instantSchema,
	/** Null where nobody closed the site. */
	closedByHand: siteClosureStateSchema.nullable(),
});

const polledCalendarSchema = z.object({ calendar: calendarHealthSchema.nullable() });

/** What supervisors do, and the devices that they let in. */
export const supervisionContract = {
	clock: {
		confirm: supervisorCall
			.route({
				...supervisionRoutes.clock.confirm,
				summary: "An administrator has looked at this machine's clock, and it is right",
				tags: ["supervisor"],
			})
			.output(clockHealthSchema),
	},
	supervision: {
		counters: staffCall
			.route({
				...supervisionRoutes.supervision.counters,
				summary: "Every counter: who, which ticket, what it can do",
				tags: ["supervisor"],
			})
			.output(z.object({ at: instantSchema, counters: z.array(counterSchema) })),
		setCounter: supervisorCall
			.route({
				...supervisionRoutes.supervision.setCounter,
				summary: "What a counter can do",
				tags: ["supervisor"],
			})
			.errors(refusals("COUNTER_UNKNOWN", "TOPIC_UNKNOWN"))
			.input(counterInput.extend(counterSettingSchema.shape))
			.output(counterSettingSchema),
		moveStaff: supervisorCall
			.route({
				...supervisionRoutes.supervision.moveStaff,
				summary: "Move the member of staff at a counter to another",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("COUNTER_UNKNOWN", "COUNTER_OCCUPIED", "COUNTER_BUSY", "COUNTER_UNSTAFFED"))
			.errors(refusals("TICKET_AT_HAND", "TICKET_STATE"))
			.input(counterInput.extend({ to: counterInputSchema, ticket: ticketAtHandSchema.optional() }))
			.output(z.void()),
		endSession: supervisorCall
			.route({
				...supervisionRoutes.supervision.endSession,
				summary: "End the session at a counter",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("COUNTER_UNKNOWN", "COUNTER_UNSTAFFED", "TICKET_AT_HAND", "TICKET_STATE"))
			.input(counterInput.extend({ ticket: ticketAtHandSchema.optional() }))
			.output(z.void()),
		opening: staffCall
			.route({
				...supervisionRoutes.supervision.opening,
				summary: "The hours that the site keeps now, and whether it is closed by hand",
				tags: ["supervisor"],
			})
			.output(openingNowSchema),
		closeSite: supervisorCall
			.route({
				...supervisionRoutes.supervision.closeSite,
				summary: "Close the whole site until a time, or for the rest of the day; it opens by itself",
				tags: ["supervisor"],
			})
			.errors(refusals("CLOSURE_PAST"))
			.input(z.strictObject({ until: closureEndSchema.nullable() }))
			.output(openingNowSchema),
		reopenSite: supervisorCall
			.route({
				...supervisionRoutes.supervision.reopenSite,
				summary: "Open the site again before the closure ends",
				tags: ["supervisor"],
			})
			.output(openingNowSchema),
		dayClosing: supervisorCall
			.route({
				...supervisionRoutes.supervision.dayClosing,
				summary: "What closing the day would do now",
				tags: ["supervisor"],
			})
			.output(dayClosingSchema),
		closeDay: supervisorCall
			.route({
				...supervisionRoutes.supervision.closeDay,
				summary: "Close the site for the rest of the day and cancel those who wait at no counter",
				tags: ["supervisor"],
			})
			.input(z.strictObject({ reason: cancelReasonSchema.default("closed") }))
			.output(dayClosingSchema),
		undoCloseDay: supervisorCall
			.route({
				...supervisionRoutes.supervision.undoCloseDay,
				summary: "Open the site again and put back those whom closing the day cancelled",
				tags: ["supervisor"],
			})
			.output(dayClosingSchema),
		leftOpen: supervisorCall
			.route({
				...supervisionRoutes.supervision.leftOpen,
				summary: "What the turn of the last days ended because it was left open",
				tags: ["supervisor"],
			})
			.output(z.object({ days: z.array(leftOpenSchema) })),
		topics: staffCall
			.route({
				...supervisionRoutes.supervision.topics,
				summary: "Every topic: open or closed, quota, how many",
				tags: ["supervisor"],
			})
			.output(z.object({ at: instantSchema, topics: z.array(topicLoadSchema) })),
		setTopic: supervisorCall
			.route({
				...supervisionRoutes.supervision.setTopic,
				summary: "Open or close a topic, and its quota",
				tags: ["supervisor"],
			})
			.errors(refusals("TOPIC_UNKNOWN"))
			.input(z.strictObject({ topic: topicIdInputSchema }).extend(topicSettingSchema.shape))
			.output(topicSettingSchema),
		activity: supervisorCall
			.route({
				...supervisionRoutes.supervision.activity,
				summary: "The activity log, latest first",
				tags: ["supervisor"],
			})
			.errors(refusals("TICKET_UNKNOWN"))
			.input(
				z.object({
					before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
					limit: z.coerce.number().int().min(1).max(500).default(100),
					ticket: ticketIdInputSchema.optional(),
					/** The history of one ticket, by its number; `day` is its service day, today's if left out. */
					number: z.string().max(16).optional(),
					day: serviceDaySchema.optional(),
					/** `all` has what visitors and imports did as well. */
					who: z.enum(["staff", "all"]).default("staff"),
				}),
			)
			.output(z.object({ entries: z.array(auditEntrySchema) })),
	},
	staff: {
		list: supervisorCall
			.route({ ...supervisionRoutes.staff.list, summary: "Every account", tags: ["supervisor"] })
			.output(z.object({ at: instantSchema, accounts: z.array(staffAccountSchema) })),
		add: supervisorCall
			.route({
				...supervisionRoutes.staff.add,
				summary: "Make an account; the answer has its PIN, once",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.errors(refusals("STAFF_EXISTS", "NAME_REFUSED"))
			.input(z.strictObject({ name: z.string().max(256), role: staffRoleSchema.default("agent") }))
			.output(newPinSchema),
		resetPin: supervisorCall
			.route({
				...supervisionRoutes.staff.resetPin,
				summary: "Give an account a new PIN, told once; its session ends",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.errors(refusals("STAFF_UNKNOWN"))
			.input(z.object({ id: staffIdInputSchema }))
			.output(newPinSchema),
		setRole: supervisorCall
			.route({
				...supervisionRoutes.staff.setRole,
				summary: "Give an account another role",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("STAFF_UNKNOWN", "OWN_ACCOUNT"))
			.input(z.strictObject({ id: staffIdInputSchema, role: staffRoleSchema }))
			.output(z.void()),
		unlock: supervisorCall
			.route({
				...supervisionRoutes.staff.unlock,
				summary: "Forget the wrong PINs of an account",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("STAFF_UNKNOWN"))
			.input(z.object({ id: staffIdInputSchema }))
			.output(z.void()),
		remove: supervisorCall
			.route({
				...supervisionRoutes.staff.remove,
				summary: "Remove an account; its session ends",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("STAFF_UNKNOWN", "OWN_ACCOUNT"))
			.input(z.object({ id: staffIdInputSchema }))
			.output(z.void()),
	},
	visits: {
		readCalendar: supervisorCall
			.route({
				...supervisionRoutes.visits.readCalendar,
				summary: "How the calendar of bookings was last read; null where none is polled",
				tags: ["supervisor"],
			})
			.output(polledCalendarSchema),
		pollCalendar: supervisorCall
			.route({
				...supervisionRoutes.visits.pollCalendar,
				summary: "Read the calendar of bookings now, whole or not at all",
				tags: ["supervisor"],
			})
			.output(polledCalendarSchema),
		importBookings: supervisorCall
			.route({
				...supervisionRoutes.visits.importBookings,
				summary: "Import bookings, all or none: one whose source is known is changed, a cancelled one is withdrawn",
				tags: ["supervisor"],
			})
			.errors(refusals("BOOKING_CODE_TAKEN", "TOPIC_UNKNOWN"))
			.input(
				z.strictObject({
					appointments: z.array(bookingSchema).max(100),
					/** Sources of cancelled bookings. */
					cancelled: z.array(z.string().min(1).max(256)).max(100).default([]),
				}),
			)
			.output(importResultSchema),
		importFile: supervisorCall
			.route({
				...supervisionRoutes.visits.importFile,
				summary: "Read a list of appointments (iCalendar or CSV), whole or not at all; a dry run imports nothing",
				tags: ["supervisor"],
			})
			.errors(refusals("LIST_INVALID"))
			.input(appointmentFileSchema)
			.output(listReportSchema),
	},
	device: {
		read: publicCall
			.route({
				...supervisionRoutes.device.read,
				summary: "What this browser is to the station, and what it may do",
				tags: ["device"],
			})
			.output(ownDeviceSchema),
		pair: publicCall
			.route({
				...supervisionRoutes.device.pair,
				summary: "Pair this device by a code that staff read out; the answer sets its cookie",
				tags: ["device"],
				successStatus: 201,
			})
			.errors(refusals("PAIRING_CODE_UNKNOWN", "PAIRING_RATE_LIMITED"))
			.input(z.strictObject({ code: pairingCodeSchema }))
			.output(pairedDeviceSchema),
	},
	devices: {
		list: supervisorCall
			.route({ ...supervisionRoutes.devices.list, summary: "Every device that is paired", tags: ["supervisor"] })
			.output(z.object({ at: instantSchema, network: stationNetworkSchema, devices: z.array(pairedDeviceSchema) })),
		createCode: supervisorCall
			.route({
				...supervisionRoutes.devices.createCode,
				summary: "A code that lets one device in, told once: read it out at the device",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.input(z.strictObject({ kind: deviceKindSchema, name: deviceNameSchema }))
			.output(createdCodeSchema),
		remove: supervisorCall
			.route({
				...supervisionRoutes.devices.remove,
				summary: "Unpair a device: it loses its access at once",
				tags: ["supervisor"],
				successStatus: 204,
			})
			.errors(refusals("DEVICE_UNKNOWN"))
			.input(z.object({ id: deviceIdInputSchema }))
			.output(z.void()),
	},
	enrolment: {
		read: setupCall
			.route({
				...supervisionRoutes.enrolment.read,
				summary: "The central server of this station",
				tags: ["supervisor"],
			})
			.output(stationEnrolmentSchema),
		enrol: setupCall
			.route({
				...supervisionRoutes.enrolment.enrol,
				summary: "Enrol this station at a central server by a code that IT made there",
				tags: ["supervisor"],
				successStatus: 201,
			})
			.errors(refusals("ENROLMENT_FAILED"))
			.input(stationEnrolmentRequestSchema)
			.output(stationEnrolmentSchema),
	},
};
