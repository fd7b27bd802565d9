import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { FleetMessage } from "../../protocol/api/fleet.ts";
import type { FleetWatch } from "../fleet/fleet-watch.ts";
import { snapshotFor } from "./fleet-routes.ts";

export interface FleetStreamDeps {
	watch: FleetWatch;
	version: string;
	/** Who is signed in now. */
	findAdministrator(): Promise<string | undefined>;
}

/** GET /fleet/api/events: the snapshot, then what changes, until the page or its session ends. */
export function streamFleet(context: Context, { watch, version, findAdministrator }: FleetStreamDeps): Response {
	return streamSSE(context, async (stream) => {
		const ending = new AbortController();
		stream.onAbort(() => ending.abort());
		for await (const update of watch.follow(ending.signal)) {
			const administrator = await findAdministrator();
			if (administrator === undefined) return;
			if (update.kind === "nothing") await stream.write(":\n\n");
			if (update.kind === "changes") await stream.writeSSE({ data: update.text });
			if (update.kind === "whole") {
				const snapshot = snapshotFor(administrator, version, update.snapshot);
				await stream.writeSSE({ data: JSON.stringify({ kind: "whole", snapshot } satisfies FleetMessage) });
			}
		}
	});
}
