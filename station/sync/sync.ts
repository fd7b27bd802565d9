import { randomInt } from "node:crypto";
import type { Logger } from "pino";
import type { SyncHealth } from "../../protocol/api/health.ts";
import { MOST_TOLD } from "../../protocol/model/phone.ts";
import { TOKEN_LIFE_SECONDS } from "../../protocol/sync/enrolment.ts";
import type { StationReport } from "../../protocol/sync/sync.ts";
import { type DeviceEnrolment, readSecrets } from "../app/secrets.ts";
import { signToken } from "./enrolment/station-token.ts";
import type { Taking, TakingCalls } from "./pull/pull.ts";
import { startTaker } from "./pull/pull-loop.ts";
import type { Phones } from "./push/phone-tickets.ts";
import { startGiver } from "./push/push-loop.ts";
import { give, type ServerCalls } from "./push/push-streams.ts";
import { openHttpCalls, ServerRefusal, type TellingCalls } from "./server-calls.ts";
import type { SyncLog } from "./stream-repository.ts";

export interface Sync {
	/** Something was written. */
	wake(): void;
	/** The station was enrolled anew: gives there at once. */
	enrolled(): void;
	health(): SyncHealth;
	/** Whether the server could not be reached when it was last tried; false where the station is enrolled nowhere. */
	isCutOff(): boolean;
	close(): Promise<void>;
}

export interface SyncParts {
	/** The station's folder: `paihao enrol` writes there while the station runs. */
	folder: string;
	log: SyncLog;
	logger: Logger;
	clock(): number;
	/** How the station is; how it stands to the server is known here. */
	report(): Omit<StationReport, "unsent" | "beyond" | "refusal">;
	taking: Taking;
	phones: Phones;
	/** Whether phones are sent to this server for their tickets. */
	phonesAskAt(server: string): boolean;
}

/** Gives the station's events to the server that it was enrolled at, from whenever it was. */
export function startSync({ folder, log, logger, clock, report, taking, phones, phonesAskAt }: SyncParts): Sync {
	let link: { enrolment: DeviceEnrolment; calls: ServerCalls & TakingCalls & TellingCalls } | undefined;
	let heardAt: number | null = null;
	let beyond: number | null = null;
	/** The server's clock less this one's, as it last said: a token must be of the server's time. */
	let offset = 0;

	const linkOf = () => {
		const enrolment = readSecrets(folder)?.enrolment;
		if (!enrolment) return undefined;
		if (link?.enrolment.privateKey !== enrolment.privateKey) {
			const token = keepToken(enrolment, () => clock() + offset);
			link = { enrolment, calls: openHttpCalls(enrolment.server, token) };
			phones.forget();
		}
		return link;
	};

	const tellPhones = async ({ enrolment, calls }: NonNullable<typeof link>) => {
		if (!phonesAskAt(enrolment.server)) return;
		for (let news = phones.news(clock()); news.length > 0; news = phones.news(clock())) {
			await calls.phones(news);
			phones.told(news);
			if (news.length < MOST_TOLD) return;
		}
	};

	const giver = startGiver({
		async round(goesOn) {
			const found = linkOf();
			if (!found) return undefined;
			try {
				const given = await give({
					log,
					calls: found.calls,
					clock,
					goesOn,
					report: () => ({
						...report(),
						...{ unsent: log.unsent(), beyond: beyond ?? 0, refusal: taking.lastRefusal() },
					}),
				});
				heardAt = clock();
				if (given.beyond > 0 && given.beyond !== beyond)
					logger.warn({ events: given.beyond }, "the server has events of this station that this disk has not");
				beyond = given.beyond;
				await tellPhones(found);
				return given;
			} catch (fault) {
				if (fault instanceof ServerRefusal) {
					heardAt = clock();
					// A clock that is a year off keeps nobody from giving: the next token is made by the server's.
					if (fault.code === "CLOCK_WRONG" && fault.time !== undefined) {
						offset = fault.time - clock();
						link = undefined;
					}
				}
				throw fault;
			}
		},
		random: () => randomInt(1_000_000) / 1_000_000,
		log: logger,
	});

	const taker = startTaker({
		async round() {
			const found = linkOf();
			if (found) await taking.round(found.enrolment, found.calls);
			return found !== undefined;
		},
		listen: async (signal) => linkOf()?.calls.hints(signal),
		random: () => randomInt(1_000_000) / 1_000_000,
		log: logger,
	});

	return {
		wake: giver.wake,
		enrolled: giver.enrolled,
		isCutOff: () => link !== undefined && giver.state().failures > 0,
		health() {
			const { failures, refused } = giver.state();
			return {
				server: link?.enrolment.server ?? null,
				station: link?.enrolment.station ?? null,
				reachable: link === undefined ? null : failures === 0 || refused !== null,
				heardAt,
				refused,
				unsent: log.unsent(),
				forks: log.streams().length - 1,
				beyond,
				taking: taking.health(link?.enrolment),
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
