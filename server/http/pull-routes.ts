import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { documentKindSchema } from "../../protocol/documents/signed-document.ts";
import type { PollAnswer } from "../../protocol/sync/command.ts";
import type { Commands } from "../commands/commands.ts";
import type { Documents } from "../documents/documents.ts";
import type { NetworkViews } from "../fleet/network-view.ts";
import type { Hints } from "../notify/hints.ts";
import { Refusal } from "../refusal.ts";
import type { ServerApp } from "./server-app.ts";

export interface PullRoutes {
	documents: Documents;
	commands: Commands;
	network: NetworkViews;
	hints: Hints;
	/** UTC milliseconds. */
	clock(): number;
}

const gzipBody = promisify(gzip);
/** Numbers are moments (ECMA-262: no time value is above this): what a station names is given its station's next commands after. */
const LATEST_MOMENT = 8.64e15;
const afterSchema = z.coerce.number().int().min(0).max(LATEST_MOMENT);
/** Null: all that is known. */
const sinceSchema = z.union([z.null(), z.coerce.number().int().min(0)]);
/** What is asked for by thousands at once is read once in this time, in milliseconds. */
const FRESH = 1_000;

/** What stations ask for under /sync, beyond giving: all that is new, the documents, the others' queues, hints. */
export function addPullRoutes(app: ServerApp, { documents, commands, network, hints, clock }: PullRoutes): void {
	const newest = keepFor(FRESH, documents.newest);
	// A version's text never changes: its squeezed form is kept by it.
	const gzipped = new Map<string, { version: number; body: Promise<Uint8Array<ArrayBuffer>> }>();

	app.get("/sync/poll", async (context) => {
		const after = afterSchema.safeParse(context.req.query("after") ?? "0");
		if (!after.success) throw new Refusal("BAD_REQUEST", { at: "after" });
		const polled = await commands.after(context.get("station"), after.data, clock());
		const versions = (await newest()).map(({ kind, version }) => ({ kind, version }));
		return context.json({ time: clock(), documents: versions, commands: polled } satisfies PollAnswer);
	});
	app.get("/sync/documents/:kind", async (context) => {
		const kind = documentKindSchema.safeParse(context.req.param("kind"));
		const found = kind.success ? (await newest()).find((one) => one.kind === kind.data) : undefined;
		if (!found) throw new Refusal("DOCUMENT_UNKNOWN");
		let kept = gzipped.get(found.kind);
		if (kept?.version !== found.version) {
			const body = documents.read(found.kind).then((document) => gzipBody(JSON.stringify(document)));
			kept = { version: found.version, body };
			gzipped.set(found.kind, kept);
			body.catch(() => gzipped.delete(found.kind));
		}
		return answerGzipped(await kept.body);
	});
	app.get("/sync/network", async (context) => {
		const since = sinceSchema.safeParse(context.req.query("since") ?? null);
		if (!since.success) throw new Refusal("BAD_REQUEST", { at: "since" });
		return answerGzipped(await network.gzipped(clock(), since.data));
	});
	app.get("/sync/hints", (context) => hints.open(context.get("station")));
}

function answerGzipped(body: Uint8Array<ArrayBuffer>): Response {
	return new Response(body, {
		headers: { "content-type": "application/json", "content-encoding": "gzip", "cache-control": "no-store" },
	});
}

/** The same answer for all requests within some milliseconds: a cache, never a state. */
function keepFor<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
	let kept: { at: number; value: Promise<T> } | undefined;
	return () => {
		const at = performance.now();
		if (!kept || at - kept.at > milliseconds) {
			const value = read();
			kept = { at, value };
			value.catch(() => {
				if (kept?.value === value) kept = undefined;
			});
		}
		return kept.value;
	};
}
