import { isLoopback } from "../../lib/host-addresses.ts";

/** The push services of the browsers' makers: Google, Mozilla, Apple, Microsoft. Their subdomains count too. */
export const PUSH_SERVICES = [
	"fcm.googleapis.com",
	"push.services.mozilla.com",
	"push.apple.com",
	"notify.windows.com",
] as const;

/**
 * The address of a subscription, if it is one at a push service that the station may call; else null. Any phone can name
 * an address, so the station never calls another: it would reach machines that the phone cannot.
 */
export function toEndpoint(address: string, services: readonly string[]): URL | null {
	if (!URL.canParse(address)) return null;
	const url = new URL(address);
	const { hostname } = url;
	const isKnown = services.some((service) => hostname === service || hostname.endsWith(`.${service}`));
	const isSafe = isLoopback(hostname) || (url.protocol === "https:" && url.port === "");
	return isKnown && isSafe && url.username === "" && url.password === "" ? url : null;
}
