import { hash } from "node:crypto";

/**
 * SHA-256, hex, of a code that people read from paper and type. Only letters and digits count, in any case, and O, I
 * and L are read as the digits that they look like.
 */
export function digestOfCode(code: string): string {
	const plain = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
	return hash("sha256", plain.replaceAll("O", "0").replaceAll(/[IL]/g, "1"));
}
