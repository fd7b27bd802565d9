/* What Excel and the programs that export to it leave in a cell in the place of what stood there. */

const MONTHS = [
	"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
	"mrz|mär|mai|okt|dez",
	"janv|févr|mars|avr|juin|juil|août|sept|déc",
	"ene|abr|ago|dic",
	"gen|mag|giu|lug|set|ott",
	"fev|out",
	"янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек",
].join("|");
/** What becomes of codes such as MAR12, 12-3 and 12-3-26. */
const DATES = [
	/^\d{4}-\d{2}-\d{2}$/,
	new RegExp(String.raw`^\d{1,2}[-.](?:${MONTHS})\.?(?:[-.]\d{2}(?:\d{2})?)?$`, "iu"),
	new RegExp(String.raw`^(?:${MONTHS})\.?[-.]\d{2}$`, "iu"),
	/^\d{1,2}月\d{1,2}日$/,
	/^\d{4}年\d{1,2}月$/,
];

/** A date that Excel made of a code. */
export const isMadeDate = (text: string): boolean => DATES.some((form) => form.test(text));

const LOST = [
	/^#(?:#+|REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/i,
	/^(?:n\/a|null|none|nil|nan|undefined|total|subtotal|sum|合计|总计|小计)$/i,
	/^=/,
	/^\d(?:[.,]\d+)?e\+\d+$/i,
	// Excel holds fifteen digits and writes zeros for the others.
	/^\d{15}0+$/,
];

/** A cell whose content is lost: an error, a formula, a number without its last digits, a word for nothing. */
export const isLost = (text: string): boolean => LOST.some((form) => form.test(text));

/** `="0012"` keeps Excel from taking 0012 for a number. */
export const withoutTextMark = (text: string): string => /^="([^"]*)"$/.exec(text)?.[1] ?? text;
