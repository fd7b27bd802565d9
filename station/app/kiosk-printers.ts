import { UserError } from "../../lib/errors.ts";
import { isOwnListener, isSamePrinter } from "./same-printer.ts";

export interface KioskPrinterSetting {
	/** The name under which the kiosk is paired. */
	kiosk: string;
	url: string;
}

/** One printer, and the kiosks whose tickets come out of it. */
export interface SharedKioskPrinter {
	url: string;
	kiosks: [string, ...string[]];
}

interface PrinterSettings {
	printer: string;
	standbyPrinter: string | undefined;
	kioskPrinters: readonly KioskPrinterSetting[];
}

/** Reads "Hall 2=tcp://192.168.1.51:9100". `absolute`: makes a folder's path absolute. */
export function readKioskPrinters(
	list: readonly string[],
	absolutePrinter: (url: string) => string,
): KioskPrinterSetting[] {
	const names = new Set<string>();
	return list.map((one) => {
		const [, kiosk = "", url = ""] = /^([^=]+)=(.+)$/.exec(one) ?? [];
		if (kiosk.trim() === "")
			throw refused(
				`--kiosk-printer ${JSON.stringify(one)} is not NAME=URL. Write the name under which the kiosk is paired, then = and its printer's address, such as "Hall 2=tcp://192.168.1.51:9100".`,
			);
		if (names.has(kiosk.trim()))
			throw refused(`--kiosk-printer names the kiosk ${JSON.stringify(kiosk.trim())} twice. A kiosk has one printer.`);
		names.add(kiosk.trim());
		return { kiosk: kiosk.trim(), url: absolutePrinter(url.trim()) };
	});
}

/**
 * The kiosks' printers, each once: two connections to one printer would mix two tickets on its paper. A kiosk that names
 * the station's printer has none of its own.
 */
export function shareKioskPrinters({ printer, kioskPrinters }: PrinterSettings): SharedKioskPrinter[] {
	const shared: SharedKioskPrinter[] = [];
	for (const { kiosk, url } of kioskPrinters) {
		const known = shared.find((one) => isSamePrinter(one.url, url));
		if (known) known.kiosks.push(kiosk);
		else if (!isSamePrinter(printer, url)) shared.push({ url, kiosks: [kiosk] });
	}
	return shared;
}

/** Throws UserError CONFIGURATION_REFUSED where a printer's address is one that the station itself listens on. */
export function requireOtherThanStation(
	{ printer, standbyPrinter, kioskPrinters }: PrinterSettings,
	listeners: readonly { host: string; port: number }[],
): void {
	for (const url of [printer, standbyPrinter ?? "", ...kioskPrinters.map((one) => one.url)]) {
		if (isOwnListener(url, listeners))
			throw refused(
				`The printer's address ${url.split("?")[0]} is that of the station itself. Use the printer's own address; its port is usually 9100.`,
			);
	}
}

/** Throws UserError CONFIGURATION_REFUSED where one printer is named with two sets of options, or is a stand-by too. */
export function requireDistinctPrinters({ printer, standbyPrinter, kioskPrinters }: PrinterSettings): void {
	if (standbyPrinter !== undefined && isSamePrinter(standbyPrinter, printer))
		throw refused("--standby-printer names the same printer as --printer. Name another one, or leave it out.");
	const before = [printer];
	for (const { kiosk, url } of kioskPrinters) {
		if (standbyPrinter !== undefined && isSamePrinter(standbyPrinter, url))
			throw refused(
				`--standby-printer names the printer of the kiosk ${JSON.stringify(kiosk)}. A printer is one or the other.`,
			);
		const same = before.find((one) => isSamePrinter(one, url));
		if (same !== undefined && same.split("?")[1] !== url.split("?")[1])
			throw refused(`The printer ${url.split("?")[0]} is named twice. Give it the same options each time.`);
		before.push(url);
	}
}

function refused(sentence: string): UserError {
	return new UserError("CONFIGURATION_REFUSED", sentence, { exitCode: 2 });
}
