import type { PaperWidth } from "../../bitmap.ts";
import { type Resolution, USUAL_RESOLUTION } from "../../resolution.ts";

/** Type sizes and white space, in dots. */
export interface TicketSizes {
	margin: number;
	/** White space above and below a line across the paper. */
	air: number;
	headChinese: number;
	head: number;
	/** Sets both names of the site on one line if they fit. */
	headOnOneLine: boolean;
	number: number;
	topicChinese: number;
	topic: number;
	fact: number;
	label: number;
	item: number;
	itemChinese: number;
	note: number;
	/** The width aimed at for the QR code; its modules decide the real one. */
	qr: number;
	/** The text is beside the QR code, not above it. */
	qrBeside: boolean;
}

/**
 * From roomy to dense, for the usual 203 dpi. A ticket takes the first sizes that make it short enough (85 mm): paper moves
 * at 150 mm a second, so every 10 mm are 70 ms of waiting. Nothing is left out, and type is never
 * smaller than 18 dots (2.3 mm).
 */
const WIDE: readonly TicketSizes[] = [
	{
		margin: 16,
		air: 10,
		headChinese: 25,
		head: 21,
		headOnOneLine: false,
		number: 190,
		topicChinese: 29,
		topic: 31,
		fact: 50,
		label: 20,
		item: 22,
		itemChinese: 20,
		note: 20,
		qr: 148,
		qrBeside: true,
	},
	{
		margin: 16,
		air: 8,
		headChinese: 24,
		head: 20,
		headOnOneLine: true,
		number: 168,
		topicChinese: 26,
		topic: 28,
		fact: 44,
		label: 19,
		item: 20,
		itemChinese: 19,
		note: 19,
		qr: 140,
		qrBeside: true,
	},
	{
		margin: 16,
		air: 6,
		headChinese: 22,
		head: 19,
		headOnOneLine: true,
		number: 144,
		topicChinese: 24,
		topic: 26,
		fact: 38,
		label: 18,
		item: 19,
		itemChinese: 18,
		note: 18,
		qr: 124,
		qrBeside: true,
	},
	// For a topic of two lines and a link for the phone: German, French, Russian. The number is still 12.5 mm high.
	{
		margin: 16,
		air: 5,
		headChinese: 22,
		head: 18,
		headOnOneLine: true,
		number: 140,
		topicChinese: 24,
		topic: 25,
		fact: 36,
		label: 18,
		item: 19,
		itemChinese: 18,
		note: 18,
		qr: 124,
		qrBeside: true,
	},
];

const NARROW: readonly TicketSizes[] = [
	{
		margin: 10,
		air: 8,
		headChinese: 22,
		head: 19,
		headOnOneLine: false,
		number: 140,
		topicChinese: 24,
		topic: 26,
		fact: 40,
		label: 18,
		item: 19,
		itemChinese: 18,
		note: 18,
		qr: 148,
		qrBeside: false,
	},
];

/** In dots: 2.3 mm at 180 dpi, and as few as Chinese can have. */
const SMALLEST_TYPE = 16;

/** Paper from here on has room for the text beside the QR code. */
const WIDE_FROM: PaperWidth = 480;

export function sizesFor(width: PaperWidth, dpi: Resolution): readonly TicketSizes[] {
	const sizes = width >= WIDE_FROM ? WIDE : NARROW;
	return dpi === USUAL_RESOLUTION ? sizes : sizes.map((one) => atResolution(one, dpi));
}

/** As large on the paper. */
function atResolution(sizes: TicketSizes, dpi: Resolution): TicketSizes {
	const space = (dots: number) => Math.round((dots * dpi) / USUAL_RESOLUTION);
	const type = (dots: number) => Math.max(SMALLEST_TYPE, space(dots));
	return {
		margin: space(sizes.margin),
		air: space(sizes.air),
		headChinese: type(sizes.headChinese),
		head: type(sizes.head),
		headOnOneLine: sizes.headOnOneLine,
		number: type(sizes.number),
		topicChinese: type(sizes.topicChinese),
		topic: type(sizes.topic),
		fact: type(sizes.fact),
		label: type(sizes.label),
		item: type(sizes.item),
		itemChinese: type(sizes.itemChinese),
		note: type(sizes.note),
		qr: space(sizes.qr),
		qrBeside: sizes.qrBeside,
	};
}

export const ORDINARY_HEIGHT_MM = 85;
