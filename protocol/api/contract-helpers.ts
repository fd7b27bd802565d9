import { z } from "zod";
import { REFUSALS, type RefusalCode } from "./refusals.ts";

/** The refusals that a call may answer with, beside what any call may. */
export function refusals<const Code extends RefusalCode>(...codes: Code[]) {
	const picked = codes.map((code) => [code, { ...REFUSALS[code], data: z.record(z.string(), z.unknown()).optional() }]);
	return Object.fromEntries(picked) as {
		[K in Code]: (typeof REFUSALS)[K] & { data: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodUnknown>> };
	};
}

/** The counter that a path names. */
export const counterInput = z.strictObject({ counter: z.string().max(16) });
