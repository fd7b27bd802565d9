import { describeApi } from "../../lib/http/openapi.ts";
import * as fleet from "../../protocol/api/fleet.ts";
import { fleetContract } from "../../protocol/api/fleet-contract.ts";
import { SERVER_REFUSALS } from "../../protocol/api/server-refusals.ts";
import { rejectedEntrySchema } from "../../protocol/catalogue/rejected-entry.ts";
import { diskReportSchema } from "../../protocol/model/disk.ts";
import { fleetStatisticsSchema } from "../../protocol/statistics/fleet-statistics.ts";
import { commandActionSchema } from "../../protocol/sync/command.ts";
import { stationReportSchema } from "../../protocol/sync/sync.ts";

/** The fleet's API as GET /fleet/api/openapi.json and GET /fleet/api/docs describe it. */
export const describeFleetApi = (version: string) =>
	describeApi({
		contract: fleetContract,
		title: "Paihao server",
		description:
			"The fleet of stations, for its administrators. A session is a cookie; `paihao server admin add` makes an account. Every refusal has a stable code.",
		version,
		prefix: "/fleet/api",
		tags: {
			session: "Signing in and out.",
			fleet: "How the stations are.",
			station: "What administrators do with a station.",
			statistics: "What the sites' days show.",
			catalogue: "The catalogue of all stations.",
		},
		schemas: {
			CatalogueReview: fleet.catalogueReviewSchema,
			Command: fleet.fleetCommandSchema,
			CommandAction: commandActionSchema,
			CreatedEnrolmentCode: fleet.createdEnrolmentCodeSchema,
			DiskReport: diskReportSchema,
			Fleet: fleet.fleetSnapshotSchema,
			FleetMessage: fleet.fleetMessageSchema,
			FleetNames: fleet.fleetNamesSchema,
			RefusalCount: fleet.refusalCountSchema,
			RejectedEntry: rejectedEntrySchema,
			FleetStatistics: fleetStatisticsSchema,
			Station: fleet.fleetStationSchema,
			StationReport: stationReportSchema,
		},
		refusals: SERVER_REFUSALS,
		securitySchemes: {
			session: { type: "apiKey", in: "cookie", name: "paihao_fleet", description: "Signed in: POST /session." },
		},
		securityOf: ({ codes }) => (codes.includes("SIGN_IN_REQUIRED") ? [{ session: [] }] : []),
	});
