import type { Contract } from "../protocol/api/contract.ts";
import {
	deskRoutes as desk,
	setupRoutes,
	staffGateRoutes,
	stationRoutes as station,
	statisticsRoutes,
	supervisionRoutes as supervision,
	visitorRoutes as visitor,
} from "../protocol/api/routes.ts";
import type { stationContract } from "../protocol/api/station-contract.ts";
import type { visitorContract } from "../protocol/api/visitor-contract.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";

/** Where the station answers, and where its board streams. */
const PREFIX = "/api";
export const BOARD_EVENTS = `${PREFIX}${station.board.events.path}`;

type Options = Omit<ClientOptions, "prefix">;

/** Every call of the station. */
export type StationClient = Client<Contract>;

export function createStationClient(options: Options = {}): StationClient {
	const routes = {
		...visitor,
		...desk,
		...supervision,
		...station,
		...setupRoutes,
		...staffGateRoutes,
		...statisticsRoutes,
		tickets: { ...visitor.tickets, ...desk.tickets },
		visits: { ...visitor.visits, ...desk.visits, ...supervision.visits },
		help: { ...visitor.help, ...desk.help },
	};
	return createClient<Contract>(routes, { ...options, prefix: PREFIX });
}

/** What visitors ask, and what the station says of itself: all that kiosk, board and phone need. */
export type VisitorClient = Client<typeof visitorContract & typeof stationContract>;

export function createVisitorClient(options: Options = {}): VisitorClient {
	return createClient<typeof visitorContract & typeof stationContract>(
		{ ...visitor, ...station },
		{ ...options, prefix: PREFIX },
	);
}
