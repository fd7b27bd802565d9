import { inUrl, isEverywhere, reachableAt } from "../../lib/host-addresses.ts";
import type { StationNetwork } from "../../protocol/model/network.ts";

/** The one line of JSON that a station writes on standard output when it is ready. */
export interface ReadyLine {
	ready: "station";
	pid: number;
	kiosk: string;
	desk: string;
	board: string;
	api: string;
	/** Where other machines reach it, best first; empty where they do not. */
	network: string[];
	/** SHA-256 of the certificate that they meet there. */
	fingerprint?: string;
}

export function makeReadyLine(at: {
	host: string;
	port: number;
	pid: number;
	kioskKey: string;
	network: StationNetwork;
}): ReadyLine {
	const { addresses, certificate } = at.network;
	// The kiosk's calls are taken from this machine only; desks and boards stand elsewhere.
	const here = `http://${inUrl(isEverywhere(at.host) ? "127.0.0.1" : at.host)}:${at.port}`;
	const there =
		addresses[0] ??
		(isEverywhere(at.host) ? `http://${inUrl(reachableAt(at.host)[0] ?? "127.0.0.1")}:${at.port}` : here);
	return {
		ready: "station",
		pid: at.pid,
		kiosk: `${here}/kiosk#key=${at.kioskKey}`,
		desk: `${there}/desk`,
		board: `${there}/board`,
		api: `${there}/api/openapi.json`,
		network: addresses,
		...(certificate && { fingerprint: certificate.fingerprint }),
	};
}
