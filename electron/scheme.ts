import type { CustomScheme } from "electron";
import type { HttpApp } from "../station/http/http-app.ts";

/** The app's own scheme. Registered before the app is ready, it behaves as https does. */
export const STATION_SCHEME: CustomScheme = {
	scheme: "paihao",
	privileges: {
		standard: true,
		secure: true,
		supportFetchAPI: true,
		stream: true,
		corsEnabled: true,
		// Without it the page's program is compiled at every load.
		codeCache: true,
	},
};

const KIOSK_PAGE = "paihao://station/kiosk";

/** The kiosk's key travels in the fragment: it reaches the page, and no log or request line. */
export function kioskAddress(kioskKey: string): string {
	return `${KIOSK_PAGE}#key=${kioskKey}`;
}

export const BOARD_PAGE = "paihao://station/board";

/** The pages that the shell's windows show; none of them goes anywhere else. */
export function isShownPage(url: string): boolean {
	const page = url.split("#", 1)[0];
	return page === KIOSK_PAGE || page === BOARD_PAGE;
}

/** Whatever else a page might ask for does not leave the window. */
export function isOwnAddress(url: string): boolean {
	return /^(paihao:\/\/station\/|blob:paihao:\/\/station\/|data:)/.test(url);
}

/** Hands the window's requests to the station, as coming from the shell itself. */
export function answerThrough(httpApp: HttpApp): (request: Request) => Promise<Response> {
	return async (request) => {
		if (new URL(request.url).host !== "station") return new Response(null, { status: 404 });
		return httpApp(request, { kind: "shell" });
	};
}
