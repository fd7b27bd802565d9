import { MINUTE_MS } from "../../../lib/time/durations.ts";
import type { PullHealth } from "../../../protocol/api/health.ts";
import type { DocumentKind, SignedContent, SignedDocument } from "../../../protocol/documents/signed-document.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { NetworkView, PollAnswer } from "../../../protocol/sync/command.ts";
import type { DeviceEnrolment } from "../enrolment/device-enrolment.ts";
import { type Commands, CommandsGap } from "./commands.ts";
import type { Documents } from "./documents.ts";
import type { NetworkSites } from "./network-sites.ts";

/** What a station asks the server for. Each call may fail by throwing. */
export interface PullCalls {
	poll(after: number): Promise<PollAnswer>;
	document(kind: DocumentKind): Promise<SignedDocument>;
	/** The other sites: all of them, or those that changed since `since` by the server's clock. */
	network(since: number | null): Promise<NetworkView>;
	/** Whenever something is new, the milliseconds within which to poll; ends with the connection. */
	hints(signal: AbortSignal): Promise<AsyncGenerator<number, void, undefined>>;
}

export interface PullDeps {
	documents: Documents;
	commands: Commands;
	sites: NetworkSites;
	clock(): number;
	/** The server said what time it is, UTC milliseconds. */
	heardTime?(time: number): void;
	/** Whether this site can use a signed document; asked of a catalogue only. */
	isUsable(content: SignedContent): boolean;
	/** The sites of this station's catalogue. */
	knownSites(): ReadonlySet<string>;
	/** A document is in force from now on. */
	applied(content: SignedContent): void;
	/** Something was refused; nothing was written. */
	refused(code: string, details: object): void;
}

export interface Pull {
	/** One poll, and all that follows from it. Throws what the calls throw; what was applied by then is kept. */
	round(enrolment: DeviceEnrolment, calls: PullCalls): Promise<void>;
	health(enrolment: DeviceEnrolment | undefined): PullHealth;
	/** What was refused last, and when by this station's clock; null where nothing was refused since the start. */
	lastRefusal(): { code: string; at: number } | null;
}

/** How often to ask for the other sites' queues. A minute does not change which site a visitor goes to. */
const NETWORK_INTERVAL_MS = MINUTE_MS;
/** Clocks further apart than this are reported: a year off, a valid document seems to have expired. */
const MAX_CLOCK_OFFSET_MS = 2 * MINUTE_MS;
/** New signers first: the documents after them may be signed with the new keys. */
const ORDER: readonly DocumentKind[] = ["signers", "configuration", "catalogue"];

/** Fetches what the server has for this station: signed documents, commands, what the other sites offer. */
export function openPull(deps: PullDeps): Pull {
	const { documents, commands, clock } = deps;
	const refusals: Record<string, number> = {};
	let lastRefusal: { code: string; at: number } | null = null;
	let clockOffset: number | null = null;
	/** Versions that were refused: not fetched again until there is a newer one, or the pinned keys change. */
	const refusedVersions = new Map<string, number>();

	const refuse = (code: string, details: object) => {
		refusals[code] = (refusals[code] ?? 0) + 1;
		lastRefusal = { code, at: clock() };
		deps.refused(code, details);
	};
	const networkPoll = openNetworkPoll(deps);

	const pullDocument = async (
		{ station, signers = [], signersVersion = 0 }: DeviceEnrolment,
		calls: PullCalls,
		kind: DocumentKind,
		version: number,
	) => {
		const key = [station, kind, ...signers].join(" ");
		const applied = documents.version(station, kind);
		// A new enrolment pins the keys of its day, whether their document came or not.
		const held = kind === "signers" ? Math.max(applied, signersVersion) : applied;
		if (version === held || version === refusedVersions.get(key)) return;
		if (version < held) {
			// The server was restored: what this station holds stays in force until something newer is published.
			refusedVersions.set(key, version);
			refuse("DOCUMENT_OUTDATED", { kind, version, held });
			return;
		}
		const source = { station, kind, signers, signersVersion, now: clock(), isUsable: deps.isUsable };
		const result = documents.apply(await calls.document(kind), source);
		if (result.kind === "applied") {
			deps.applied(result.content);
			// A new catalogue may know sites that were skipped until now.
			if (kind === "catalogue") networkPoll.forget();
			return;
		}
		// An older version than announced came from an instance that did not know the newest yet: ask again.
		if (result.code !== "DOCUMENT_OUTDATED") refusedVersions.set(key, version);
		refuse(result.code, { kind, version });
	};

	const compareClocks = (serverTime: number) => {
		deps.heardTime?.(serverTime);
		const before = clockOffset;
		clockOffset = clock() - serverTime;
		// What a wrong clock made the station refuse may be good now.
		if (Math.abs(clockOffset - (before ?? clockOffset)) > MAX_CLOCK_OFFSET_MS) refusedVersions.clear();
		// Reported once: the station verifies by its own clock, and only people can set a wrong one.
		if (Math.abs(clockOffset) > MAX_CLOCK_OFFSET_MS && Math.abs(before ?? 0) <= MAX_CLOCK_OFFSET_MS)
			refuse("CLOCK_WRONG", { clockOffset });
	};

	return {
		lastRefusal: () => lastRefusal,
		async round(enrolment, calls) {
			const target = { station: enrolment.station, before: enrolment.commands ?? 0 };
			const { time, documents: newest, commands: polled } = await calls.poll(commands.last(target));
			compareClocks(time);
			for (const kind of ORDER) {
				const announced = newest.find((one) => one.kind === kind);
				if (announced) await pullDocument(enrolment, calls, kind, announced.version);
			}
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
				command: enrolment ? commands.last({ station: enrolment.station, before: enrolment.commands ?? 0 }) : 0,
				refused: { ...refusals },
				clockOffset,
			};
		},
	};
}

/** Asks for the other sites once a minute: for all of them at first, then for those that changed. */
function openNetworkPoll({ sites, clock, knownSites }: PullDeps) {
	let askedAt = Number.NEGATIVE_INFINITY;
	/** The server's clock at its last answer; null while all sites are to be asked for. */
	let last: { station: StationId; time: number } | null = null;
	return {
		forget() {
			last = null;
		},
		async round({ station }: DeviceEnrolment, calls: PullCalls) {
			const now = clock();
			if (Math.abs(now - askedAt) < NETWORK_INTERVAL_MS) return;
			const view = await calls.network(last?.station === station ? last.time : null);
			await sites.save(view, { now, known: knownSites() });
			last = { station, time: view.time };
			askedAt = now;
		},
	};
}
