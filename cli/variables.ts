import { LAUNCHED } from "../lib/parent-watch.ts";
import { type SettingsTable, variableOf } from "../lib/settings/setting.ts";
import { SERVER_SETTINGS } from "../server/app/settings.ts";
import { SHELL_VARIABLES, STATION_SETTINGS } from "../station/app/settings.ts";

/** Every variable that Paihao reads. */
export const KNOWN_VARIABLES = [
	...new Set([STATION_SETTINGS, SERVER_SETTINGS].flatMap((table: SettingsTable) => Object.keys(table).map(variableOf))),
	...SHELL_VARIABLES,
	LAUNCHED,
];
