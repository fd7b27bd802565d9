import type { Logger } from "pino";
import type { StationNetwork } from "../../protocol/model/network.ts";
import type { StationConfiguration } from "../app/configuration.ts";
import type { HttpApp } from "../http/http-app.ts";
import { serveSecurely } from "../http/node-server.ts";
import { isOwnAddress } from "../http/request-source.ts";
import { announce } from "./announce.ts";
import { isNamedBy } from "./certificate.ts";
import { type Certificate, day } from "./certificate-file.ts";
import { inUrl, isLoopback, localNameOf, reachableAt } from "./own-names.ts";
import { keepCertificate, type SavedCertificate } from "./renew-certificate.ts";

/** The station's side towards other machines: certificate, listener, name. */
export interface Network {
	/** How it is at an instant (UTC milliseconds). */
	read(now: number): StationNetwork;
	/** Whether a host name or address, in small letters, is the station's own. */
	isOwnName(host: string): boolean;
	/** Begins to answer. `plainPort` is where plain HTTP is served. Throws PlainError PORT_IN_USE or ADDRESS_REFUSED. */
	open(door: HttpApp, plainPort: number): Promise<void>;
	close(): Promise<void>;
}

export interface NetworkDeps {
	configuration: Pick<StationConfiguration, "data" | "site" | "host" | "network" | "plainHttp" | "phoneAddress">;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
}

/** Throws PlainError TLS_FILES_REFUSED. */
export async function openNetwork({ configuration, clock, log }: NetworkDeps): Promise<Network> {
	const { network, host, plainHttp, phoneAddress } = configuration;
	const local = localNameOf(configuration.site);
	const phoneHost = phoneAddress === undefined ? undefined : new URL(phoneAddress).hostname;
	const kept: SavedCertificate | undefined =
		network &&
		(await keepCertificate({
			folder: configuration.data,
			own: { local, listening: network.host },
			given: network.files,
			clock,
			log,
		}));
	const closing: (() => Promise<void>)[] = [];
	const plain = plainHttp && !isLoopback(host);
	let addresses: string[] = [];

	return {
		read: (now) => ({
			transport: network ? "tls" : plain ? "plain" : "none",
			addresses,
			certificate: kept ? toFacts(kept.current()) : null,
			advice: adviceOn({ plain, certificate: kept?.current(), now }),
		}),
		isOwnName: (name) =>
			isOwnAddress(name, host) ||
			(network !== undefined && isOwnAddress(name, network.host)) ||
			name === local ||
			name === phoneHost ||
			isNamedBy(kept?.current().names ?? [], name),
		async open(door, plainPort) {
			if (plain) addresses = addressesOf("http", host, plainPort, local);
			if (!network || !kept) return;
			const serving = await serveSecurely(door, network, kept.current());
			kept.onUpgraded(serving.renew);
			closing.push(serving.close);
			addresses = addressesOf("https", network.host, serving.port, local);
			// On loopback alone there is nobody to find it.
			if (isLoopback(network.host)) return;
			const { name, fingerprint } = { name: configuration.site, ...kept.current() };
			const announced = announce({ name, local, port: serving.port, fingerprint, listening: network.host }, log);
			closing.push(announced.close);
		},
		async close() {
			kept?.close();
			await Promise.all(closing.map((close) => close()));
		},
	};
}

function addressesOf(scheme: "http" | "https", listening: string, port: number, local: string): string[] {
	const hosts = isLoopback(listening) ? [listening] : [...reachableAt(listening), local];
	return hosts.map((host) => `${scheme}://${inUrl(host)}:${port}`);
}

function toFacts({ from, fingerprint, validUntil }: Certificate) {
	return { from, fingerprint, validUntil };
}

/** The one sentence that IT reads, or null while all is well. `now` in UTC milliseconds. */
export function adviceOn(at: {
	plain: boolean;
	certificate: Pick<Certificate, "from" | "validUntil"> | undefined;
	now: number;
}): string | null {
	if (at.plain)
		return "Desks and boards talk to this station without TLS: whoever is on the network can read and change what they send. Use --network instead of --plain-http.";
	if (at.certificate?.from !== "given") return null;
	const { validUntil } = at.certificate;
	if (validUntil <= at.now)
		return `The certificate of --tls-certificate ended on ${day(validUntil)}. Put a new one in its place; it is taken within the hour.`;
	if (validUntil - at.now <= GIVEN_ENDS_SOON)
		return `The certificate of --tls-certificate ends on ${day(validUntil)}. Put a new one in its place in time.`;
	return null;
}

/** Programs that renew certificates do so a week or more ahead; a fortnight would cry for nothing with 47-day ones. */
const GIVEN_ENDS_SOON = 7 * 24 * 60 * 60_000;
