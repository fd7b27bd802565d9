import type { DocumentKind } from "../../../protocol/documents/signed-document.ts";
import type { DeviceEnrolment } from "../enrolment/device-enrolment.ts";
import type { PullCalls, PullDeps } from "./pull-deps.ts";

/** New signers first: the documents after them may be signed with the new keys. */
const ORDER: readonly DocumentKind[] = ["signers", "configuration", "catalogue"];

interface DocumentPullDeps extends Pick<PullDeps, "documents" | "clock" | "isUsable" | "applied"> {
	refuse(code: string, details: object): void;
}

/** Fetches the documents that the server announces and that are newer than the station's own. */
export function openDocumentPull({ documents, clock, isUsable, applied, refuse }: DocumentPullDeps) {
	/** Versions that were refused: not fetched again until there is a newer one, or the pinned keys change. */
	const refusedVersions = new Map<string, number>();

	const pullOne = async (
		{ station, signers = [], signersVersion = 0 }: DeviceEnrolment,
		calls: Pick<PullCalls, "document">,
		{ kind, version }: { kind: DocumentKind; version: number },
	) => {
		const key = [station, kind, ...signers].join(" ");
		const inForce = documents.version(station, kind);
		// A new enrolment pins the keys of its day, whether their document came or not.
		const held = kind === "signers" ? Math.max(inForce, signersVersion) : inForce;
		if (version === held || version === refusedVersions.get(key)) return;
		if (version < held) {
			// The server was restored: what this station holds stays in force until something newer is published.
			refusedVersions.set(key, version);
			refuse("DOCUMENT_OUTDATED", { kind, version, held });
			return;
		}
		const source = { station, kind, signers, signersVersion, now: clock(), isUsable };
		const result = documents.apply(await calls.document(kind), source);
		if (result.kind === "applied") return applied(result.content);
		// An older version than announced came from an instance that did not know the newest yet: ask again.
		if (result.code !== "DOCUMENT_OUTDATED") refusedVersions.set(key, version);
		refuse(result.code, { kind, version });
	};

	return {
		async round(
			enrolment: DeviceEnrolment,
			calls: Pick<PullCalls, "document">,
			announced: readonly { kind: string; version: number }[],
		) {
			for (const kind of ORDER) {
				const newest = announced.find((one) => one.kind === kind);
				if (newest) await pullOne(enrolment, calls, { kind, version: newest.version });
			}
		},
		/** What a wrong clock made the station refuse may be good now. */
		tryAgain: () => refusedVersions.clear(),
	};
}
