import type { Logger } from "pino";
import {
	type Certificate,
	type CertificateFiles,
	openOwnCertificate,
	readGivenCertificate,
} from "./certificate-file.ts";
import type { OwnNames } from "./own-names.ts";

/** The certificate of the network's listener, kept fresh while the station runs. */
export interface SavedCertificate {
	current(): Certificate;
	/** Calls with every later certificate, until the station closes. */
	onRenewed(use: (certificate: Certificate) => void): void;
	/** Looks now whether there is a newer one; done by itself each hour. Never fails. */
	poll(): Promise<void>;
	close(): void;
}

export interface CertificateDeps {
	/** The station's data folder. */
	folder: string;
	own: OwnNames;
	/** IT's own, looked at again each hour: programs that renew certificates write over the files. */
	given: CertificateFiles | undefined;
	/** UTC milliseconds. */
	clock(): number;
	log: Logger;
}

const POLL_INTERVAL_MS = 60 * 60_000;

/** Throws UserError TLS_FILES_REFUSED. Later, files that cannot be used are logged and the current certificate stays. */
export async function openRenewedCertificate(deps: CertificateDeps): Promise<SavedCertificate> {
	const { folder, own, given, clock, log } = deps;
	const read = async () =>
		given ? readGivenCertificate(given, clock()) : await openOwnCertificate(folder, own, clock());
	let current = await read();
	const users: ((certificate: Certificate) => void)[] = [];
	const poll = async () => {
		try {
			const found = await read();
			if (found.fingerprint === current.fingerprint) return;
			current = found;
			for (const use of users) use(found);
			log.info({ fingerprint: found.fingerprint }, "network.certificate.renewed");
		} catch (err) {
			log.error({ err }, "network.certificate.failed");
		}
	};
	const timer = setInterval(() => void poll(), POLL_INTERVAL_MS);
	timer.unref();
	return {
		current: () => current,
		poll,
		onRenewed: (use) => void users.push(use),
		close: () => clearInterval(timer),
	};
}
