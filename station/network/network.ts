import type { Logger } from "pino";
import { inUrl, isLoopback, isOwnAddress, reachableAt } from "../../lib/host-addresses.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import type { StationNetwork } from "../../protocol/model/network.ts";
import { announce } from "./announce.ts";
import { isNamedBy, type KeyPair } from "./certificate.ts";
import { type Certificate, type CertificateFiles, formatDate } from "./certificate-file.ts";
import { localNameOf } from "./own-names.ts";
import { openRenewedCertificate, type SavedCertificate } from "./renew-certificate.ts";

/** How other machines reach the station: its certificate, its names and its addresses. */
export interface Network {
	/** The state at an instant (UTC milliseconds). */
	read(now: number): StationNetwork;
	/** Whether a host name or address, in lower case, is the station's own. */
	isOwnName(host: string): boolean;
	/**
	 * Starts the listener for other machines and announces the station's name. `plainPort` is the port of plain HTTP.
	 * Throws what `listenWithTls` throws, and then listens on nothing.
	 */
	open(listenWithTls: ListenWithTls, plainPort: number): Promise<AsyncDisposable>;
	/** Stops renewing the certificate. */
	close(): void;
}

/** Starts a TLS listener. The network calls `renew` when the certificate changes. */
export type ListenWithTls = (place: { host: string; port: number }, pair: KeyPair) => Promise<TlsListener>;

export interface TlsListener {
	port: number;
	renew(pair: KeyPair): void;
	close(): Promise<void>;
}

export interface NetworkSettings {
	/** The data folder. */
	data: string;
	site: SiteId;
	/** The address of plain HTTP. */
	host: string;
	plainHttp: boolean;
	network: { host: string; port: number; files: CertificateFiles | undefined } | undefined;
	phoneAddress: string | undefined;
}

export interface NetworkDeps {
	settings: NetworkSettings;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
}

/** Throws UserError TLS_FILES_REFUSED. */
export async function openNetwork({ settings, clock, log }: NetworkDeps): Promise<Network> {
	const { network, host, plainHttp, phoneAddress } = settings;
	const local = localNameOf(settings.site);
	const phoneHost = phoneAddress === undefined ? undefined : new URL(phoneAddress).hostname;
	const certificate: SavedCertificate | undefined =
		network &&
		(await openRenewedCertificate({
			folder: settings.data,
			own: { local, listening: network.host },
			given: network.files,
			clock,
			log,
		}));
	const isPlain = plainHttp && !isLoopback(host);
	let addresses: string[] = [];

	return {
		read: (now) => ({
			transport: network ? "tls" : isPlain ? "plain" : "none",
			addresses,
			certificate: certificate ? toFacts(certificate.current()) : null,
			advice: adviceOn({ plain: isPlain, certificate: certificate?.current(), now }),
		}),
		isOwnName: (name) =>
			isOwnAddress(name, host) ||
			(network !== undefined && isOwnAddress(name, network.host)) ||
			name === local ||
			name === phoneHost ||
			isNamedBy(certificate?.current().names ?? [], name),
		async open(listenWithTls, plainPort) {
			await using opening = new AsyncDisposableStack();
			if (isPlain) addresses = addressesOf("http", host, plainPort, local);
			if (network && certificate) {
				const listener = opening.adopt(await listenWithTls(network, certificate.current()), (opened) => opened.close());
				certificate.onRenewed(listener.renew);
				addresses = addressesOf("https", network.host, listener.port, local);
				// On loopback no other machine could use the name.
				if (!isLoopback(network.host)) {
					const { fingerprint } = certificate.current();
					const { port } = listener;
					opening.adopt(
						announce({ name: settings.site, local, port, fingerprint, listening: network.host }, log),
						(announcement) => announcement.close(),
					);
				}
			}
			return opening.move();
		},
		close: () => certificate?.close(),
	};
}

function addressesOf(scheme: "http" | "https", listening: string, port: number, local: string): string[] {
	const hosts = isLoopback(listening) ? [listening] : [...reachableAt(listening), local];
	return hosts.map((host) => `${scheme}://${inUrl(host)}:${port}`);
}

function toFacts({ from, fingerprint, validUntil }: Certificate) {
	return { from, fingerprint, validUntil };
}

/** One sentence for IT; null while nothing needs doing. `now` in UTC milliseconds. */
export function adviceOn(at: {
	plain: boolean;
	certificate: Pick<Certificate, "from" | "validUntil"> | undefined;
	now: number;
}): string | null {
	if (at.plain)
		return "Desks and boards talk to this station without TLS: anyone on the network can read and change what they send. Use --network instead of --plain-http.";
	if (at.certificate?.from !== "given") return null;
	const { validUntil } = at.certificate;
	if (validUntil <= at.now)
		return `The certificate of --tls-certificate expired on ${formatDate(validUntil)}. Replace the file; the station reads it again within the hour.`;
	if (validUntil - at.now <= EXPIRES_SOON_MS)
		return `The certificate of --tls-certificate expires on ${formatDate(validUntil)}. Replace the file before then.`;
	return null;
}

/** Programs that renew certificates do so a week or more ahead. Two weeks would warn for most of the life of a 47-day certificate. */
const EXPIRES_SOON_MS = 7 * 24 * 60 * 60_000;
