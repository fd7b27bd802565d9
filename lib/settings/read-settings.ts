import { z } from "zod";
import { UserError } from "../errors.ts";
import { didYouMean } from "./nearest.ts";
import { type Setting, type SettingsTable, type SettingValues, variableOf } from "./setting.ts";
import type { FileValue } from "./settings-file.ts";

const LONGEST_QUOTE = 120;

/** The flags that were given, by name without the dashes: text, texts where repeated, or true for a switch. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;
export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingSources {
	flags: Flags;
	env: Environment;
	file?: ReadonlyMap<string, FileValue>;
	/** Win over the table's own defaults. */
	defaults?: Readonly<Record<string, unknown>>;
}

/**
 * A flag wins over the variable, the variable over the file, the file over the defaults. An empty variable counts as
 * not set. Throws UserError with exit code 2: USAGE where a required setting is missing or a flag is wrong,
 * CONFIGURATION_REFUSED where a variable or the file is.
 */
export function readSettings<Table extends SettingsTable>(table: Table, sources: SettingSources): SettingValues<Table> {
	const values = Object.entries(table).map(([name, setting]) => [name, readSetting(name, setting, sources)]);
	return Object.fromEntries(values) as SettingValues<Table>;
}

function readSetting(name: string, setting: Setting, { flags, env, file, defaults }: SettingSources): unknown {
	const flag = flags[name];
	if (flag !== undefined) return check(setting, convert(setting, flag), { place: `--${name}`, given: flag });
	const variable = setting.isFlagOnly ? undefined : env[variableOf(name)];
	if (variable) return check(setting, convert(setting, variable), { place: variableOf(name), given: variable });
	const found = file?.get(name);
	if (found) return check(setting, found.value, { place: `${found.place}: "${name}"`, given: found.value });
	const fallback = defaults?.[name] ?? setting.defaultValue;
	if (fallback === undefined && setting.isRequired) throw missing(name, setting);
	return fallback;
}

/** Flags and variables are text; the file has numbers, true and lists. */
function convert({ schema }: Setting, given: string | readonly string[] | boolean): unknown {
	if (schema instanceof z.ZodArray) return [given].flat().flatMap((one) => String(one).split(/\s*,\s*/));
	if (typeof given !== "string") return given;
	if (schema instanceof z.ZodNumber) return /^-?\d+$/.test(given.trim()) ? Number(given) : given;
	if (schema instanceof z.ZodBoolean) return { true: true, "1": true, false: false, "0": false }[given] ?? given;
	return given;
}

function check(setting: Setting, value: unknown, { place, given }: { place: string; given: unknown }): unknown {
	const parsed = setting.schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new UserError(
		place.startsWith("--") ? "USAGE" : "CONFIGURATION_REFUSED",
		`${place} is ${shorten(JSON.stringify(given))}. It must be ${setting.expected}.`,
		{ exitCode: 2 },
	);
}

/** A whole file that was pasted into a value would hide the rest of the sentence. */
function shorten(text: string): string {
	const characters = [...text];
	return characters.length <= LONGEST_QUOTE ? text : `${characters.slice(0, LONGEST_QUOTE).join("")}…`;
}

/** The sentence names every way to set it. */
function missing(name: string, { placeholder, isFlagOnly, help }: Setting): UserError {
	const flag = placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
	const ways = isFlagOnly ? flag : `${flag} or ${variableOf(name)}`;
	return new UserError("USAGE", `Add ${ways}: ${help.split(/[:;](?!\/)/)[0]}.`, { exitCode: 2 });
}

/** One sentence for each PAIHAO_ variable that is not a setting: probably a mistyped one. */
export function findUnknownVariables(names: readonly string[], known: readonly string[]): string[] {
	return names
		.filter((name) => name.startsWith("PAIHAO_") && !known.includes(name))
		.sort()
		.map((name) => `The variable ${name} is not a setting and has no effect.${didYouMean(name, known, String)}`);
}
