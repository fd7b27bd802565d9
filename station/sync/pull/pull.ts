import { MINUTE_MS } from "../../../lib/time/durations.ts";
import type { PullHealth } from "../../../protocol/api/health.ts";
import type { DocumentKind } from "../../../protocol/documents/signed-document.ts";
import type { DeviceEnrolment } from "../enrolment/device-enrolment.ts";
import { CommandsGap } from "./execute-commands.ts";
import { openNetworkPoll } from "./poll-network.ts";
import type { PullCalls, PullDeps } from "./pull-deps.ts";
import { openDocumentPull } from "./pull-documents.ts";

export interface Pull {
	/** One poll, and all that follows from it. Throws what the calls throw; what was applied by then is kept. */
	round(enrolment: DeviceEnrolment, calls: PullCalls): Promise<void>;
	health(enrolment: DeviceEnrolment | undefined): PullHealth;
	/** What was refused last, and when by this station's clock; null where nothing was refused since the start. */
	lastRefusal(): { code: string; at: number } | null;
}

/** Clocks further apart than this are reported: a year off, a valid document seems to have expired. */
const MAX_CLOCK_OFFSET_MS = 2 * MINUTE_MS;

/** Fetches what the server has for this station: signed documents, commands, what the other sites offer. */
export function openPull(deps: PullDeps): Pull {
	const { documents, commands, clock } = deps;
	const refusals: Record<string, number> = {};
	let lastRefusal: { code: string; at: number } | null = null;
	let clockOffset: number | null = null;

	const refuse = (code: string, details: object) => {
		refusals[code] = (refusals[code] ?? 0) + 1;
		lastRefusal = { code, at: clock() };
		deps.refused(code, details);
	};
	const networkPoll = openNetworkPoll(deps);
	const documentPull = openDocumentPull({
		...deps,
		refuse,
		applied(content) {
			deps.applied(content);
			// A new catalogue may know sites that were skipped until now.
			if (content.kind === "catalogue") networkPoll.forget();
		},
	});

	const compareClocks = (serverTime: number) => {
		deps.heardTime?.(serverTime);
		const before = clockOffset;
		clockOffset = clock() - serverTime;
		if (Math.abs(clockOffset - (before ?? clockOffset)) > MAX_CLOCK_OFFSET_MS) documentPull.tryAgain();
		// Reported once: the station verifies by its own clock, and only people can set a wrong one.
		if (Math.abs(clockOffset) > MAX_CLOCK_OFFSET_MS && Math.abs(before ?? 0) <= MAX_CLOCK_OFFSET_MS)
			refuse("CLOCK_WRONG", { clockOffset });
	};
	const targetOf = ({ station, commands: before = 0 }: DeviceEnrolment) => ({ station, before });

	return {
		lastRefusal: () => lastRefusal,
		async round(enrolment, calls) {
			const target = targetOf(enrolment);
			const { time, documents: announced, commands: polled } = await calls.poll(commands.last(target));
			compareClocks(time);
			await documentPull.round(enrolment, calls, announced);
			try {
				commands.execute(polled, { ...target, now: clock(), serverNow: time });
			} catch (error) {
				if (!(error instanceof CommandsGap)) throw error;
				refuse("COMMANDS_GAP", { gap: error.message });
			}
			await networkPoll.round(enrolment, calls);
		},
		health(enrolment) {
			const version = (kind: DocumentKind) => (enrolment && documents.version(enrolment.station, kind)) || null;
			return {
				catalogue: version("catalogue"),
				configuration: version("configuration"),
				command: enrolment ? commands.last(targetOf(enrolment)) : 0,
				refused: { ...refusals },
				clockOffset,
			};
		},
	};
}
