import { parse, serialize } from "hono/utils/cookie";

/** No page's script can read it, no other site's page can send it. */
const NAME = "paihao-device";
/** Browsers keep a cookie 400 days at most; each visit of a screen starts them again. In seconds. */
const LIVES = 400 * 24 * 60 * 60;

export function deviceCredentialOf(headers: Headers): string | undefined {
	return parse(headers.get("cookie") ?? "", NAME)[NAME];
}

/** The header that gives a device its credential. `address` is the request's: where that is plain HTTP, the cookie must be, too. */
export function deviceCookie(credential: string, address: string): string {
	return serialize(NAME, credential, {
		httpOnly: true,
		sameSite: "Strict",
		secure: address.startsWith("https:"),
		path: "/",
		maxAge: LIVES,
	});
}
