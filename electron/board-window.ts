import type { BrowserWindowConstructorOptions, Display, Screen } from "electron";
import { kioskWindowOptions } from "./kiosk-window.ts";

/** The ground that the board's page lays on it: --night of renderer/ui/tokens.css. */
const NIGHT = "#08211b";

/** The board's window: all of one display. It never takes the keyboard from the kiosk. */
export function boardWindowOptions(display: Pick<Display, "bounds">): BrowserWindowConstructorOptions {
	const { webPreferences, ...whole } = kioskWindowOptions("", display);
	const { preload: _, ...page } = webPreferences ?? {};
	// A page that is loaded again must not light up the hall.
	return { ...whole, backgroundColor: NIGHT, focusable: false, skipTaskbar: true, webPreferences: page };
}

/** Where the board is shown: the first display that is not the kiosk's; undefined where the machine has one alone. */
function displayForBoard<Shown extends Pick<Display, "id">>(
	displays: readonly Shown[],
	kiosk: Pick<Display, "id">,
): Shown | undefined {
	return displays.find(({ id }) => id !== kiosk.id);
}

interface BoardShowing {
	screen: Pick<Screen, "getAllDisplays" | "getPrimaryDisplay" | "on" | "off">;
	/** Opens the board there, and returns a function that closes it. */
	open(display: Display): () => void;
}

/** Shows the board on the second display, and follows when one is plugged in, taken away or changed. Returns a function that stops it. */
export function keepBoardShown({ screen, open }: BoardShowing): () => void {
	let shown: { place: string; close: () => void } | undefined;
	const placeOf = ({ id, bounds }: Display) => JSON.stringify([id, bounds]);
	const update = () => {
		const display = displayForBoard(screen.getAllDisplays(), screen.getPrimaryDisplay());
		const place = display && placeOf(display);
		if (shown?.place === place) return;
		shown?.close();
		shown = display && { place: placeOf(display), close: open(display) };
	};
	screen.on("display-added", update);
	screen.on("display-removed", update);
	screen.on("display-metrics-changed", update);
	update();
	return () => {
		screen.off("display-added", update);
		screen.off("display-removed", update);
		screen.off("display-metrics-changed", update);
		shown?.close();
		shown = undefined;
	};
}
