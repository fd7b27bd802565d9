import { isIP } from "node:net";
import { UserError } from "../../lib/errors.ts";
import { type AddressOptions, readAddressOptions } from "./address-options.ts";

export type PrinterAddress = PrinterPlace & AddressOptions;

type PrinterPlace =
	| { kind: "none" }
	| { kind: "virtual"; directory: string }
	| { kind: "tcp"; host: string; port: number }
	| { kind: "device"; path: string }
	| { kind: "serial"; path: string; baud: number }
	| { kind: "spooler"; queue: string }
	| { kind: "windows"; queue: string };

/** RFC 1123: labels of letters, digits and hyphens. The last one has a letter; without it, it is a mistyped IPv4 address. */
const HOST_NAME =
	/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** An absolute path. Blanks, a query, or an empty last part are more likely mistakes. */
const PATH = String.raw`(?:/[^/?#\s\p{Cc}]+)+`;
const DEVICE = new RegExp(`^device:(${PATH})$`, "u");
const SERIAL = new RegExp(`^serial:(${PATH})$`, "u");
/** A queue's name as CUPS allows it, and never one that `lp` would read as an option. */
const SPOOLER = /^lp:([\p{L}\p{N}_][\p{L}\p{N}_.@+-]{0,126})$/u;

/** A printer's name as Windows allows it, with + or %20 for a space: no comma, no exclamation mark, no backslash. */
const WINDOWS = /^win:([^?#,!\\\s\p{Cc}]{1,220})$/u;

const SLOWEST_BAUD = 115_200;
const BAUDS: readonly number[] = [
	SLOWEST_BAUD,
	230_400,
	460_800,
	500_000,
	576_000,
	921_600,
	1_000_000,
	1_500_000,
	2_000_000,
	3_000_000,
];

/**
 * Parses `tcp://host:port` (an IPv6 address in brackets), `device:PATH`, `serial:PATH?baud=N`
 * (115,200 by default), `lp:QUEUE`, `win:PRINTER` or `virtual:DIR`, each with options (see address-options.ts).
 * Throws UserError PRINTER_URL for anything else: a mistyped address must never become the name of a file.
 */
export function parsePrinterUrl(text: string): PrinterAddress {
	const [place = "", query, ...more] = text.split("?");
	const { baud, ...options } = readAddressOptions(query, {
		isSerial: place.startsWith("serial:"),
		hasMore: more.length > 0,
	});
	if (place === "none" && query === undefined) return { kind: "none" };
	const address = readVirtual(place) ?? readNetwork(place) ?? readLocal(place, baud);
	if (address) return { ...address, ...options };
	throw refused(`The printer's address ${JSON.stringify(text)} is not one: ${adviceFor(place)}`);
}

/** Whether this is the address of a printer on the network and nothing more. */
export function isNetworkPrinter(address: string): boolean {
	return readNetwork(address) !== undefined;
}

/** What is likely meant. */
function adviceFor(written: string): string {
	// A Chinese keyboard types ：, ／ and 。 for : / and a full stop; a blank at an end comes with copying.
	const place = written.normalize("NFKC").replaceAll("。", ".").trim();
	if (place !== written && (readNetwork(place) ?? readLocal(place))) return `use ${place}, as it is written here.`;
	if (new RegExp(`^${PATH}$`, "u").test(place)) return `for the device at this path use device:${place}.`;
	if (/^(serial:)?com\d+:?$/i.test(place)) return "on Windows name the printer as Windows does: win:PRINTER.";
	if (/^usb:/i.test(place))
		return "for a USB printer use device:PATH (such as device:/dev/usb/lp0), on Windows win:PRINTER.";
	const queue = /^cups:(?:\/\/)?(.*)$/i.exec(place)?.[1];
	if (queue !== undefined) return `for a CUPS queue use ${readLocal(`lp:${queue}`) ? `lp:${queue}` : "lp:QUEUE"}.`;
	return (
		adviceForNetwork(place) ??
		"use tcp://HOST:PORT (usually port 9100), device:PATH (such as device:/dev/usb/lp0), " +
			"serial:PATH?baud=115200, lp:QUEUE, win:PRINTER (on Windows) or virtual:DIRECTORY."
	);
}

function adviceForNetwork(place: string): string | undefined {
	if (isIP(place.replace(/^tcp:\/\//i, "")) === 6) return "an IPv6 address goes in brackets: tcp://[ADDRESS]:9100.";
	if (readNetwork(`tcp://${place}`)) return `for a printer on the network use tcp://${place}.`;
	const [, scheme = "", host = "", port] =
		/^(?:(tcp|socket|https?|lpd|ipps?):\/\/)?([^/:@\s]+)(?::(\d{1,5}))?\/?$/i.exec(place) ?? [];
	// A word alone is more likely a mistake than a host.
	if (scheme === "" && isIP(host) !== 4) return undefined;
	// The port of a web page or of another print service is not the raw one.
	const isRaw = /^(tcp|socket)?$/i.test(scheme);
	const network = `tcp://${host}:${(isRaw && port) || "9100"}`;
	return readNetwork(network) && `for a printer on the network use ${network}.`;
}

function readVirtual(text: string): PrinterPlace | undefined {
	const directory = /^virtual:(.+)$/.exec(text)?.[1];
	if (directory === undefined || directory.trim() === "" || directory.startsWith("//")) return undefined;
	return { kind: "virtual", directory };
}

function readNetwork(text: string): PrinterPlace | undefined {
	const [, six, name, digits] = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/[\]]+)):(\d{1,5})\/?$/.exec(text) ?? [];
	const port = Number(digits);
	if (!(port >= 1 && port <= 65_535)) return undefined;
	if (six !== undefined && isIP(six.replace(/%[\w.-]+$/, "")) === 6) return { kind: "tcp", host: six, port };
	if (name !== undefined && (isIP(name) === 4 || HOST_NAME.test(name))) return { kind: "tcp", host: name, port };
	return undefined;
}

function readLocal(text: string, digits = String(SLOWEST_BAUD)): PrinterPlace | undefined {
	const device = DEVICE.exec(text)?.[1];
	if (device !== undefined) return { kind: "device", path: device };
	const queue = SPOOLER.exec(text)?.[1];
	if (queue !== undefined) return { kind: "spooler", queue };
	const windows = WINDOWS.exec(text)?.[1];
	if (windows !== undefined) return readWindowsQueue(windows);
	const line = SERIAL.exec(text)?.[1];
	if (line === undefined) return undefined;
	const baud = Number(digits);
	if (baud < SLOWEST_BAUD) {
		throw refused(
			`A serial line at ${baud} baud is too slow: one ticket would take up to 87 seconds. ` +
				`Set the printer to ${SLOWEST_BAUD} baud or more, and the address to serial:${line}?baud=${SLOWEST_BAUD}.`,
		);
	}
	if (!BAUDS.includes(baud)) {
		throw refused(`Serial lines have no speed of ${baud} baud: use one of ${BAUDS.join(", ")}.`);
	}
	return { kind: "serial", path: line, baud };
}

function readWindowsQueue(encoded: string): PrinterPlace | undefined {
	try {
		const queue = decodeURIComponent(encoded.replaceAll("+", " ")).trim();
		return queue === "" || /[,!\\\p{Cc}]/u.test(queue) ? undefined : { kind: "windows", queue };
	} catch {
		return undefined;
	}
}

function refused(sentence: string): UserError {
	return new UserError("PRINTER_URL", sentence);
}
