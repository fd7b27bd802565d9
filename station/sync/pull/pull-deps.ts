import type { DocumentKind, SignedContent, SignedDocument } from "../../../protocol/documents/signed-document.ts";
import type { NetworkView, PollAnswer } from "../../../protocol/sync/command.ts";
import type { Documents } from "./apply-documents.ts";
import type { Commands } from "./execute-commands.ts";
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
