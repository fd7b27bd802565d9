import { SETTINGS, variableOf } from "../station/app/configuration.ts";

/** The settings of a station as --help shows them, made from the table that reads them. */
export function settingsHelp(names: readonly (keyof typeof SETTINGS)[]): string {
	const lines = names.map((name) => {
		const { value, fallback, help } = SETTINGS[name];
		const flag = value === undefined ? `--${name}` : `--${name} ${value}`;
		const given = typeof fallback === "string" ? ` (default ${fallback})` : "";
		return `  ${flag.padEnd(20)}${help}${given}\n${" ".repeat(22)}or ${variableOf(name)}`;
	});
	return `${lines.join("\n")}\n\nA flag wins over the variable, the variable over the configuration file.`;
}
