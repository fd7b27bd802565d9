import { type ApiDescription, type CallFacts, describeApi, type Security } from "../../lib/http/openapi.ts";
import * as board from "../../protocol/api/board.ts";
import { checklistSchema } from "../../protocol/api/checklist.ts";
import { contract } from "../../protocol/api/contract.ts";
import { healthSchema } from "../../protocol/api/health.ts";
import { STATION_REFUSALS } from "../../protocol/api/station-refusals.ts";
import { createdCodeSchema, ownDeviceSchema, pairedDeviceSchema } from "../../protocol/model/device.ts";
import { languageSchema } from "../../protocol/model/language-schema.ts";
import { stationNetworkSchema } from "../../protocol/model/network.ts";
import { phoneTicketSchema } from "../../protocol/model/phone.ts";
import { printerStatusSchema } from "../../protocol/model/print.ts";
import { speechSchema } from "../../protocol/model/speech.ts";
import {
	auditEntrySchema,
	counterSchema,
	dayClosingSchema,
	sessionSchema,
	topicLoadSchema,
} from "../../protocol/model/staff.ts";
import { issuedTicketSchema, ticketSchema, ticketStateSchema, waitSchema } from "../../protocol/model/ticket.ts";
import { expectedVisitSchema } from "../../protocol/model/visit.ts";
import { dayReplaySchema } from "../../protocol/statistics/day-replay.ts";
import { statisticsSchema } from "../../protocol/statistics/statistics.ts";

const SCHEMAS: ApiDescription["schemas"] = {
	Activity: auditEntrySchema,
	Board: board.boardSchema,
	Checklist: checklistSchema,
	Counter: counterSchema,
	CreatedCode: createdCodeSchema,
	DayClosing: dayClosingSchema,
	DayReplay: dayReplaySchema,
	ExpectedVisit: expectedVisitSchema,
	Health: healthSchema,
	IssuedTicket: issuedTicketSchema,
	Language: languageSchema,
	OtherSite: board.otherSiteSchema,
	OwnDevice: ownDeviceSchema,
	PairedDevice: pairedDeviceSchema,
	PhoneTicket: phoneTicketSchema,
	PrinterStatus: printerStatusSchema,
	Queue: board.queueSchema,
	Session: sessionSchema,
	Speech: speechSchema,
	StationNetwork: stationNetworkSchema,
	Statistics: statisticsSchema,
	Ticket: ticketSchema,
	TicketState: ticketStateSchema,
	TopicLoad: topicLoadSchema,
	Topics: board.topicsSchema,
	Wait: waitSchema,
};

/** The station's API as GET /api/openapi.json and GET /api/docs describe it. */
export const describeStationApi = (version: string) =>
	describeApi({
		contract,
		title: "Paihao station",
		description:
			"The queue of one front desk. The kiosk sends its key, a desk its session's token, both as a bearer token. Every refusal has a stable code.",
		version,
		prefix: "/api",
		tags: {
			board: "What the public board shows and speaks.",
			catalogue: "Topics, and the sites that offer them.",
			desk: "What staff do at a counter.",
			device: "Pairing of kiosks, desks and boards on the network.",
			health: "How the station is.",
			kiosk: "What visitors do at the kiosk.",
			setup: "How the station is set up: at its own kiosk first, later by supervisors.",
			phone: "A visitor's own ticket, by the code on its paper.",
			supervisor: "What supervisors do.",
		},
		schemas: SCHEMAS,
		refusals: STATION_REFUSALS,
		// A device on the network also sends the cookie that pairing gave it.
		securitySchemes: {
			session: { type: "http", scheme: "bearer", description: "The token of a session: POST /session." },
			kioskKey: { type: "http", scheme: "bearer", description: "The key that the station made for its own kiosk." },
			device: { type: "apiKey", in: "cookie", name: "paihao-device", description: "A paired device: POST /device." },
		},
		securityOf,
	});

function securityOf({ meta, codes }: CallFacts): Security {
	const session = codes.includes("SIGN_IN_REQUIRED") ? [{ session: [] }] : [];
	if (codes.includes("FIRST_START_OVER")) return [...session, { kioskKey: [] }];
	const kiosk = codes.includes("KIOSK_KEY_REQUIRED") ? [{ kioskKey: [] }, { device: [] }] : [];
	if (session.length > 0 || kiosk.length > 0) return [...session, ...kiosk];
	// Without a token: anyone, or from the network a paired device.
	return meta.access === "public" ? [] : [{}, { device: [] }];
}
