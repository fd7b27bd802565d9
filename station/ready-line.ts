import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** The one line of JSON that a station writes on standard output when it is ready. */
export interface ReadyLine {
	ready: "station";
	pid: number;
	kiosk: string;
	desk: string;
	board: string;
	api: string;
}

export function makeReadyLine(at: { host: string; port: number; pid: number; kioskKey: string }): ReadyLine {
	// The kiosk's calls are taken on loopback only; desks and boards stand elsewhere.
	const everywhere = at.host === "0.0.0.0" || at.host === "::";
	const here = `http://${inUrl(everywhere ? "127.0.0.1" : at.host)}:${at.port}`;
	const there = `http://${inUrl(everywhere ? (ownAddress() ?? "127.0.0.1") : at.host)}:${at.port}`;
	return {
		ready: "station",
		pid: at.pid,
		kiosk: `${here}/kiosk#key=${at.kioskKey}`,
		desk: `${there}/desk`,
		board: `${there}/board`,
		api: `${there}/api/openapi.json`,
	};
}

function inUrl(host: string): string {
	return isIPv6(host) ? `[${host}]` : host;
}

function ownAddress(): string | undefined {
	const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
	return addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
}
