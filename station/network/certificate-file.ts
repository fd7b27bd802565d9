import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { isLoopback, networkAddresses } from "../../lib/host-addresses.ts";
import { writePrivateFile } from "../../lib/write-private-file.ts";
import { type CertificateFacts, type KeyPair, makeCertificate, readKeyPair } from "./certificate.ts";
import type { OwnNames } from "./own-names.ts";

/** The certificate in use, and where it came from. */
export interface Certificate extends KeyPair, CertificateFacts {
	/** `station`: made here, people compare its fingerprint. `given`: IT's own. */
	from: "station" | "given";
}

/** Key and certificate in one file, so that a crash never leaves one without the other. */
const FILE = "certificate.pem";
/** How long before its end the own certificate is renewed, in milliseconds. */
const RENEW_BEFORE = 60 * 24 * 60 * 60_000;

/**
 * The station's own certificate, beside its other secrets: made where there is none, where it is
 * damaged, or where it soon ends. `now` in UTC milliseconds.
 */
export async function openOwnCertificate(folder: string, own: OwnNames, now: number): Promise<Certificate> {
	const file = join(folder, FILE);
	const found = readOwn(file);
	if (found && found.validFrom <= now && now < found.validUntil - RENEW_BEFORE) return { ...found, from: "station" };
	const made = await makeCertificate(namesOf(own), now);
	writePrivateFile(file, made.key + made.certificate);
	return { ...made, ...readKeyPair(made), from: "station" };
}

/** The station's own certificate; undefined if it has made none yet. */
export function readStoredCertificate(folder: string): CertificateFacts | undefined {
	return readOwn(join(folder, FILE));
}

/** A file that cannot be read is replaced: unlike with the other secrets, only a fingerprint is lost. */
function readOwn(file: string): (KeyPair & CertificateFacts) | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const text = readFileSync(file, "utf8");
		const at = text.indexOf("-----BEGIN CERTIFICATE-----");
		const pair = { key: text.slice(0, at), certificate: text.slice(at) };
		return { ...pair, ...readKeyPair(pair) };
	} catch {
		return undefined;
	}
}

/** Everything that a browser may call the station: without its name in the certificate it would refuse even a trusted one. */
function namesOf({ local, listening }: OwnNames): string[] {
	const chosen = isLoopback(listening) ? [listening] : networkAddresses();
	return [...new Set([local, hostname().toLowerCase(), "localhost", "127.0.0.1", ...chosen])];
}

export interface CertificateFiles {
	certificate: string;
	key: string;
}

/** The certificate that IT gives. Throws UserError TLS_FILES_REFUSED. `now` in UTC milliseconds. */
export function readGivenCertificate(files: CertificateFiles, now: number): Certificate {
	const certificate = readGiven(files.certificate, "tls-certificate");
	const key = readGiven(files.key, "tls-key");
	let facts: CertificateFacts;
	try {
		facts = readKeyPair({ key, certificate });
	} catch (cause) {
		throw refused(
			`${files.certificate} and ${files.key} are not a certificate and its key (PEM, without a passphrase). Name the two that belong together.`,
			cause,
		);
	}
	if (facts.validUntil <= now)
		throw refused(
			`The certificate ${files.certificate} ended on ${formatDate(facts.validUntil)}. Put a new one in its place.`,
			undefined,
		);
	return { key, certificate, ...facts, from: "given" };
}

function readGiven(file: string, flag: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (cause) {
		throw refused(`The file ${file} of --${flag} cannot be read. Check its name and who may read it.`, cause);
	}
}

function refused(sentence: string, cause: unknown): UserError {
	return new UserError("TLS_FILES_REFUSED", sentence, { exitCode: 2, cause });
}

/** An ISO date (UTC). */
export function formatDate(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}
