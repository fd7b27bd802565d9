import { html } from "hono/html";
import type { Schema } from "./read-document.ts";

export type Html = ReturnType<typeof html>;

/** One field of an object: its path, such as `stations[].id`, and what it is. */
export interface Field {
	path: string;
	type: Html;
	isOptional: boolean;
	/** With its limits. */
	note: string;
}

/** Zod writes the largest safe integer for "no limit". */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** The name of the component that a reference leads to. */
export const nameOfReference = (reference: string): string => reference.slice(reference.lastIndexOf("/") + 1);

const joined = (parts: readonly Html[], between: string): Html =>
	html`${parts.map((part, at) => (at === 0 ? part : html`${between}${part}`))}`;

/** A type in a few words: `list of Ticket`, `"open" or "closed"`, `number or null`. */
export function describeType(schema: Schema): Html {
	if (schema.$ref !== undefined) {
		const name = nameOfReference(schema.$ref);
		return html`<a href="#schema-${name}">${name}</a>`;
	}
	const variants = schema.anyOf ?? schema.oneOf;
	if (variants) return joined(withOneObject(variants).map(describeType), " or ");
	if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
	if (schema.enum)
		return joined(
			schema.enum.map((one) => html`<code>${JSON.stringify(one)}</code>`),
			" or ",
		);
	if (schema.type === "array") return html`list of ${schema.items ? describeType(schema.items) : "anything"}`;
	const values = schema.additionalProperties;
	if (schema.type === "object" && typeof values === "object" && !schema.properties)
		return html`object of ${describeType(values)} by name`;
	const types = typeof schema.type === "object" ? schema.type.join(" or ") : schema.type;
	return html`${schema.format ?? types ?? "anything"}`;
}

/** Objects that differ in their fields are one type here: their fields are told apart below it. */
function withOneObject(variants: readonly Schema[]): Schema[] {
	const first = variants.find(({ properties }) => properties !== undefined);
	return variants.filter((variant) => variant === first || variant.properties === undefined);
}

/** The fields of an object with those of the objects in it, in the order of the schema. */
export function fieldsOf(schema: Schema, prefix = ""): Field[] {
	const required = new Set(schema.required);
	return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
		const path = prefix + name;
		const own = { path, type: describeType(field), isOptional: !required.has(name), note: noteOf(field) };
		return [own, ...fieldsWithin(field, path)];
	});
}

/** The fields of what a field holds: an object, a list of objects, or one of several. */
export function fieldsWithin(schema: Schema, path: string): Field[] {
	if (schema.items) return fieldsWithin(schema.items, `${path}[]`);
	const variants = schema.anyOf ?? schema.oneOf;
	if (variants) return variants.flatMap((variant) => fieldsWithin(variant, path + kindOf(variant)));
	if (typeof schema.additionalProperties === "object") return fieldsWithin(schema.additionalProperties, `${path}{}`);
	return schema.properties ? fieldsOf(schema, path === "" ? "" : `${path}.`) : [];
}

/** `(restart)` for a variant whose `kind` is always that; the field itself is not told apart further. */
function kindOf({ properties }: Schema): string {
	const kind = properties?.kind?.const;
	return typeof kind === "string" ? `(${kind})` : "";
}

function noteOf({ description, minimum, maximum, maxLength, ...schema }: Schema): string {
	const notes = [
		description,
		minimum !== undefined && minimum > 0 && `at least ${minimum}`,
		maximum !== undefined && maximum < NO_LIMIT && `at most ${maximum}`,
		maxLength !== undefined && `at most ${maxLength} characters`,
		schema.default !== undefined && `${JSON.stringify(schema.default)} if left out`,
	];
	return notes.filter((note) => typeof note === "string").join("; ");
}
