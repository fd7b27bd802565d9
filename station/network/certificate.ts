import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** A key and the certificate that goes with it, both PEM. `certificate` may hold the chain behind it. */
export interface KeyPair {
	key: string;
	certificate: string;
}

/** What people compare, and what IT watches. */
export interface CertificateFacts {
	/** SHA-256 of the certificate, as browsers show it: pairs of hex digits with colons. */
	fingerprint: string;
	/** UTC milliseconds. */
	validFrom: number;
	validUntil: number;
	/** The DNS names that it was made out to; `*.example` matches one more label. */
	names: string[];
}

/** Apple's devices take 825 days at most of a certificate that a person has trusted by hand. */
const LASTS = 820 * 24 * 60 * 60_000;
/** A clock that is a day behind must not refuse it. */
const BEFORE = 24 * 60 * 60_000;

/** A certificate that vouches for itself: people compare its fingerprint with the one on the station's screen. */
export async function makeCertificate(names: readonly string[], now: number): Promise<KeyPair> {
	// Fetched only where one is made, once in two years: the library takes a quarter of a second to start.
	await import("reflect-metadata");
	const x509 = await import("@peculiar/x509");
	const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
	const certificate = await x509.X509CertificateGenerator.createSelfSigned({
		name: [{ CN: [names[0] ?? "paihao"] }, { O: ["Paihao"] }],
		keys,
		signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
		notBefore: new Date(now - BEFORE),
		notAfter: new Date(now + LASTS),
		extensions: [
			new x509.BasicConstraintsExtension(false, undefined, true),
			new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
			new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
			new x509.SubjectAlternativeNameExtension(
				names.map((name) => ({ type: isIP(name) === 0 ? ("dns" as const) : ("ip" as const), value: name })),
			),
		],
	});
	const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
	return {
		key: String(createPrivateKey({ key, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" })),
		certificate: `${certificate.toString("pem")}\n`,
	};
}

/** Reads what a key pair says. Throws where it is no PEM, the key needs a passphrase, or the two do not belong together. */
export function readKeyPair({ key, certificate }: KeyPair): CertificateFacts {
	const read = new X509Certificate(certificate);
	if (!read.checkPrivateKey(createPrivateKey(key))) throw new Error("the key does not belong to the certificate");
	return {
		fingerprint: read.fingerprint256,
		validFrom: read.validFromDate.getTime(),
		validUntil: read.validToDate.getTime(),
		names: [...(read.subjectAltName ?? "").matchAll(/DNS:([^,\s"]+)/g)].map(([, name]) => String(name).toLowerCase()),
	};
}

/** Whether a host name is among those of a certificate (RFC 6125: a star matches one whole label). */
export function isNamedBy(names: readonly string[], host: string): boolean {
	return names.some(
		(name) => name === host || (name.startsWith("*.") && host.slice(host.indexOf(".")) === name.slice(1)),
	);
}
