import type { PullHealth } from "../../../protocol/api/health.ts";
import type { DocumentKind, SignedContent, SignedDocument } from "../../../protocol/documents/signed-document.ts";
import type { NetworkView, PollAnswer } from "../../../protocol/sync/command.ts";
import type { DeviceEnrolment } from "../enrolment/device-enrolment.ts";
import { type Commands, CommandsGap } from "./commands.ts";
import type { Documents } from "./documents.ts";
import type { NetworkSites } from "./network-sites.ts";

/** What a station asks the server for. Each call may fail by throwing. */
export interface PullCalls {
	poll(after: number): Promise<PollAnswer>;
	document(kind: DocumentKind): Promise<SignedDocument>;
	/** The others: all that is known, or what is another than at `since`, by the server's clock. */
	network(since: number | null): Promise<NetworkView>;
	/** Milliseconds within which to poll, whenever something is new; ends with the connection. */
	hints(signal: AbortSignal): Promise<AsyncGenerator<number, void, undefined>>;
}

export interface PullDeps {
	documents: Documents;
	commands: Commands;
	sites: NetworkSites;
	clock(): number;
	/** Whether this site can use a catalogue that was signed. */
	fits(content: SignedContent): boolean;
	/** The sites of this station's catalogue. */
	knownSites(): ReadonlySet<string>;
	/** A document is in force from now on. */
	taken(content: SignedContent): void;
	/** Something was refused; nothing was written. */
	refused(code: string, details: object): void;
}

export interface Pull {
	/** One poll, and all that follows from it. Throws what the calls throw; what was taken by then is kept. */
	round(as: DeviceEnrolment, calls: PullCalls): Promise<void>;
	health(as: DeviceEnrolment | undefined): PullHealth;
	/** What was refused last, and when by this station's clock; null where nothing was since the start. */
	lastRefusal(): { code: string; at: number } | null;
}

/** The other sites' queues are asked for so often, in milliseconds: nobody is sent across a city by a minute. */
const NETWORK_EVERY = 60_000;
/** Clocks further apart than this are told of: a year off, a valid document looks expired. */
const CLOCK_APART = 120_000;
/** New signers first: what follows may be signed with them. */
const ORDER: readonly DocumentKind[] = ["signers", "configuration", "catalogue"];

/** Takes what the server has for this station: signed documents, commands, what the other sites offer. */
export function openPull(deps: PullDeps): Pull {
	const { documents, commands, sites, clock } = deps;
	const refusals: Record<string, number> = {};
	let lastRefusal: { code: string; at: number } | null = null;
	let clockOffset: number | null = null;
	let networkAt = Number.NEGATIVE_INFINITY;
	/** The server's clock at its last answer; null while the whole is to be asked for. */
	let network: { station: string; time: number } | null = null;
	/** What was refused is not fetched again until there is a newer one, or the station was enrolled with other keys. */
	const refusedVersions = new Map<string, number>();

	const refuse = (code: string, details: object) => {
		refusals[code] = (refusals[code] ?? 0) + 1;
		lastRefusal = { code, at: clock() };
		deps.refused(code, details);
	};

	const takeDocument = async (as: DeviceEnrolment, calls: PullCalls, kind: DocumentKind, version: number) => {
		const name = [as.station, kind, ...(as.signers ?? [])].join(" ");
		const known = documents.version(as.station, kind);
		// Enrolled anew, the station holds the keys of that day, whether the document of them came or not.
		const held = kind === "signers" ? Math.max(known, as.signersVersion ?? 0) : known;
		if (version === held || version === refusedVersions.get(name)) return;
		if (version < held) {
			// The server was turned back: what this station holds stays in force until something newer is published.
			refusedVersions.set(name, version);
			refuse("DOCUMENT_OUTDATED", { kind, version, held });
			return;
		}
		const { station, signers = [], signersVersion = 0 } = as;
		const from = { station, kind, signers, signersVersion, now: clock(), fits: deps.fits };
		const result = documents.take(await calls.document(kind), from);
		if (result.kind === "taken") {
			deps.taken(result.content);
			// It may know sites that were passed over until now.
			if (kind === "catalogue") network = null;
			return;
		}
		// One that is older than was said came from an instance that did not know the newest yet: it is asked for again.
		if (result.code !== "DOCUMENT_OUTDATED") refusedVersions.set(name, version);
		refuse(result.code, { kind, version });
	};

	return {
		lastRefusal: () => lastRefusal,
		async round(as, calls) {
			const own = { station: as.station, before: as.commands ?? 0 };
			const { time, documents: newest, commands: given } = await calls.poll(commands.last(own));
			const before = clockOffset;
			clockOffset = clock() - time;
			// What was refused by a clock that is set now may be good.
			if (Math.abs(clockOffset - (before ?? clockOffset)) > CLOCK_APART) refusedVersions.clear();
			// Told once: by its own clock the station judges, and a wrong one is for people to set.
			if (Math.abs(clockOffset) > CLOCK_APART && Math.abs(before ?? 0) <= CLOCK_APART)
				refuse("CLOCK_WRONG", { clockOffset });
			for (const kind of ORDER) {
				const found = newest.find((one) => one.kind === kind);
				if (found) await takeDocument(as, calls, kind, found.version);
			}
			try {
				commands.take(given, { ...own, now: clock(), serverNow: time });
			} catch (error) {
				if (!(error instanceof CommandsGap)) throw error;
				refuse("COMMANDS_GAP", { gap: error.message });
			}
			const now = clock();
			if (Math.abs(now - networkAt) < NETWORK_EVERY) return;
			const view = await calls.network(network?.station === as.station ? network.time : null);
			await sites.keep(view, { now, known: deps.knownSites() });
			network = { station: as.station, time: view.time };
			networkAt = now;
		},
		health(as) {
			const version = (kind: DocumentKind) => (as && documents.version(as.station, kind)) || null;
			return {
				catalogue: version("catalogue"),
				configuration: version("configuration"),
				command: as ? commands.last({ station: as.station, before: as.commands ?? 0 }) : 0,
				refused: { ...refusals },
				clockOffset,
			};
		},
	};
}
