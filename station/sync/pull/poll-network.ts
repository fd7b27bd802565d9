import { MINUTE_MS } from "../../../lib/time/durations.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { DeviceEnrolment } from "../enrolment/device-enrolment.ts";
import type { PullCalls, PullDeps } from "./pull-deps.ts";

/** How often to ask for the other sites' queues. A minute does not change which site a visitor goes to. */
const NETWORK_INTERVAL_MS = MINUTE_MS;

/** Asks for the other sites once a minute: for all of them at first, then for those that changed. */
export function openNetworkPoll({ sites, clock, knownSites }: Pick<PullDeps, "sites" | "clock" | "knownSites">) {
	let askedAt = Number.NEGATIVE_INFINITY;
	/** The server's clock at its last answer; null while all sites are to be asked for. */
	let last: { station: StationId; time: number } | null = null;
	return {
		forget() {
			last = null;
		},
		async round({ station }: DeviceEnrolment, calls: Pick<PullCalls, "network">) {
			const now = clock();
			if (Math.abs(now - askedAt) < NETWORK_INTERVAL_MS) return;
			const view = await calls.network(last?.station === station ? last.time : null);
			await sites.save(view, { now, known: knownSites() });
			last = { station, time: view.time };
			askedAt = now;
		},
	};
}
