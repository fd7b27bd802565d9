import { implement } from "@orpc/server";
import type { Logger } from "pino";
import { RateLimiter } from "../../lib/rate-limiter.ts";
import type { FleetSnapshot } from "../../protocol/api/fleet.ts";
import type { SharedSnapshot } from "../../protocol/api/fleet-changes.ts";
import { fleetContract } from "../../protocol/api/fleet-contract.ts";
import type { Commands } from "../commands/commands.ts";
import type { Documents } from "../documents/documents.ts";
import type { SigningKeys } from "../documents/signing-keys.ts";
import type { Administrators } from "../fleet/administrators.ts";
import { openNames } from "../fleet/catalogue-names.ts";
import type { Enrolment } from "../fleet/enrolment.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { Refusal } from "../refusal.ts";
import type { OpenedFleetStatistics } from "../statistics/fleet-statistics.ts";

export interface FleetRoutesDeps {
	fleet: Fleet;
	administrators: Administrators;
	enrolment: Enrolment;
	documents: Documents;
	commands: Commands;
	statistics: OpenedFleetStatistics;
	/** The keys that this machine signs with now. */
	keys(): SigningKeys | undefined;
	clock(): number;
	log: Logger;
	version: string;
}

/** What is known of a request beside its body. */
export interface FleetContext {
	/** Who is signed in. */
	administrator: string | undefined;
	/** Where the request comes from. */
	address: string;
	/** Gives the browser a session to keep. */
	keepSession(session: { token: string; expiresAt: number }): void;
	/** Ends the browser's session. */
	dropSession(): Promise<void>;
}

/** Passwords that one address may try in a minute before one is right: each costs some 80 ms of a core. */
const MAX_SIGN_INS = 10;

const { events: _, ...fleetCalls } = fleetContract.fleet;

/** The contract, for handlers. The stream of events is left out: fleet-stream.ts writes each change once for all pages. */
const os = implement({ ...fleetContract, fleet: fleetCalls }).$context<FleetContext>();

/** The same for a signed-in administrator. */
const signedIn = os.use(({ context, next }) => next({ context: { administrator: requireAdministrator(context) } }));

export function requireAdministrator({ administrator }: Pick<FleetContext, "administrator">): string {
	if (administrator === undefined) throw new Refusal("SIGN_IN_REQUIRED");
	return administrator;
}

/** The fleet's contract, carried out. Each handler hands over to one room. */
export function makeFleetRouter(deps: FleetRoutesDeps) {
	const { administrators, clock, documents, fleet, keys, log, statistics, version } = deps;
	const readNames = openNames(documents);
	const signIns = new RateLimiter({
		maxAttempts: MAX_SIGN_INS,
		refuse: () => new Refusal("SIGN_IN_RATE_LIMITED"),
	});
	return os.router({
		session: {
			open: os.session.open.handler(async ({ input: { name, password }, context: { address, keepSession } }) => {
				signIns.requireBelowLimit(address, clock());
				// Counted before the password is checked, so that requests at the same time all count.
				signIns.count(address, clock());
				keepSession(await administrators.signIn(name, password, clock()));
				signIns.reset(address);
				return { administrator: name };
			}),
			read: signedIn.session.read.handler(({ context: { administrator } }) => ({ administrator })),
			close: os.session.close.handler(({ context }) => context.dropSession()),
		},
		fleet: {
			read: signedIn.fleet.read.handler(async ({ context: { administrator } }) =>
				snapshotFor(administrator, version, await fleet.snapshot(clock())),
			),
			names: signedIn.fleet.names.handler(readNames),
		},
		stations: makeStationRoutes(deps),
		commands: {
			list: signedIn.commands.list.handler(async ({ input: { station, before } }) => ({
				commands: await fleet.olderCommands(station, before),
			})),
			send: signedIn.commands.send.handler(async ({ input: { station, action }, context: { administrator: by } }) => {
				const number = await deps.commands.send(station, action, { by, now: clock() });
				log.info({ by, station, number, action }, "fleet.command.sent");
				return { number };
			}),
		},
		statistics: {
			read: signedIn.statistics.read.handler(({ input: { within: withinMinutes, ...question } }) =>
				statistics.read({ ...question, withinMinutes }, clock()),
			),
		},
		enrolmentCodes: {
			create: signedIn.enrolmentCodes.create.handler(async ({ input: { site }, context: { administrator: by } }) => {
				const { code, station, expiresAt } = await deps.enrolment.makeCode(site, clock());
				log.info({ by, site, station }, "fleet.code.created");
				return { station, site, expiresAt, code: `${code.slice(0, 5)}-${code.slice(5)}` };
			}),
		},
		catalogue: {
			review: signedIn.catalogue.review.handler(({ input: { catalogue } }) => documents.review(catalogue)),
			publish: signedIn.catalogue.publish.handler(async ({ input, context: { administrator: by } }) => {
				const catalogue = { kind: "catalogue", body: input.catalogue } as const;
				const version = await documents.publish(catalogue, { by, now: clock(), keys: keys() });
				log.info({ by, version }, "fleet.catalogue.published");
				return { version };
			}),
		},
	});
}

/** What an administrator does with a station. */
function makeStationRoutes({ fleet, enrolment, clock, log }: FleetRoutesDeps) {
	return {
		revoke: signedIn.stations.revoke.handler(async ({ input: { station }, context: { administrator: by } }) => {
			if (!(await enrolment.revoke(station, clock()))) throw new Refusal("STATION_UNKNOWN", { station });
			log.warn({ by, station }, "fleet.station.revoked");
		}),
		remove: signedIn.stations.remove.handler(async ({ input: { station }, context: { administrator: by } }) => {
			await enrolment.remove(station);
			log.info({ by, station }, "fleet.station.removed");
		}),
		reviewForks: signedIn.stations.reviewForks.handler(
			async ({ input: { station, forks }, context: { administrator: by } }) => {
				const isKnown = await fleet.reviewForks(station, { by, at: clock(), forks });
				if (!isKnown) throw new Refusal("STATION_UNKNOWN", { station });
				log.info({ by, station, forks }, "fleet.forks.reviewed");
			},
		),
	};
}

/** The snapshot that all pages share, for one of them. */
export function snapshotFor(administrator: string, version: string, shared: SharedSnapshot): FleetSnapshot {
	return { ...shared, version, administrator };
}
