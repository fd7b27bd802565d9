import { randomInt } from "node:crypto";
import type { Logger } from "pino";
import { DAY_MS, SECOND_MS } from "../../lib/time/durations.ts";
import type { SyncHealth } from "../../protocol/api/health.ts";
import { MAX_SENT_TICKETS } from "../../protocol/model/phone.ts";
import { TOKEN_LIFE_SECONDS } from "../../protocol/sync/enrolment.ts";
import { digestOfSettings, type InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import type { StationReport } from "../../protocol/sync/sync.ts";
import type { DeviceEnrolment } from "./enrolment/device-enrolment.ts";
import { signToken } from "./enrolment/station-token.ts";
import type { Pull } from "./pull/pull.ts";
import { startPullLoop } from "./pull/pull-loop.ts";
import type { PhoneTickets } from "./push/phone-tickets.ts";
import { startPushLoop } from "./push/push-loop.ts";
import { type PushResult, pushStreams } from "./push/push-streams.ts";
import { type HttpCalls, type OnServerTime, openHttpCalls, ServerRefusal } from "./server-calls.ts";
import type { StreamRepository } from "./stream-repository.ts";

export interface Sync {
	/** Something was written. */
	notify(): void;
	/** The station has a new enrolment: pushes to its server at once. */
	enrolled(): void;
	health(): SyncHealth;
	/** Whether the server could not be reached at the last attempt; false where the station is enrolled nowhere. */
	isCutOff(): boolean;
	close(): Promise<void>;
}

export interface SyncDeps {
	/** Read before each round: `paihao enrol` enrols the station while it runs. */
	enrolment(): DeviceEnrolment | undefined;
	log: StreamRepository;
	logger: Logger;
	clock(): number;
	/** The server's clock, with each answer. */
	heardTime?: OnServerTime | undefined;
	/** The station's state, without what only this room knows. */
	report(): Omit<StationReport, "unsent" | "serverAhead" | "refusal">;
	/** What a device in this one's place would take over. */
	settings(): InheritedSettings;
	pull: Pull;
	phoneTickets: PhoneTickets;
	/** Whether visitors' phones ask this server for their tickets. */
	isPhoneServer(server: string): boolean;
}

/** A server with the enrolment that holds there. */
interface Connection {
	enrolment: DeviceEnrolment;
	calls: HttpCalls;
}

/** Pushes the station's events to the server where it is enrolled, and pulls what the server has for it. */
export function startSync(deps: SyncDeps): Sync {
	const { log, logger, pull } = deps;
	const connections = openConnections(deps);
	const server = openServerSide(deps, connections);
	const random = () => randomInt(1_000_000) / 1_000_000;

	const pushLoop = startPushLoop({ round: server.push, random, log: logger });
	const pullLoop = startPullLoop({
		async round() {
			const connection = connections.open();
			if (connection) await pull.round(connection.enrolment, connection.calls);
			return connection !== undefined;
		},
		hints: async (signal) => connections.open()?.calls.hints(signal),
		random,
		log: logger,
	});

	return {
		notify: pushLoop.notify,
		enrolled: pushLoop.enrolled,
		isCutOff: () => connections.current() !== undefined && pushLoop.state().failures > 0,
		health() {
			const { failures, refused } = pushLoop.state();
			const enrolment = connections.current()?.enrolment;
			return {
				server: enrolment?.server ?? null,
				station: enrolment?.station ?? null,
				reachable: enrolment === undefined ? null : failures === 0 || refused !== null,
				lastSeenAt: server.lastSeenAt(),
				refused: refused ?? pullLoop.refused(),
				unsent: log.unsent(),
				forks: log.streams().length - 1,
				serverAhead: server.serverAhead(),
				pull: pull.health(enrolment),
			};
		},
		async close() {
			await Promise.all([pushLoop.close(), pullLoop.close()]);
		},
	};
}

interface Connections {
	/** The connection for the enrolment as it is now; undefined where the station is enrolled nowhere. */
	open(): Connection | undefined;
	/** The connection that was opened last. */
	current(): Connection | undefined;
	/** From the next connection on, tokens are signed for the server's clock. */
	setServerTime(time: number): void;
}

function openConnections({ enrolment: readEnrolment, clock, phoneTickets, heardTime }: SyncDeps): Connections {
	let connection: Connection | undefined;
	/** The server's clock less this one's, as it last said: a token must be of the server's time. */
	let offsetMs = 0;
	return {
		open() {
			const enrolment = readEnrolment();
			if (!enrolment) return undefined;
			if (connection?.enrolment.privateKey !== enrolment.privateKey) {
				const token = cacheToken(enrolment, () => clock() + offsetMs);
				connection = { enrolment, calls: openHttpCalls(enrolment.server, token, heardTime) };
				phoneTickets.forget();
			}
			return connection;
		},
		current: () => connection,
		setServerTime(time) {
			offsetMs = time - clock();
			connection = undefined;
		},
	};
}

interface ServerSide {
	/** One round of the push loop; undefined where the station is enrolled nowhere. */
	push(mayContinue: () => boolean): Promise<PushResult | undefined>;
	/** When the server last answered; UTC milliseconds by this station's clock. */
	lastSeenAt(): number | null;
	/** Events of this station that the server has and this disk lacks; null before the first round. */
	serverAhead(): number | null;
}

/** Pushes events and the tickets for phones, and keeps what the answers say of the server. */
function openServerSide(deps: SyncDeps, connections: Connections): ServerSide {
	const { log, logger, clock, report, pull, phoneTickets, isPhoneServer } = deps;
	const sendSettings = openSettingsSender(deps);
	let lastSeenAt: number | null = null;
	let serverAhead: number | null = null;

	const sendPhoneTickets = async ({ enrolment, calls }: Connection) => {
		if (!isPhoneServer(enrolment.server)) return;
		for (let pending = phoneTickets.pending(clock()); pending.length > 0; pending = phoneTickets.pending(clock())) {
			await calls.phones(pending);
			phoneTickets.markSent(pending);
			if (pending.length < MAX_SENT_TICKETS) return;
		}
	};

	const fullReport = (): StationReport => ({
		...report(),
		...{ unsent: log.unsent(), serverAhead: serverAhead ?? 0, refusal: pull.lastRefusal() },
	});

	return {
		lastSeenAt: () => lastSeenAt,
		serverAhead: () => serverAhead,
		async push(mayContinue) {
			const connection = connections.open();
			if (!connection) return undefined;
			try {
				const result = await pushStreams({ log, calls: connection.calls, clock, mayContinue, report: fullReport });
				lastSeenAt = clock();
				if (result.serverAhead > 0 && result.serverAhead !== serverAhead)
					logger.warn({ events: result.serverAhead }, "sync.server.ahead");
				serverAhead = result.serverAhead;
				await sendSettings(connection);
				await sendPhoneTickets(connection);
				return result;
			} catch (error) {
				if (error instanceof ServerRefusal) {
					lastSeenAt = clock();
					// A station whose clock is a year off still pushes: its next token is signed for the server's time.
					if (error.code === "CLOCK_WRONG" && error.time !== undefined) connections.setServerTime(error.time);
				}
				throw error;
			}
		},
	};
}

/** Sends the settings when they have changed, and once a day: a server that was restored may have lost them. */
function openSettingsSender({ settings, clock }: SyncDeps): (connection: Connection) => Promise<void> {
	let sent: { to: string; digest: string; at: number } | undefined;
	return async ({ enrolment, calls }) => {
		const present = settings();
		const digest = digestOfSettings(present);
		const to = enrolment.privateKey;
		const isThere = sent?.to === to && sent.digest === digest && Math.abs(clock() - sent.at) < DAY_MS;
		if (isThere) return;
		await calls.settings(present);
		sent = { to, digest, at: clock() };
	};
}

/** Signs a token and uses it for half of its life. */
function cacheToken(enrolment: DeviceEnrolment, now: () => number): () => Promise<string> {
	const reuseMs = (TOKEN_LIFE_SECONDS * SECOND_MS) / 2;
	let signed = { at: Number.NEGATIVE_INFINITY, token: "" };
	return async () => {
		const at = now();
		if (Math.abs(at - signed.at) > reuseMs) signed = { at, token: await signToken(enrolment, at) };
		return signed.token;
	};
}
