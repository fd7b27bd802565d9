import { hash } from "node:crypto";
import { foldCode } from "./typed-code.ts";

/** SHA-256, hex, of a code that people read from paper and type, folded as every typed code is. */
export function digestOfCode(code: string): string {
	return hash("sha256", foldCode(code));
}
