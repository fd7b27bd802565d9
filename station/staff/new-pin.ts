import { randomInt } from "node:crypto";

/** Six random digits. */
export function newPin(): string {
	return String(randomInt(0, 1_000_000)).padStart(6, "0");
}
