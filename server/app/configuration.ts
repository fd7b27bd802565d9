import { join, resolve } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { LogLevel } from "../../lib/log.ts";
import { type Environment, type Flags, readSettings } from "../../lib/settings/read-settings.ts";
import { type FileValue, readSettingsFile } from "../../lib/settings/settings-file.ts";
import type { ExportSchedule } from "../export/scheduled-export.ts";
import { SERVER_PLACE, SERVER_SETTINGS } from "./settings.ts";

/** What a server needs to know before it starts. Every path is absolute. */
export interface ServerSettings {
	data: string;
	/** postgres://..., or undefined for a PostgreSQL of the server's own. */
	database: string | undefined;
	/** The same database past a pooler. */
	directDatabase: string | undefined;
	host: string;
	/** 0 takes a free one. */
	port: number;
	retentionDays: number;
	exports: ExportSchedule | undefined;
	/** As CIDR. */
	trustedProxies: readonly string[];
	/** With it other machines may read the metrics. */
	metricsToken: string | undefined;
	logLevel: LogLevel;
}

interface Surroundings {
	flags: Flags;
	env: Environment;
	/** Relative paths are resolved from here. */
	cwd: string;
}

/** As a station's settings are read. Throws UserError with exit code 2: USAGE or CONFIGURATION_REFUSED. */
export function readServerConfiguration({ flags, env, cwd }: Surroundings): ServerSettings {
	const { data, config } = SERVER_SETTINGS;
	// A file that --config names may set the data folder too.
	const named = readSettings({ data: { ...data, isRequired: false }, config }, { flags, env });
	const values = readSettings(SERVER_SETTINGS, { flags, env, file: readFile(named, cwd) });
	return {
		data: resolve(cwd, values.data),
		database: values.database,
		directDatabase: values["direct-database"],
		host: values.host,
		port: values.port,
		retentionDays: values["retention-days"],
		exports: readSchedule(values["export-every"], values["export-to"], values["export-keep"], cwd),
		trustedProxies: values["trust-proxy"] ?? [],
		metricsToken: values["metrics-token"],
		logLevel: values["log-level"],
	};
}

/** The place of a server's data, for a command about it. The settings file of its folder counts too. */
export function readServerPlace({
	flags,
	env,
	cwd,
}: Surroundings): Pick<ServerSettings, "data" | "database" | "directDatabase"> {
	const data = resolve(cwd, readSettings({ data: SERVER_PLACE.data }, { flags, env }).data);
	const { database, "direct-database": directDatabase } = readSettings(SERVER_PLACE, {
		flags,
		env,
		file: readFile({ data, config: undefined }, cwd),
	});
	return { data, database, directDatabase };
}

function readFile({ data, config }: { data: string | undefined; config: string | undefined }, cwd: string) {
	const path = config ?? (data === undefined ? undefined : join(data, "paihao.json"));
	if (path === undefined) return new Map<string, FileValue>();
	return readSettingsFile(resolve(cwd, path), {
		keys: Object.keys(SERVER_SETTINGS).filter((name) => name !== "config"),
		isOptional: config === undefined,
	});
}

/** Both or neither: a folder alone would look like a schedule. */
function readSchedule(
	everyHours: number | undefined,
	folder: string | undefined,
	keep: number,
	cwd: string,
): ExportSchedule | undefined {
	if (everyHours === undefined && folder === undefined) return undefined;
	if (everyHours === undefined || folder === undefined)
		throw new UserError(
			"USAGE",
			`--export-every and --export-to belong together. Add --${folder === undefined ? "export-to DIR" : "export-every HOURS"}.`,
			{ exitCode: 2 },
		);
	return { everyHours, folder: resolve(cwd, folder), keep };
}
