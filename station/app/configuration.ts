import { readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { isLoopback } from "../../lib/host-addresses.ts";
import { LOG_LEVELS, type LogLevel } from "../../lib/log.ts";
import { RETENTION_DAYS } from "../../protocol/events/retention.ts";
import type { CertificateFiles } from "../network/certificate-file.ts";

/** What a station needs to know before it starts. */
export interface StationConfiguration {
	/** The data folder: database, lock and secrets. */
	data: string;
	/** Plain HTTP for this machine: port and loopback address; another address only with plainHttp. */
	port: number;
	host: string;
	/** HTTPS for desks, boards, phones and further kiosks; undefined: this machine only. */
	network: { host: string; port: number; files: CertificateFiles | undefined } | undefined;
	/** True: IT takes it upon itself that `host` is on the network without TLS. */
	plainHttp: boolean;
	site: string;
	/** An address as printer-url.ts reads it: tcp://, device:, serial:, lp: or virtual:. */
	printer: string;
	/** The address that phones reach this station under, without a slash at its end; undefined: the paper bears the code alone. */
	phoneAddress: string | undefined;
	/** The catalogue's files; undefined is the product's own. */
	catalogue: string | undefined;
	/** Days after which what links a ticket to its visitor is cut. */
	retentionDays: number;
	/** What the kiosk does outside the site's opening hours. Staff give tickets at any hour. */
	outsideHours: OutsideHours;
	/** True: no window is opened on this machine. */
	headless: boolean;
	logLevel: LogLevel;
}

const OUTSIDE_HOURS = ["refuse", "issue"] as const;
export type OutsideHours = (typeof OUTSIDE_HOURS)[number];

interface Setting {
	/** What follows the flag; undefined for a flag that stands alone. */
	value: string | undefined;
	fallback: string | boolean | undefined;
	help: string;
}

/** Each setting is a flag (--data), a variable (PAIHAO_DATA) and a key of the configuration file (data). */
export const SETTINGS = {
	data: { value: "DIR", fallback: undefined, help: "the data folder: everything the station remembers" },
	port: { value: "N", fallback: "8470", help: "TCP port; 0 takes a free one" },
	host: { value: "ADDRESS", fallback: "127.0.0.1", help: "loopback address to listen on, for this machine" },
	network: {
		value: "ADDRESS",
		fallback: undefined,
		help: "address to listen on with HTTPS, for desks, boards, phones and further kiosks; 0.0.0.0 is every one",
	},
	"network-port": { value: "N", fallback: "8443", help: "TCP port of --network; 0 takes a free one" },
	"tls-certificate": {
		value: "FILE",
		fallback: undefined,
		help: "certificate for --network (PEM, the chain behind it); without it the station makes its own",
	},
	"tls-key": { value: "FILE", fallback: undefined, help: "key of --tls-certificate (PEM, without a passphrase)" },
	"plain-http": {
		value: undefined,
		fallback: false,
		help: "let --host be a network address without TLS: whoever is on that network can read and change everything",
	},
	site: { value: "ID", fallback: "permanent-residence-service-centre", help: "the catalogue's id of this site" },
	printer: {
		value: "URL",
		fallback: undefined,
		help: "the printer: tcp://host:port, device:/dev/usb/lp0 or serial:/dev/ttyS0?baud=115200 (Epson ESC/POS), lp:QUEUE (CUPS, never confirms a ticket), virtual:DIR (PNG and bytes in a folder); each with ?dialect=epson|star&width=80|58",
	},
	"phone-address": {
		value: "URL",
		fallback: undefined,
		help: "the address that phones reach this station under, such as https://queue.example; goes into the ticket's QR code",
	},
	catalogue: {
		value: "DIR",
		fallback: undefined,
		help: "a folder with catalogue files instead of the default catalogue",
	},
	"retention-days": {
		value: "N",
		fallback: String(RETENTION_DAYS),
		help: "days after which code, language and note of a ticket are cut, here and out of its events",
	},
	"outside-hours": {
		value: "refuse|issue",
		fallback: "refuse",
		help: "what the kiosk does outside the site's opening hours: refuse (it says when the site opens, and who is open now) or issue tickets; staff can give one at any hour",
	},
	"log-level": { value: "LEVEL", fallback: "info", help: LOG_LEVELS.join(", ") },
	headless: { value: undefined, fallback: false, help: "open no window on this machine" },
	config: {
		value: "FILE",
		fallback: undefined,
		help: "configuration file (JSON); default: paihao.json in the data folder",
	},
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof SETTINGS;

const switchSchema = z.union([
	z.boolean(),
	z.enum(["true", "false", "1", "0", ""]).transform((text) => text === "true" || text === "1"),
]);

const schema = z.object({
	data: z.string().min(1),
	port: z.coerce.number().int().min(0).max(65_535),
	host: z.string().min(1),
	network: z.string().min(1).optional(),
	"network-port": z.coerce.number().int().min(0).max(65_535),
	"tls-certificate": z.string().min(1).optional(),
	"tls-key": z.string().min(1).optional(),
	"plain-http": switchSchema,
	site: z.string().min(1),
	printer: z.string().min(1),
	"phone-address": z
		.url({ protocol: /^https?$/, error: "it must be an address that begins with https:// or http://" })
		.transform((address) => address.replace(/\/+$/, ""))
		.optional(),
	catalogue: z.string().min(1).optional(),
	"retention-days": z.coerce.number().int().min(1).max(3_650),
	"outside-hours": z.enum(OUTSIDE_HOURS),
	"log-level": z.enum(LOG_LEVELS),
	headless: switchSchema,
});

export interface Surroundings {
	argv: readonly string[];
	env: Readonly<Record<string, string | undefined>>;
	cwd: string;
}

/**
 * A flag wins over the variable, the variable over the file, the file over `defaults` and these
 * over the product's own. Throws PlainError with one sentence: USAGE (exit code 2) or CONFIGURATION_REFUSED.
 */
export function readConfiguration(
	surroundings: Surroundings,
	defaults: Partial<Record<SettingName, string>> = {},
): StationConfiguration {
	const { env, cwd } = surroundings;
	const flags = readFlags(surroundings.argv);
	const chosen = (name: SettingName, file: Record<string, unknown>) =>
		flags[name] ?? env[variableOf(name)] ?? file[name] ?? defaults[name] ?? SETTINGS[name].fallback;

	const data = chosen("data", {});
	const file = readFile(chosen("config", {}), typeof data === "string" ? resolve(cwd, data) : undefined, cwd);
	const values = Object.fromEntries((Object.keys(SETTINGS) as SettingName[]).map((name) => [name, chosen(name, file)]));

	for (const name of ["data", "printer"] as const) {
		if (values[name] === undefined) {
			throw new UserError(
				"USAGE",
				`Name ${SETTINGS[name].help.split(":")[0]} with --${name} ${SETTINGS[name].value} or ${variableOf(name)}.`,
				{ exitCode: 2 },
			);
		}
	}
	const parsed = schema.safeParse(values);
	if (!parsed.success) {
		const issue = parsed.error.issues.at(0);
		const name = String(issue?.path.at(0));
		throw new UserError(
			"CONFIGURATION_REFUSED",
			`--${name} cannot be ${JSON.stringify(values[name])}: ${issue?.message}.`,
			{ exitCode: 2 },
		);
	}
	const absolute = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path));
	const { data: folder, port, host, site, headless, catalogue, ...settings } = parsed.data;
	const { "log-level": logLevel, "phone-address": phoneAddress, "plain-http": plainHttp } = settings;
	if (!plainHttp && !isLoopback(host))
		throw new UserError(
			"CONFIGURATION_REFUSED",
			`--host ${host} is on the network, where plain HTTP is not spoken. Say --network ${host} for HTTPS, or --plain-http if that is meant.`,
			{ exitCode: 2 },
		);
	const files = readTlsFiles(settings["tls-certificate"], settings["tls-key"], absolute);
	if (files && settings.network === undefined)
		throw new UserError(
			"CONFIGURATION_REFUSED",
			"--tls-certificate is for --network, which is not named. Say --network 0.0.0.0, or the address to listen on.",
			{ exitCode: 2 },
		);
	return {
		data: absolute(folder),
		port,
		host,
		site,
		headless,
		retentionDays: settings["retention-days"],
		outsideHours: settings["outside-hours"],
		plainHttp,
		network:
			settings.network === undefined
				? undefined
				: {
						host: settings.network,
						port: settings["network-port"],
						files,
					},
		printer: settings.printer.replace(/^virtual:(.+)$/, (_, folder: string) => `virtual:${absolute(folder)}`),
		phoneAddress,
		catalogue: catalogue === undefined ? undefined : absolute(catalogue),
		logLevel,
	};
}

/** Both or neither. */
function readTlsFiles(
	certificate: string | undefined,
	key: string | undefined,
	absolute: (path: string) => string,
): CertificateFiles | undefined {
	if (certificate === undefined && key === undefined) return undefined;
	if (certificate === undefined || key === undefined)
		throw new UserError(
			"CONFIGURATION_REFUSED",
			`--tls-certificate and --tls-key belong together. Name --${key === undefined ? "tls-key" : "tls-certificate"} as well.`,
			{ exitCode: 2 },
		);
	return { certificate: absolute(certificate), key: absolute(key) };
}

/**
 * A configuration as the variables that it is read from, for a program that is started with it. Every setting stands
 * here: one that were left out would quietly be its default there.
 */
export function variablesOf(configuration: StationConfiguration): Record<string, string> {
	const { network } = configuration;
	const settings: Record<Exclude<SettingName, "config">, string | number | boolean | undefined> = {
		data: configuration.data,
		port: configuration.port,
		host: configuration.host,
		network: network?.host,
		"network-port": network?.port,
		"tls-certificate": network?.files?.certificate,
		"tls-key": network?.files?.key,
		"plain-http": configuration.plainHttp,
		site: configuration.site,
		printer: configuration.printer,
		"phone-address": configuration.phoneAddress,
		catalogue: configuration.catalogue,
		"retention-days": configuration.retentionDays,
		"outside-hours": configuration.outsideHours,
		"log-level": configuration.logLevel,
		headless: configuration.headless,
	};
	return Object.fromEntries(
		Object.entries(settings).flatMap(([name, value]) =>
			value === undefined ? [] : [[variableOf(name), String(value)]],
		),
	);
}

export function variableOf(name: string): string {
	return `PAIHAO_${name.toUpperCase().replaceAll("-", "_")}`;
}

function readFlags(argv: readonly string[]): Record<string, string | boolean | undefined> {
	const options = Object.fromEntries(
		Object.entries(SETTINGS).map(([name, { value }]) => [
			name,
			{ type: value === undefined ? ("boolean" as const) : ("string" as const) },
		]),
	);
	try {
		return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
	} catch (fault) {
		throw new UserError(
			"USAGE",
			`${fault instanceof Error ? fault.message.split("\n")[0] : String(fault)} Run with --help to see the options.`,
			{ exitCode: 2, cause: fault },
		);
	}
}

/** The file that is named must be there; the default one in the data folder may be missing. */
function readFile(named: unknown, data: string | undefined, cwd: string): Record<string, unknown> {
	const path = typeof named === "string" ? resolve(cwd, named) : data && join(data, "paihao.json");
	if (path === undefined) return {};
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (cause) {
		if (named === undefined) return {};
		throw new UserError("CONFIGURATION_REFUSED", `The configuration file ${path} cannot be read. Check its name.`, {
			exitCode: 2,
			cause,
		});
	}
	try {
		const keys = z.partialRecord(
			z.enum(Object.keys(SETTINGS) as [SettingName]),
			z.union([z.string(), z.number(), z.boolean()]),
		);
		const found = keys.parse(JSON.parse(text));
		return Object.fromEntries(
			Object.entries(found).map(([key, value]) => [key, typeof value === "number" ? String(value) : value]),
		);
	} catch (cause) {
		throw new UserError(
			"CONFIGURATION_REFUSED",
			`The configuration file ${path} must be a JSON object with the keys ${Object.keys(SETTINGS).join(", ")}.`,
			{ exitCode: 2, cause },
		);
	}
}
