import { randomInt } from "node:crypto";
import type { Logger } from "pino";
import type { SyncHealth } from "../../protocol/api/health.ts";
import { MAX_SENT_TICKETS } from "../../protocol/model/phone.ts";
import { TOKEN_LIFE_SECONDS } from "../../protocol/sync/enrolment.ts";
import type { StationReport } from "../../protocol/sync/sync.ts";
import type { DeviceEnrolment } from "./enrolment/device-enrolment.ts";
import { signToken } from "./enrolment/station-token.ts";
import type { Pull, PullCalls } from "./pull/pull.ts";
import { startPullLoop } from "./pull/pull-loop.ts";
import type { Phones } from "./push/phone-tickets.ts";
import { startPushLoop } from "./push/push-loop.ts";
import { give, type ServerCalls } from "./push/push-streams.ts";
import { openHttpCalls, type PhoneTicketCalls, ServerRefusal } from "./server-calls.ts";
import type { StreamRepository } from "./stream-repository.ts";

export interface Sync {
	/** Something was written. */
	notify(): void;
	/** The station was enrolled anew: gives there at once. */
	enrolled(): void;
	health(): SyncHealth;
	/** Whether the server could not be reached when it was last tried; false where the station is enrolled nowhere. */
	isCutOff(): boolean;
	close(): Promise<void>;
}

export interface SyncDeps {
	/** Read before each round: `paihao enrol` enrols the station while it runs. */
	enrolment(): DeviceEnrolment | undefined;
	log: StreamRepository;
	logger: Logger;
	clock(): number;
	/** How the station is; how it stands to the server is known here. */
	report(): Omit<StationReport, "unsent" | "serverAhead" | "refusal">;
	pull: Pull;
	phones: Phones;
	/** Whether phones are sent to this server for their tickets. */
	phonesAskAt(server: string): boolean;
}

/** Gives the station's events to the server that it was enrolled at, from whenever it was. */
export function startSync({
	enrolment: readEnrolment,
	log,
	logger,
	clock,
	report,
	pull,
	phones,
	phonesAskAt,
}: SyncDeps): Sync {
	let link: { enrolment: DeviceEnrolment; calls: ServerCalls & PullCalls & PhoneTicketCalls } | undefined;
	let lastSeenAt: number | null = null;
	let serverAhead: number | null = null;
	/** The server's clock less this one's, as it last said: a token must be of the server's time. */
	let offset = 0;

	const linkOf = () => {
		const enrolment = readEnrolment();
		if (!enrolment) return undefined;
		if (link?.enrolment.privateKey !== enrolment.privateKey) {
			const token = keepToken(enrolment, () => clock() + offset);
			link = { enrolment, calls: openHttpCalls(enrolment.server, token) };
			phones.forget();
		}
		return link;
	};

	const sendPhoneTickets = async ({ enrolment, calls }: NonNullable<typeof link>) => {
		if (!phonesAskAt(enrolment.server)) return;
		for (let pending = phones.pending(clock()); pending.length > 0; pending = phones.pending(clock())) {
			await calls.phones(pending);
			phones.markSent(pending);
			if (pending.length < MAX_SENT_TICKETS) return;
		}
	};

	const giver = startPushLoop({
		async round(goesOn) {
			const found = linkOf();
			if (!found) return undefined;
			try {
				const pushed = await give({
					log,
					calls: found.calls,
					clock,
					goesOn,
					report: () => ({
						...report(),
						...{ unsent: log.unsent(), serverAhead: serverAhead ?? 0, refusal: pull.lastRefusal() },
					}),
				});
				lastSeenAt = clock();
				if (pushed.serverAhead > 0 && pushed.serverAhead !== serverAhead)
					logger.warn({ events: pushed.serverAhead }, "the server has events of this station that this disk has not");
				serverAhead = pushed.serverAhead;
				await sendPhoneTickets(found);
				return pushed;
			} catch (error) {
				if (error instanceof ServerRefusal) {
					lastSeenAt = clock();
					// A clock that is a year off keeps nobody from giving: the next token is made by the server's.
					if (error.code === "CLOCK_WRONG" && error.time !== undefined) {
						offset = error.time - clock();
						link = undefined;
					}
				}
				throw error;
			}
		},
		random: () => randomInt(1_000_000) / 1_000_000,
		log: logger,
	});

	const taker = startPullLoop({
		async round() {
			const found = linkOf();
			if (found) await pull.round(found.enrolment, found.calls);
			return found !== undefined;
		},
		listen: async (signal) => linkOf()?.calls.hints(signal),
		random: () => randomInt(1_000_000) / 1_000_000,
		log: logger,
	});

	return {
		notify: giver.notify,
		enrolled: giver.enrolled,
		isCutOff: () => link !== undefined && giver.state().failures > 0,
		health() {
			const { failures, refused } = giver.state();
			return {
				server: link?.enrolment.server ?? null,
				station: link?.enrolment.station ?? null,
				reachable: link === undefined ? null : failures === 0 || refused !== null,
				lastSeenAt,
				refused,
				unsent: log.unsent(),
				forks: log.streams().length - 1,
				serverAhead,
				pull: pull.health(link?.enrolment),
			};
		},
		async close() {
			await Promise.all([giver.close(), taker.close()]);
		},
	};
}

/** A token is used for half its life. */
function keepToken(enrolment: DeviceEnrolment, now: () => number): () => Promise<string> {
	let made = { at: Number.NEGATIVE_INFINITY, token: "" };
	return async () => {
		const at = now();
		if (Math.abs(at - made.at) > (TOKEN_LIFE_SECONDS * 1_000) / 2) made = { at, token: await signToken(enrolment, at) };
		return made.token;
	};
}
