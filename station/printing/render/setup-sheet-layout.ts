import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { SHEET_WIDTHS } from "../../../protocol/model/sheet-widths.ts";
import { dotsIn, type Resolution } from "../resolution.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import type { SetupSheetContent } from "./setup-sheet-content.ts";
import { type Pen, TextCanvas } from "./text-canvas.ts";
import type { PaperLayout } from "./ticket/lay-out-ticket.ts";

/* A sheet for staff, so in Chinese and English. Its three questions are those of the set-up screen. */

const MARGIN = 12;
const SMALL = 18;
const TEXT = 22;
/** The black block at the end of a width, and the row that it has. */
const BLOCK = { width: 24, height: 16 } as const;
const ROW = 24;
const WEDGE_HEIGHT = 48;
const SHADES = [12, 25, 50, 75, 100] as const;
const QR_DOTS = 150;
/** Paper from here on has room for the words beside the code. */
const BESIDE_FROM = 480;

/** A word of each script and accent that a ticket may have. */
const SAMPLES: Readonly<Record<Language, string>> = {
	"zh-Hans": "取号 护照",
	en: "Ticket",
	ja: "受付番号",
	ko: "대기 번호",
	fr: "Numéro çà",
	de: "Größe",
	it: "Perché",
	es: "Señal ¿?",
	ru: "Талон",
	ar: "رقم الانتظار",
	pt: "Senha ão",
	th: "บัตรคิว",
};

export function layOutSetupSheet(content: SetupSheetContent, pen: Pen): PaperLayout {
	const { widthDots } = content;
	const canvas = new TextCanvas(pen, widthDots, MARGIN, "ltr");
	const chinese = (size: number, weight: "bold" | "regular" = "regular") => pen.style("zh-Hans", weight, size);
	const ask = (number: number, inChinese: string, inEnglish: string) => {
		canvas.y += 8;
		canvas.text(chinese(TEXT, "bold"), `${number}. ${inChinese}`);
		canvas.text(pen.style("en", "regular", SMALL), inEnglish);
		canvas.y += 6;
	};

	canvas.y = 6;
	canvas.text(chinese(28, "bold"), "打印机设置页 · 不是号票", { align: "center" });
	canvas.text(pen.style("en", "bold", TEXT), "Printer set-up sheet. Not a ticket.", { align: "center" });
	const facts = [
		content.profile,
		content.dialect,
		`${widthDots} dots`,
		`${content.dpi} dpi`,
		paperTime(content.printedAt, content.timezone),
	];
	canvas.text(chinese(SMALL), facts.filter(Boolean).join(" · "), { align: "center", even: true });

	ask(1, "右边黑块完整的最大数字是几？", "Right edge: which is the largest number whose black block is whole?");
	addRulers(canvas, pen, content.dpi);

	ask(
		2,
		"图形完整吗？二维码能扫吗？",
		"Is the picture whole, without gaps, stripes or stray letters? Can a phone read the code?",
	);
	addWedge(canvas, pen);
	addCodeAndScripts(canvas, pen, content);

	ask(
		3,
		content.hasCutter ? "纸在这几行下面切断了吗？" : "没有切纸器：撕纸处在这几行下面吗？",
		content.hasCutter
			? "Was the paper cut off below these lines, and through none of them?"
			: "No cutter: is the tear bar below these lines?",
	);
	canvas.rule(3, 6);
	return { height: Math.ceil(canvas.y + 4), shapes: canvas.shapes, missing: [...canvas.missing] };
}

/** At the left a line in the very first dots; at the right a block that ends with the last dot of each width. */
function addRulers(canvas: TextCanvas, pen: Pen, dpi: Resolution): void {
	const widths = SHEET_WIDTHS.filter((width) => width <= canvas.width);
	const style = pen.style("en", "bold", SMALL);
	const top = canvas.y;
	for (const width of widths.includes(canvas.width as never) ? widths : [...widths, canvas.width]) {
		canvas.bar(width - BLOCK.width, canvas.y, BLOCK.width, BLOCK.height);
		canvas.line(style, String(width), canvas.y + BLOCK.height - 1, {
			x: width - BLOCK.width - 60,
			width: 52,
			align: "end",
		});
		canvas.y += ROW;
	}
	canvas.bar(0, top, 4, canvas.y - top);
	canvas.bar(0, canvas.y - 4, canvas.width, 4);
	canvas.line(style, "0", top + BLOCK.height, { x: 12, width: 40 });
	// Every centimetre.
	for (let cm = 0; dotsIn(cm * 10, dpi) < canvas.width; cm++) canvas.bar(dotsIn(cm * 10, dpi), canvas.y - 14, 2, 10);
}

/** From light to black: stripes or missing dots show here first. */
function addWedge(canvas: TextCanvas, pen: Pen): void {
	const width = Math.floor(canvas.inside / SHADES.length);
	const style = pen.style("en", "regular", SMALL);
	for (const [index, percent] of SHADES.entries()) {
		const x = canvas.margin + index * width;
		canvas.shade(x, canvas.y, width - 4, WEDGE_HEIGHT, percent);
		canvas.line(style, `${percent}%`, canvas.y + WEDGE_HEIGHT + SMALL, { x, width, align: "center" });
	}
	canvas.y += WEDGE_HEIGHT + SMALL + 14;
}

/** The code at the left, a word of every language beside it; below it on narrow paper. */
function addCodeAndScripts(canvas: TextCanvas, pen: Pen, { widthDots }: SetupSheetContent): void {
	const qr = qrOf(`PAIHAO SETUP ${widthDots}`);
	const module = moduleDots(qr.size, QR_DOTS);
	const size = qr.size * module;
	const quiet = QUIET_MODULES * module;
	const isBeside = widthDots >= BESIDE_FROM;
	canvas.qr(qr, module, isBeside ? quiet : (widthDots - size) / 2, canvas.y + quiet);
	const below = canvas.y + size + 2 * quiet;
	const top = isBeside ? canvas.y : below;
	const x = isBeside ? size + 2 * quiet : canvas.margin;
	const room = canvas.width - canvas.margin - x;
	const columns = 2;
	for (const [index, language] of LANGUAGES.entries()) {
		const style = pen.style(language, "regular", TEXT);
		const place = { x: x + (index % columns) * (room / columns), width: room / columns };
		const row = Math.floor(index / columns);
		const baseline = top + 12 + row * 34 + style.ascent;
		// The words stand in columns from the left, also those that are read from the right.
		canvas.line(style, canvas.clean(style, SAMPLES[language]), baseline, { ...place, align: "start" });
	}
	canvas.y = Math.max(below, top + 12 + Math.ceil(LANGUAGES.length / columns) * 34);
}
