import { z } from "zod";

/**
 * One setting of a program or option of a command. A setting is a flag (`--network-port`), a variable
 * (PAIHAO_NETWORK_PORT) and a key of the settings file ("network-port"); an option is a flag alone.
 */
export interface Setting {
	/** The value as the settings file has it. A flag's or a variable's text is converted first. */
	schema: z.ZodType;
	/** Completes "It must be ..." in an error: "a whole number from 0 to 65535". */
	expected: string;
	/** The value's name in help, such as PORT. A switch has none. */
	placeholder?: string;
	/** One phrase without a full stop. The first clause, up to a colon, names the setting. */
	help: string;
	defaultValue?: unknown;
	isRequired?: boolean;
	/** True: an option of one command, which no variable and no file can set. */
	isFlagOnly?: true;
	/** The commands that use it, for the reference. */
	commands?: readonly string[];
}

export type SettingsTable = Readonly<Record<string, Setting>>;

/** The values that a table's settings have once they are read. */
export type SettingValues<Table extends SettingsTable> = {
	[Name in keyof Table]:
		| z.output<Table[Name]["schema"]>
		| (Table[Name] extends { isRequired: true } | { defaultValue: string | number | boolean } ? never : undefined);
};

export function wholeNumber(min: number, max: number) {
	return { schema: z.int().min(min).max(max), expected: `a whole number from ${min} to ${max}` };
}

export function oneOf<const Value extends string>(values: readonly [Value, ...Value[]]) {
	return { schema: z.enum(values), expected: values.length === 1 ? values[0] : `one of ${values.join(", ")}` };
}

export function text(expected: string) {
	return { schema: z.string().min(1), expected };
}

/** A flag that may be repeated, a variable with commas, or a list in the file. */
export function list(expected: string) {
	return { schema: z.array(z.string().min(1)), expected };
}

/** A flag without a value. */
export const onOff = { schema: z.boolean(), expected: "true or false" };

export function variableOf(name: string): string {
	return `PAIHAO_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** The values of a choice, for completion and the reference; undefined where the value is free. */
export function choicesOf({ schema }: Setting): string[] | undefined {
	return schema instanceof z.ZodEnum ? (schema.options as string[]) : undefined;
}

export function isList({ schema }: Setting): boolean {
	return schema instanceof z.ZodArray;
}
