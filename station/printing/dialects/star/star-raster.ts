import { type Bitmap, bytesPerRow } from "../../bitmap.ts";
import type { Dialect, PaperFormat } from "../dialect.ts";
import { escapeStarRealTime } from "./escape-real-time.ts";
import { ASB_ON, INIT, NO_BYTES, star } from "./star.ts";

/*
 * Star's graphic mode, for the TSP100 family, which has no other: from the command specification (Star Graphic Mode,
 * Rev. 2.32) and from what Star's own CUPS driver sends, as other public programs cite them. Not tested on a printer.
 *
 * Settings and the way of the cut are ignored while rows are in the printer's memory: they come first.
 * Whether these printers answer the counter of finished prints is not documented, so it is found out, as everything is.
 */

const raster = (text: string) => Buffer.from(`\x1b*r${text}`, "latin1");
/** ESC * r R, ESC * r A: from the defaults into raster mode. It forgets the rows of a torn ticket. */
const ENTER = Buffer.concat([raster("R"), raster("A")]);
/** ESC * r B: out of raster mode. */
const LEAVE = raster("B");
/** ESC * r P 0 NUL: a page as long as it gets. ESC * r E 1 NUL: the end of a job cuts nothing. */
const PAGE = Buffer.concat([raster("P0\0"), raster("E1\0")]);
/** ESC * r F n NUL: what a form feed does. 13: feeds to the cutter and cuts; 1: prints. */
const formFeedDoes = (hasCutter: boolean) => raster(`F${hasCutter ? 13 : 1}\0`);
/** ESC FF NUL: prints the rows. */
const FORM_FEED = Uint8Array.of(0x1b, 0x0c, 0x00);
/** b n1 n2 and so many bytes: one row. */
const ROW = 0x62;
const WHITE_ROW = Uint8Array.of(ROW, 1, 0, 0);
/** The rest of a torn row: its last header byte and 640 dots. NULs between commands do nothing, and end a torn setting. */
const PADDING_BYTES = 1 + 80;

export const starRaster: Dialect = {
	...star,
	// What is left of a torn ticket is printed or forgotten here; the next one is cut off from it.
	fillUp: () => Buffer.concat([new Uint8Array(PADDING_BYTES), LEAVE]),
	encodeTicket,
};

function encodeTicket(
	bitmap: Bitmap,
	{ hasCutter, feedDots }: PaperFormat,
	cutFirst: boolean,
	start = NO_BYTES,
): Uint8Array {
	const cut = [...feed(feedDots), FORM_FEED];
	const settings = [ENTER, PAGE, formFeedDoes(hasCutter)];
	const bytes = Buffer.concat([
		Uint8Array.from([...INIT, ...ASB_ON, ...start]),
		...settings,
		...(cutFirst ? [WHITE_ROW, ...cut] : []),
		...rowsOf(bitmap),
		...cut,
		LEAVE,
	]);
	escapeStarRealTime(bytes);
	return bytes;
}

/** ESC * r Y n NUL. */
const feed = (dots: number) => (dots > 0 ? [raster(`Y${dots}\0`)] : []);

/** Each row without the white at its end. */
function rowsOf({ width, height, rows }: Bitmap): Uint8Array[] {
	const stride = bytesPerRow(width);
	return Array.from({ length: height }, (_, row) => {
		const dots = rows.subarray(row * stride, (row + 1) * stride);
		const length = dots.findLastIndex((byte) => byte !== 0) + 1;
		return length === 0 ? WHITE_ROW : Buffer.concat([Uint8Array.of(ROW, length, 0), dots.subarray(0, length)]);
	});
}
