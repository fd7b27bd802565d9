import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { StationProcess } from "./station-process.ts";

/** A kiosk as the station sees it: one connection that stays open. node:http costs a third of fetch, so the client is not what is measured. */
export function openKioskClient({ origin, kioskKey }: StationProcess): {
	issue(topic: string, language: string): Promise<{ number: string }>;
	close(): void;
} {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	return {
		issue: (topic, language) =>
			new Promise((resolve, reject) => {
				const body = JSON.stringify({ topic, language, key: randomUUID() });
				const headers = {
					"content-type": "application/json",
					"content-length": Buffer.byteLength(body),
					authorization: `Bearer ${kioskKey}`,
				};
				const sent = request(new URL("/api/tickets", origin), { method: "POST", agent, headers }, (answer) => {
					let text = "";
					answer.setEncoding("utf8");
					answer.on("data", (chunk: string) => {
						text += chunk;
					});
					answer.on("end", () => {
						if (answer.statusCode === 201) resolve(JSON.parse(text) as { number: string });
						else reject(new Error(`${answer.statusCode}: ${text}`));
					});
				});
				sent.on("error", reject);
				sent.end(body);
			}),
		close: () => agent.destroy(),
	};
}
