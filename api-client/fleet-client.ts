import type { FleetMessage } from "../protocol/api/fleet.ts";
import type { FleetContract } from "../protocol/api/fleet-contract.ts";
import { fleetRoutes } from "../protocol/api/fleet-routes.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";

/** Where the server answers, and where its fleet streams. */
const PREFIX = "/fleet/api";
export const FLEET_EVENTS = `${PREFIX}${fleetRoutes.fleet.events.path}`;

/** Every call of the fleet's API. The session is a cookie, which the browser sends by itself. */
export type FleetClient = Client<FleetContract>;

export function createFleetClient(options: Omit<ClientOptions, "prefix"> = {}): FleetClient {
	return createClient<FleetContract>(fleetRoutes, { ...options, prefix: PREFIX });
}

/** Checks what a message of the stream needs to be drawn; the contract covers the rest. */
export function isFleetMessage(data: unknown): data is FleetMessage {
	const { kind, snapshot, changes } = asRecord(data);
	const content = kind === "whole" ? asRecord(snapshot) : kind === "changes" ? asRecord(changes) : {};
	return typeof content.time === "number" && Array.isArray(content.stations);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}
