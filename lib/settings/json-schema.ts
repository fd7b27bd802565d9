import { z } from "zod";
import type { SettingsTable } from "./setting.ts";

/** The settings file as JSON Schema (2020-12), for editors: keys, types, defaults and help. */
export function settingsJsonSchema(table: SettingsTable, title: string): object {
	const settings = Object.entries(table).filter(([name, { isFlagOnly }]) => !isFlagOnly && name !== "config");
	const properties = settings.map(([name, { schema, help, defaultValue }]) => {
		const { $schema: _, ...shape } = z.toJSONSchema(schema);
		return [name, { ...shape, description: `${help}.`, ...(defaultValue !== undefined && { default: defaultValue }) }];
	});
	return {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		title,
		type: "object",
		additionalProperties: false,
		properties: { $schema: { type: "string" }, ...Object.fromEntries(properties) },
	};
}
