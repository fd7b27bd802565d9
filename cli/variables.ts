import { LAUNCHED } from "../lib/parent-watch.ts";
import { type SettingsTable, variableOf } from "../lib/settings/setting.ts";
import { SERVER_SETTINGS } from "../server/app/settings.ts";
import { SHELL_VARIABLES, STATION_SETTINGS } from "../station/app/settings.ts";

/** Of the project's tests: a test may start the program, which then must not warn of them. */
const TEST_VARIABLE = /^PAIHAO_(TEST_|SEED$|VISUAL$|PICTURES$|RENEW_GOLDEN$|BENCH_)/;

export function isTestVariable(name: string): boolean {
	return TEST_VARIABLE.test(name);
}

/** Every variable that Paihao reads. */
export const KNOWN_VARIABLES = [
	...new Set([STATION_SETTINGS, SERVER_SETTINGS].flatMap((table: SettingsTable) => Object.keys(table).map(variableOf))),
	...SHELL_VARIABLES,
	LAUNCHED,
];
