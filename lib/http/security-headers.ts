import type { MiddlewareHandler } from "hono";
import type { secureHeaders } from "hono/secure-headers";

/** The headers of every answer, of station and server alike: pages load nothing from elsewhere, and no page frames ours. */
export const SECURITY_HEADERS: NonNullable<Parameters<typeof secureHeaders>[0]> = {
	contentSecurityPolicy: {
		defaultSrc: ["'self'"],
		baseUri: ["'none'"],
		formAction: ["'none'"],
		frameAncestors: ["'none'"],
		objectSrc: ["'none'"],
	},
	referrerPolicy: "no-referrer",
	// A browser that insists on TLS would not let people accept a station's own certificate; a server's proxy sets it.
	strictTransportSecurity: false,
	xFrameOptions: "DENY",
	permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
};

/** Nothing is kept by browser or proxy that does not say so itself, refusals and redirects included. */
export const keepNothing: MiddlewareHandler = async (context, next) => {
	await next();
	if (!context.res.headers.has("cache-control")) context.header("cache-control", "no-store");
};
