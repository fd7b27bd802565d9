import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasDatabase, openForReading } from "../../db/station/open.ts";
import { explainUnreachable } from "../../lib/outgoing-connections.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../../lib/time/durations.ts";
import { type Health, healthSchema } from "../../protocol/api/health.ts";
import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { AssetPaths } from "../../station/app/asset-paths.ts";
import type { StationConfiguration } from "../../station/app/configuration.ts";
import { PRIVATE_FILES } from "../../station/app/data-folder.ts";
import { readSecrets } from "../../station/app/secrets.ts";
import { readCatalogueFiles, requireSite } from "../../station/catalogue/read-catalogue-files.ts";
import { verifyFile } from "../../station/events/verify.ts";
import { readGivenCertificate, readStoredCertificate } from "../../station/network/certificate-file.ts";
import { openPrinter } from "../../station/printing/open-printer.ts";
import { printerAdvice } from "../../station/printing/queue/printer-advice.ts";
import { browserFacts, findBrowser, howToGetBrowser } from "../find-browser.ts";
import { electronProgram } from "../find-electron.ts";
import { hasDisplay } from "../open-kiosk.ts";
import { type Check, failed, ok, warning } from "./finding.ts";
import { checkClock, checkDisk, checkFolder, checkPort } from "./machine-checks.ts";

export interface StationPatient {
	configuration: StationConfiguration;
	files: AssetPaths;
	/** The product's top folder. */
	top: string;
	/** UTC milliseconds. */
	now: number;
	env: NodeJS.ProcessEnv;
}

const ANSWER_TIMEOUT_MS = 5 * SECOND_MS;
const PRINTER_TIMEOUT_MS = 8 * SECOND_MS;
/** Stations take the token of a server only within two minutes. */
const MAX_CLOCK_OFFSET_MS = 2 * MINUTE_MS;
const CERTIFICATE_ENDS_SOON_MS = 30 * DAY_MS;

/** Everything that a station's machine needs, in the order in which somebody would put it right. */
export function stationChecks(patient: StationPatient): Check[] {
	const { configuration, files, now } = patient;
	const { data, host, port, network } = configuration;
	const running = readHealth(port);
	const isOurs = async () => (await running) !== undefined;
	return [
		checkFolder(data, PRIVATE_FILES, 0o700),
		checkDisk(data),
		{ name: "database", run: () => checkDatabase(patient) },
		{ name: "catalogue", run: () => checkCatalogue(patient) },
		checkClock(now, builtAt(configuration, files)),
		checkPort("port", { host, port }, isOurs),
		...(network ? [checkPort("network", network, isOurs)] : []),
		{ name: "certificate", run: () => checkCertificate(patient) },
		{ name: "printer", run: async () => describePrinter(await readPrinterStatus(patient, await running)) },
		{ name: "screens", run: () => checkScreens(files) },
		{ name: "fonts", run: checkFonts },
		{ name: "display", run: () => checkDisplay(patient) },
		{ name: "server", run: () => checkServer(patient) },
	];
}

function checkDatabase({ configuration: { data }, files }: StationPatient) {
	if (!existsSync(data) || (!hasDatabase(data) && !readSecrets(data)))
		return warning("There is no station in the folder yet. The first start makes one.");
	readSecrets(data);
	const { database, close } = openForReading(data, files.migrations);
	try {
		const damage = verifyFile(database);
		return damage?.kind === "differs"
			? failed(`The database is damaged: ${damage.what}. Restore a backup.`)
			: ok("The database is whole.");
	} finally {
		close();
	}
}

function checkCatalogue({ configuration, files }: StationPatient) {
	const catalogue = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
	requireSite(catalogue, configuration.site);
	const { rejected, services } = catalogue;
	const [first] = rejected;
	if (first)
		return warning(`${rejected.length} entries are left out, such as ${first.file}, ${first.entry}: ${first.reason}.`);
	return ok(`The site is ${configuration.site}; the catalogue has ${services.length} topics.`);
}

function builtAt(configuration: StationConfiguration, files: AssetPaths): number {
	try {
		const { services } = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
		return Math.max(0, ...services.map(({ assured_date }) => Date.parse(`${assured_date}T00:00Z`)));
	} catch {
		// The check of the catalogue says why.
		return 0;
	}
}

function checkCertificate({ configuration: { data, network }, now }: StationPatient) {
	if (network === undefined) return undefined;
	const certificate = network.files ? readGivenCertificate(network.files, now) : readStoredCertificate(data);
	if (certificate === undefined) return warning("The station makes its certificate at its first start.");
	const end = new Date(certificate.validUntil).toISOString().slice(0, 10);
	if (certificate.validUntil - now < CERTIFICATE_ENDS_SOON_MS && network.files)
		return warning(`The certificate ends on ${end}. Put a new one in its place.`);
	return ok(`The certificate is good until ${end}.`);
}

/** The running station holds the printer, and knows how it is. */
async function readPrinterStatus(
	{ configuration, files }: StationPatient,
	running: Health | undefined,
): Promise<PrinterStatus> {
	if (running) return running.printer;
	const { openVirtualPrinter } = await import("../../printer-simulator/virtual-printer.ts");
	const printer = openPrinter(configuration.printer, { deviceProcess: files.deviceProcess, openVirtualPrinter });
	try {
		const until = performance.now() + PRINTER_TIMEOUT_MS;
		const mayCome = ({ condition, reason }: PrinterStatus) => condition === "unreachable" && reason !== "none-chosen";
		while (mayCome(printer.status) && performance.now() < until) await pause(100);
		return printer.status;
	} finally {
		await printer.close();
	}
}

function describePrinter(status: PrinterStatus) {
	const advice = printerAdvice(status);
	if (advice === null) return ok("The printer is ready.");
	return status.condition === "ready" ? warning(advice) : failed(advice);
}

function checkScreens({ screens, renderWorker }: AssetPaths) {
	const missing = [join(screens, "kiosk/index.html"), renderWorker.pathname].find((file) => !existsSync(file));
	return missing === undefined
		? ok("Screens and texts are built.")
		: failed(`${missing} is missing. Run npm run build, or install the package again.`);
}

/** Loaded only here: they come with the program that draws. */
async function checkFonts() {
	const { missingFonts } = await import("../../station/printing/render/fonts.ts");
	const missing = missingFonts();
	return missing.length === 0
		? ok("The fonts of the paper are there, for every language.")
		: failed(
				`Fonts of the paper are missing: ${missing.join(", ")}. Install the package paihao-fonts again; in a checkout run npm ci.`,
			);
}

function checkDisplay({ configuration, top, env }: StationPatient) {
	if (configuration.headless) return ok("The station opens no window (--headless).");
	if (!hasDisplay(process.platform, env))
		return ok(
			"This session has no display, so the station opens no window here. paihao kiosk (the package paihao-kiosk) does, on the screen's own session.",
		);
	if (existsSync(electronProgram(join(top, "node_modules/electron"), env)))
		return ok("There is a display, and Electron for the kiosk.");
	const browser = findBrowser(browserFacts());
	return browser === undefined ? failed(howToGetBrowser(browserFacts())) : ok(`There is a display, and ${browser}.`);
}

async function checkServer({ configuration: { data }, now }: StationPatient) {
	const enrolment = existsSync(data) ? readSecrets(data)?.enrolment : undefined;
	if (enrolment === undefined) return warning("The station is not enrolled at a server. It works alone.");
	const { server } = enrolment;
	const asked = performance.now();
	const answer = await fetch(`${server}/health/live`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(
		(cause: unknown) => {
			throw explainUnreachable(server, cause);
		},
	);
	const { time } = (await answer.json().catch(() => ({}))) as { time?: number };
	if (!answer.ok || typeof time !== "number")
		return failed(`Something else than a Paihao server answers at ${server}. Check the address and the proxy.`);
	const offset = now + (performance.now() - asked) - time;
	if (Math.abs(offset) > MAX_CLOCK_OFFSET_MS)
		return failed(
			`This machine's clock and the one of ${server} differ by ${Math.round(Math.abs(offset) / MINUTE_MS)} minutes. Set the one that is wrong.`,
		);
	return ok(`The server ${server} answers.`);
}

/** Undefined if no station answers. */
async function readHealth(port: number): Promise<Health | undefined> {
	try {
		const answer = await fetch(`http://127.0.0.1:${port}/api/health`, {
			signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
		});
		return healthSchema.safeParse(await answer.json()).data;
	} catch {
		return undefined;
	}
}
