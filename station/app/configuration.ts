import { isAbsolute, join, resolve } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { isLoopback } from "../../lib/host-addresses.ts";
import type { LogLevel } from "../../lib/log.ts";
import { type Environment, type Flags, readSettings } from "../../lib/settings/read-settings.ts";
import { type SettingValues, variableOf } from "../../lib/settings/setting.ts";
import { readSettingsFile } from "../../lib/settings/settings-file.ts";
import { type SiteId, siteIdInputSchema } from "../../protocol/model/ids.ts";
import type { CertificateFiles } from "../network/certificate-file.ts";
import { toServerOrigin } from "../sync/enrolment/server-address.ts";
import { PUSH_SERVICES } from "../web-push/push-service.ts";
import { type ChosenSettings, readChosenSettings } from "./chosen-settings.ts";
import {
	type KioskPrinterSetting,
	readKioskPrinters,
	requireDistinctPrinters,
	requireOtherThanStation,
} from "./kiosk-printers.ts";
import { type FirstStartMode, type OutsideHours, STATION_SETTINGS } from "./settings.ts";

/** What a station needs to know before it starts. Every path is absolute. */
export interface StationConfiguration {
	/** The data folder: database, lock and secrets. */
	data: string;
	/** Plain HTTP for this machine: port and loopback address; another address only with plainHttp. */
	port: number;
	host: string;
	/** HTTPS for desks, boards, phones and further kiosks; undefined: this machine only. */
	network: { host: string; port: number; files: CertificateFiles | undefined } | undefined;
	/** True: IT accepts that `host` is on the network without TLS. */
	plainHttp: boolean;
	site: SiteId;
	/** An address as printer-url.ts reads it: none, tcp://, device:, serial:, lp: or virtual:. */
	printer: string;
	/** The printer's model, which says what its address does not. */
	printerProfile: string | undefined;
	/** The address of the printer that takes tickets while the first cannot. */
	standbyPrinter: string | undefined;
	/** The kiosks that have a printer of their own. */
	kioskPrinters: readonly KioskPrinterSetting[];
	/** The central server's address that IT has prepared, as an origin: only offered, an enrolment has its own. */
	server: string | undefined;
	/** The address at which phones reach this station, without a trailing slash; undefined: the ticket has no QR code. */
	phoneAddress: string | undefined;
	/** IT's own key for notifications on phones; undefined: no phone is offered any. */
	webPush: { key: string; contact: string; services: readonly string[] } | undefined;
	/** The folder of the catalogue's files; undefined is the product's own. */
	catalogue: string | undefined;
	/** The address of a calendar of bookings that is polled so often; undefined: none. */
	calendar: string | undefined;
	calendarMinutes: number;
	/** The id or a name of the topic of its events that name none; undefined: they are left out. */
	calendarTopic: string | undefined;
	/** Days until what links a ticket to its visitor is removed. */
	retentionDays: number;
	/** What the kiosk does outside the site's opening hours. Staff issue tickets at any hour. */
	outsideHours: OutsideHours;
	/** What the kiosk of a station without a supervisor shows. */
	firstStart: FirstStartMode;
	/** The settings that the file, a flag or a variable names: nobody at the screen can change them. */
	given: { site: boolean; printer: boolean };
	/** What was chosen at the screen, whether it is used or not. */
	chosen: ChosenSettings;
	/** A PEM file of certificates to trust besides the system's, for the central server. */
	ca: string | undefined;
	/** True: no window is opened on this machine. */
	headless: boolean;
	/** With it other machines may read the metrics. */
	metricsToken: string | undefined;
	logLevel: LogLevel;
}

export interface Surroundings {
	flags: Flags;
	env: Environment;
	/** Relative paths are resolved from here. */
	cwd: string;
}

/**
 * Reads a station's settings: a flag wins over the variable, the variable over the file, the file over `defaults`,
 * these over what was chosen at the screen, and that over the product's own. Throws UserError with exit code 2: USAGE or CONFIGURATION_REFUSED.
 */
export function readConfiguration(
	{ flags, env, cwd }: Surroundings,
	defaults: Readonly<Record<string, unknown>> = {},
): StationConfiguration {
	const absolute = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path));
	const { data, config } = STATION_SETTINGS;
	const sources = { flags, env, defaults };
	// A file that --config names may set the data folder too.
	const named = readSettings({ data: { ...data, isRequired: false }, config }, sources);
	const path = named.config ?? (named.data === undefined ? undefined : join(named.data, "paihao.json"));
	const keys = Object.keys(STATION_SETTINGS).filter((name) => name !== "config");
	const isOptional = named.config === undefined;
	const file = path === undefined ? new Map() : readSettingsFile(absolute(path), { keys, isOptional });
	const values = readSettings(STATION_SETTINGS, { ...sources, file });
	const isGiven = (name: "site" | "printer") =>
		flags[name] !== undefined || Boolean(env[variableOf(name)]) || file.has(name) || defaults[name] !== undefined;
	const { network, host } = values;
	if (!values["plain-http"] && !isLoopback(host))
		throw refused(
			`--host ${host} is on the network, where plain HTTP is not allowed. Use --network ${host} for HTTPS, or add --plain-http if you accept the risk.`,
		);
	const files = readTlsFiles(values["tls-certificate"], values["tls-key"], absolute);
	if (files && network === undefined)
		throw refused("--tls-certificate needs --network. Add --network 0.0.0.0, or the address to listen on.");
	const dataFolder = absolute(values.data);
	const configuration: StationConfiguration = {
		data: dataFolder,
		port: values.port,
		host,
		network: network === undefined ? undefined : { host: network, port: values["network-port"], files },
		plainHttp: values["plain-http"],
		site: values.site,
		printer: absolutePrinter(values.printer, absolute),
		printerProfile: values["printer-profile"],
		standbyPrinter: values["standby-printer"] && absolutePrinter(values["standby-printer"], absolute),
		kioskPrinters: readKioskPrinters(values["kiosk-printer"] ?? [], (url) => absolutePrinter(url, absolute)),
		server: values.server === undefined ? undefined : (toServerOrigin(values.server) ?? undefined),
		phoneAddress: values["phone-address"]?.replace(/\/+$/, ""),
		webPush: readWebPush(values, absolute),
		catalogue: values.catalogue && absolute(values.catalogue),
		calendar: values.calendar,
		calendarMinutes: values["calendar-minutes"],
		calendarTopic: values["calendar-topic"],
		retentionDays: values["retention-days"],
		outsideHours: values["outside-hours"],
		firstStart: values["first-start"],
		given: { site: isGiven("site"), printer: isGiven("printer") },
		chosen: {},
		ca: values.ca && absolute(values.ca),
		headless: values.headless,
		metricsToken: values["metrics-token"],
		logLevel: values["log-level"],
	};
	requireDistinctPrinters(configuration);
	requireOtherThanStation(configuration, [configuration, ...(configuration.network ? [configuration.network] : [])]);
	return withChosen(configuration, readChosenSettings(dataFolder));
}

const DEFAULT_SITE = siteIdInputSchema.parse(STATION_SETTINGS.site.defaultValue);

/** The same configuration after a person chose at the screen. What the settings name stays. */
export function withChosen(configuration: StationConfiguration, chosen: ChosenSettings): StationConfiguration {
	const { given, site, printer } = configuration;
	return {
		...configuration,
		chosen,
		site: given.site ? site : (chosen.site ?? DEFAULT_SITE),
		printer: given.printer ? printer : (chosen.printer ?? STATION_SETTINGS.printer.defaultValue),
	};
}

function absolutePrinter(url: string, absolute: (path: string) => string): string {
	return url.replace(/^virtual:(.+)$/, (_, folder: string) => `virtual:${absolute(folder)}`);
}

/** Both or neither. */
function readTlsFiles(
	certificate: string | undefined,
	key: string | undefined,
	absolute: (path: string) => string,
): CertificateFiles | undefined {
	if (certificate === undefined && key === undefined) return undefined;
	if (certificate === undefined || key === undefined)
		throw refused(
			`--tls-certificate and --tls-key belong together. Add --${key === undefined ? "tls-key" : "tls-certificate"}.`,
		);
	return { certificate: absolute(certificate), key: absolute(key) };
}

function readWebPush(
	values: Pick<SettingValues<typeof STATION_SETTINGS>, "web-push-key" | "web-push-contact" | "web-push-services">,
	absolute: (path: string) => string,
): StationConfiguration["webPush"] {
	const { "web-push-key": key, "web-push-contact": contact, "web-push-services": services = PUSH_SERVICES } = values;
	if (key === undefined && contact === undefined) return undefined;
	if (key === undefined || contact === undefined)
		throw refused(
			`--web-push-key and --web-push-contact belong together. Add --web-push-${key === undefined ? "key" : "contact"}.`,
		);
	return { key: absolute(key), contact, services };
}

function refused(sentence: string): UserError {
	return new UserError("CONFIGURATION_REFUSED", sentence, { exitCode: 2 });
}

/**
 * A configuration as the variables that it is read from, for a program that is started with it. The type demands every
 * setting: one that is left out would silently take its default there.
 */
export function variablesOf(configuration: StationConfiguration): Record<string, string> {
	const { network } = configuration;
	const settings: Record<Exclude<keyof typeof STATION_SETTINGS, "config">, string | number | boolean | undefined> = {
		data: configuration.data,
		port: configuration.port,
		host: configuration.host,
		network: network?.host,
		"network-port": network?.port,
		"tls-certificate": network?.files?.certificate,
		"tls-key": network?.files?.key,
		"plain-http": configuration.plainHttp,
		// What was chosen at the screen is in the data folder, and may change there.
		site: configuration.given.site ? configuration.site : undefined,
		printer: configuration.given.printer ? configuration.printer : undefined,
		"printer-profile": configuration.printerProfile,
		"standby-printer": configuration.standbyPrinter,
		"kiosk-printer":
			configuration.kioskPrinters.length === 0
				? undefined
				: configuration.kioskPrinters.map(({ kiosk, url }) => `${kiosk}=${url}`).join(","),
		server: configuration.server,
		"phone-address": configuration.phoneAddress,
		"web-push-key": configuration.webPush?.key,
		"web-push-contact": configuration.webPush?.contact,
		"web-push-services": configuration.webPush?.services.join(","),
		catalogue: configuration.catalogue,
		calendar: configuration.calendar,
		"calendar-minutes": configuration.calendarMinutes,
		"calendar-topic": configuration.calendarTopic,
		"retention-days": configuration.retentionDays,
		"outside-hours": configuration.outsideHours,
		"first-start": configuration.firstStart,
		ca: configuration.ca,
		"metrics-token": configuration.metricsToken,
		"log-level": configuration.logLevel,
		headless: configuration.headless,
	};
	return Object.fromEntries(
		Object.entries(settings).flatMap(([name, value]) =>
			value === undefined ? [] : [[variableOf(name), String(value)]],
		),
	);
}
