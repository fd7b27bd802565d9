import { oc as anyContract, eventIterator } from "@orpc/contract";
import { z } from "zod";
import { catalogueBodySchema } from "../documents/signed-document.ts";
import { siteIdSchema, stationIdSchema } from "../model/ids.ts";
import { fleetStatisticsSchema } from "../statistics/fleet-statistics.ts";
import { administratorsActionSchema } from "../sync/command.ts";
import {
	administratorSchema,
	catalogueReviewSchema,
	createdEnrolmentCodeSchema,
	fleetCommandSchema,
	fleetMessageSchema,
	fleetNamesSchema,
	fleetSnapshotSchema,
} from "./fleet.ts";
import { fleetRoutes } from "./fleet-routes.ts";
import { pickRefusals } from "./refusal-table.ts";
import { SERVER_REFUSALS, type ServerRefusalCode } from "./server-refusals.ts";
import { checkDayRange, dayRangeShape } from "./statistics-contract.ts";

const refusals = <const Code extends ServerRefusalCode>(...codes: Code[]) => pickRefusals(SERVER_REFUSALS, ...codes);

/** A call that anyone may make. */
const publicCall = anyContract.errors(
	refusals(
		"BAD_REQUEST",
		"BODY_INVALID",
		"BODY_TOO_LARGE",
		"MEDIA_TYPE_UNSUPPORTED",
		"ORIGIN_REFUSED",
		"DATABASE_BUSY",
		"SERVER_ERROR",
	),
);
/** A call of a signed-in administrator. */
const administratorCall = publicCall.errors(refusals("SIGN_IN_REQUIRED"));

const ofStation = z.strictObject({ station: stationIdSchema });
/** A catalogue's files by name, in one JSON object. */
const ofCatalogue = z.strictObject({ catalogue: catalogueBodySchema });

/** The server's API for its administrators. `GET /fleet/api/openapi.json` is made from this. */
export const fleetContract = {
	session: {
		open: publicCall
			.route({
				...fleetRoutes.session.open,
				summary: "Sign in; the session is a cookie that scripts cannot read",
				tags: ["session"],
			})
			.errors(refusals("SIGN_IN_REFUSED", "SIGN_IN_RATE_LIMITED"))
			.input(z.strictObject({ name: z.string().max(64), password: z.string().max(256) }))
			.output(administratorSchema),
		read: administratorCall
			.route({ ...fleetRoutes.session.read, summary: "Who is signed in", tags: ["session"] })
			.output(administratorSchema),
		close: publicCall
			.route({ ...fleetRoutes.session.close, summary: "Sign out", tags: ["session"], successStatus: 204 })
			.output(z.void()),
	},
	fleet: {
		read: administratorCall
			.route({ ...fleetRoutes.fleet.read, summary: "Every station as it is now", tags: ["fleet"] })
			.output(fleetSnapshotSchema),
		events: administratorCall
			.route({
				...fleetRoutes.fleet.events,
				summary: "The fleet, whole at first and then its changes (server-sent events)",
				tags: ["fleet"],
			})
			.output(eventIterator(fleetMessageSchema)),
		names: administratorCall
			.route({
				...fleetRoutes.fleet.names,
				summary: "The names of sites and topics in Chinese and English",
				tags: ["fleet"],
			})
			.output(fleetNamesSchema),
	},
	stations: {
		revoke: administratorCall
			.route({
				...fleetRoutes.stations.revoke,
				summary: "Refuse the station's device from now on",
				tags: ["station"],
				successStatus: 204,
			})
			.errors(refusals("STATION_UNKNOWN"))
			.input(ofStation)
			.output(z.void()),
		remove: administratorCall
			.route({
				...fleetRoutes.stations.remove,
				summary: "Remove a station that was made for a code and never enrolled",
				tags: ["station"],
				successStatus: 204,
			})
			.errors(refusals("STATION_UNKNOWN", "STATION_ALREADY_ENROLLED"))
			.input(ofStation)
			.output(z.void()),
		reviewForks: administratorCall
			.route({
				...fleetRoutes.stations.reviewForks,
				summary: "Record that somebody has looked at so many forks of the station",
				tags: ["station"],
				successStatus: 204,
			})
			.errors(refusals("STATION_UNKNOWN"))
			.input(ofStation.extend({ forks: z.int().min(1) }))
			.output(z.void()),
	},
	commands: {
		list: administratorCall
			.route({
				...fleetRoutes.commands.list,
				summary: "A station's commands of administrators, newest first, a page at a time",
				tags: ["station"],
			})
			.input(
				ofStation.extend({
					before: z.coerce.number().int().min(1).optional().describe("a command's number; without it the newest"),
				}),
			)
			.output(z.object({ commands: z.array(fleetCommandSchema) })),
		send: administratorCall
			.route({
				...fleetRoutes.commands.send,
				summary: "Send the station a command",
				tags: ["station"],
				successStatus: 201,
			})
			.errors(refusals("STATION_UNKNOWN"))
			.input(ofStation.extend({ action: administratorsActionSchema }))
			.output(z.object({ number: z.int() })),
	},
	statistics: {
		read: administratorCall
			.route({
				...fleetRoutes.statistics.read,
				summary:
					"Waits, services and visitors of a range of service days, of all sites or one; small groups are not told",
				tags: ["statistics"],
			})
			.input(z.strictObject({ ...dayRangeShape, site: siteIdSchema.optional() }).superRefine(checkDayRange))
			.output(fleetStatisticsSchema),
	},
	enrolmentCodes: {
		create: administratorCall
			.route({
				...fleetRoutes.enrolmentCodes.create,
				summary: "Make a code that enrols one device as the site's station",
				tags: ["station"],
				successStatus: 201,
			})
			.input(z.strictObject({ site: siteIdSchema }))
			.output(createdEnrolmentCodeSchema),
	},
	catalogue: {
		review: administratorCall
			.route({
				...fleetRoutes.catalogue.review,
				summary: "Check a catalogue as stations do, and compare it with the published one",
				tags: ["catalogue"],
			})
			.input(ofCatalogue)
			.output(catalogueReviewSchema),
		publish: administratorCall
			.route({
				...fleetRoutes.catalogue.publish,
				summary: "Sign a catalogue and publish it for all stations",
				tags: ["catalogue"],
				successStatus: 201,
			})
			.errors(refusals("CATALOGUE_INVALID", "SIGNER_MISSING"))
			.input(ofCatalogue)
			.output(z.object({ version: z.int() })),
	},
};

export type FleetContract = typeof fleetContract;
