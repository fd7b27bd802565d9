import { readFileSync } from "node:fs";
import http from "node:http";
import tls from "node:tls";
import { UserError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Prepares this process for connections to a server: trusts the certificates of a PEM file besides the system's, and
 * honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Throws UserError CA_UNREADABLE or PROXY_REFUSED.
 */
export function prepareConnections({ ca, env }: { ca: string | undefined; env: Environment }): void {
	if (ca !== undefined) trustCertificates(ca);
	applyProxy(env);
}

function trustCertificates(file: string): void {
	try {
		const certificates = readFileSync(file, "utf8");
		tls.createSecureContext({ ca: certificates });
		if (!certificates.includes("-----BEGIN CERTIFICATE-----")) throw new Error("it has no certificate in PEM form");
		tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificates]);
	} catch (cause) {
		const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
		const reason = isMissing ? "there is no such file" : cause instanceof Error ? cause.message.split("\n")[0] : cause;
		throw new UserError("CA_UNREADABLE", `The certificates in ${file} cannot be used: ${reason}. Check --ca.`, {
			cause,
		});
	}
}

/** Whether these variables name a proxy. */
export function namesProxy(env: Environment): boolean {
	return proxyVariableOf(env) !== undefined;
}

function proxyVariableOf(env: Environment): string | undefined {
	return ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].find((one) => env[one]);
}

function applyProxy(env: Environment): void {
	const name = proxyVariableOf(env);
	if (name === undefined) return;
	const address = URL.parse(env[name] ?? "");
	// Electron's Node may be older than the function.
	if (address === null || !/^https?:$/.test(address.protocol) || typeof http.setGlobalProxyFromEnv !== "function")
		throw new UserError(
			"PROXY_REFUSED",
			`The proxy in ${name} cannot be used. Set an http:// address there, or remove it for Paihao.`,
		);
	http.setGlobalProxyFromEnv({ ...env });
}

const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed. If that is meant, trust it with --ca FILE",
	SELF_SIGNED_CERT_IN_CHAIN: "comes from an authority that this machine does not know. Trust it with --ca FILE",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "comes from an authority that this machine does not know. Trust it with --ca FILE",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		"cannot be traced to an authority. Have the server send its whole chain, or trust it with --ca FILE",
	CERT_HAS_EXPIRED: "has expired. Renew it on the server, and check this machine's clock",
	CERT_NOT_YET_VALID: "is not valid yet. Check this machine's clock, and the server's",
	ERR_TLS_CERT_ALTNAME_INVALID: "is for another name. Use the name that the certificate has",
};

const NETWORK_FAULTS: Readonly<Record<string, string>> = {
	ENOTFOUND: "its name is not known here. Check the address, and this machine's name server",
	EAI_AGAIN: "no name server answers. Check the network",
	ECONNREFUSED: "nothing listens there. Check the address and the port, and that the server runs",
	ECONNRESET: "the connection was cut. Check that the address and the port are a Paihao server's",
	EHOSTUNREACH: "there is no way to that machine. Check the network",
	ENETUNREACH: "there is no way to that network. Check the network",
	ETIMEDOUT: "it did not answer in time. Check the network, a firewall, and that the server runs",
	UND_ERR_CONNECT_TIMEOUT: "it did not answer in time. Check the network, a firewall, and that the server runs",
	EPROTO: "it does not speak TLS there. Check the port",
	ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there. Check the port",
};

/** Why `fetch` could not reach a server, as one sentence: SERVER_CERTIFICATE or SERVER_UNREACHABLE. */
export function explainUnreachable(server: string, cause: unknown): UserError {
	const code = codeOf(cause);
	const certificate = CERTIFICATE_FAULTS[code];
	if (certificate !== undefined)
		return new UserError("SERVER_CERTIFICATE", `The certificate of ${server} ${certificate}.`, { cause });
	const reason = NETWORK_FAULTS[code] ?? "no server answers. Check the address and the network";
	return new UserError("SERVER_UNREACHABLE", `The server ${server} cannot be reached: ${reason}.`, { cause });
}

/** fetch hides the reason in `cause`, or in the errors of an AggregateError where a name has several addresses. */
function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return "";
	if (error.name === "TimeoutError") return "ETIMEDOUT";
	const { code } = error as NodeJS.ErrnoException;
	if (typeof code === "string" && (code in CERTIFICATE_FAULTS || code in NETWORK_FAULTS)) return code;
	const inner = error instanceof AggregateError ? error.errors : [error.cause];
	return inner.map(codeOf).find((found) => found !== "") ?? "";
}
