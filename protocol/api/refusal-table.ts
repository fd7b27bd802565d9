import type { z } from "zod";

/** The refusals of a program by their codes: HTTP status, a sentence that says what to do, and the data that comes with it. */
export type RefusalTable = Readonly<Record<string, { status: number; message: string; data?: z.ZodType }>>;

/** The data of a refusal; undefined for a code that has none. */
export type DataOf<Table extends RefusalTable, Code extends keyof Table> = Code extends keyof Table
	? Table[Code] extends { data: infer Schema extends z.ZodType }
		? z.infer<Schema>
		: undefined
	: never;

/** The data as the last arguments of a constructor: none for a code without data, optional where every field of it is. */
export type DataArguments<Table extends RefusalTable, Code extends keyof Table> =
	DataOf<Table, Code> extends undefined
		? []
		: Record<never, never> extends DataOf<Table, Code>
			? [data?: DataOf<Table, Code>]
			: [data: DataOf<Table, Code>];

/** The part of a table that a call may be refused with. */
export function pickRefusals<Table extends RefusalTable, const Code extends keyof Table>(
	table: Table,
	...codes: Code[]
): Pick<Table, Code> {
	return Object.fromEntries(codes.map((code) => [code, table[code]])) as Pick<Table, Code>;
}
