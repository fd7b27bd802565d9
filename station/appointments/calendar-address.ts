import { isLoopback } from "../../lib/host-addresses.ts";

/**
 * Whether a calendar may be read from there: over https, or over http from this very machine. A bare http address would let
 * anyone on the way change bookings.
 */
export function isCalendarAddress({ protocol, hostname, username, password }: URL): boolean {
	if (username !== "" || password !== "") return false;
	return protocol === "https:" || (protocol === "http:" && isLoopback(hostname.replace(/^\[(.*)\]$/, "$1")));
}

/** The address as it is asked: webcal:, which calendars are offered under, is https. Null where it may not be asked. */
export function toCalendarAddress(text: string): URL | null {
	const address = URL.parse(text.trim().replace(/^webcals?:/i, "https:"));
	return address !== null && isCalendarAddress(address) ? address : null;
}
