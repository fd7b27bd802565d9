import { type Answer, UNREACHABLE } from "../../../api-client/answer.ts";
import type { CatalogueReview, CreatedEnrolmentCode, FleetCommand, FleetNames } from "../../../protocol/api/fleet.ts";
import type { SiteId, StationId } from "../../../protocol/model/ids.ts";
import type { CommandAction } from "../../../protocol/sync/command.ts";
import type { Catalogue } from "../state/state.ts";

/** The server as the fleet's page speaks to it; the session is a cookie that scripts cannot read. */

export interface Server {
	/** Who is signed in. */
	session(): Promise<Answer<{ administrator: string }>>;
	names(): Promise<Answer<FleetNames>>;
	signIn(name: string, password: string): Promise<Answer<{ administrator: string }>>;
	signOut(): Promise<Answer<object>>;
	makeCode(site: SiteId): Promise<Answer<CreatedEnrolmentCode>>;
	revoke(station: StationId): Promise<Answer<object>>;
	/** Takes back a station that was never enrolled. */
	remove(station: StationId): Promise<Answer<object>>;
	reviewForks(station: StationId, forks: number): Promise<Answer<object>>;
	/** All before the command of a number; null: from the newest on. */
	olderCommands(station: StationId, before: number | null): Promise<Answer<{ commands: FleetCommand[] }>>;
	command(station: StationId, action: CommandAction): Promise<Answer<{ number: number }>>;
	review(catalogue: Catalogue): Promise<Answer<CatalogueReview>>;
	publish(catalogue: Catalogue): Promise<Answer<{ version: number }>>;
}

/** A catalogue of twelve languages is some 200 KB: also over a slow line. */
const ANSWER_WITHIN = 30_000;
export const EVENTS = "/fleet/api/events";

export function openServer(fetch: typeof globalThis.fetch): Server {
	async function ask<T>(path: string, body?: object): Promise<Answer<T>> {
		try {
			const response = await fetch(`/fleet/api/${path}`, {
				...(body !== undefined && {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify(body),
				}),
				cache: "no-store",
				signal: AbortSignal.timeout(ANSWER_WITHIN),
			});
			const answer = (await response.json()) as T & {
				code?: unknown;
				message?: string;
				data?: Record<string, unknown>;
			};
			if (response.ok) return { kind: "ok", value: answer };
			const { code, message, data = {} } = answer;
			if (typeof code === "string") return { kind: "refused", code, data, message: message ?? code };
		} catch {
			// No answer, or none that this API gives.
		}
		return UNREACHABLE;
	}
	return {
		session: () => ask("session"),
		names: () => ask("names"),
		signIn: (name, password) => ask("sign-in", { name, password }),
		signOut: () => ask("sign-out", {}),
		makeCode: (site) => ask("codes", { site }),
		revoke: (station) => ask("revoke", { station }),
		remove: (station) => ask("remove", { station }),
		reviewForks: (station, forks) => ask("review-forks", { station, forks }),
		olderCommands: (station, before) => ask(`commands?station=${station}${before === null ? "" : `&before=${before}`}`),
		command: (station, action) => ask("commands", { station, action }),
		review: (catalogue) => ask("catalogue/review", { catalogue }),
		publish: (catalogue) => ask("catalogue", { catalogue }),
	};
}
