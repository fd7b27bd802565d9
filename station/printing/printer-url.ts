import { isIP } from "node:net";
import { PlainError } from "../../protocol/plain-error.ts";

export type PrinterAddress = { kind: "virtual"; directory: string } | { kind: "tcp"; host: string; port: number };

/** RFC 1123: labels of letters, digits and hyphens. The last has a letter, else it is a mistyped IPv4 address. */
const HOST_NAME =
	/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Reads `virtual:DIR` or `tcp://host:port` (an IPv6 address in brackets). Throws PlainError
 * PRINTER_URL for anything else: a mistyped address must never become the name of a file.
 */
export function parsePrinterUrl(text: string): PrinterAddress {
	const virtual = /^virtual:(.+)$/.exec(text)?.[1];
	if (virtual !== undefined && virtual.trim() !== "" && !virtual.startsWith("//")) {
		return { kind: "virtual", directory: virtual };
	}
	const [, six, name, digits] = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/[\]]+)):(\d{1,5})\/?$/.exec(text) ?? [];
	const port = Number(digits);
	if (port >= 1 && port <= 65_535) {
		if (six !== undefined && isIP(six.replace(/%.*$/, "")) === 6) return { kind: "tcp", host: six, port };
		if (name !== undefined && (isIP(name) === 4 || HOST_NAME.test(name))) return { kind: "tcp", host: name, port };
	}
	throw new PlainError(
		"PRINTER_URL",
		`The printer's address ${JSON.stringify(text)} is not one: use tcp://HOST:PORT (mostly port 9100) or virtual:DIRECTORY.`,
	);
}
