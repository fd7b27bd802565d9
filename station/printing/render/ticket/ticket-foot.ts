import { paperTime } from "../paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "../qr.ts";
import type { TicketSheet } from "./ticket-sheet.ts";

/** QR code and ticket code; beside them (on narrow paper above) what a missed call means, and when the ticket was issued. */
export function addFoot(sheet: TicketSheet): void {
	const qr = qrOf(sheet.content.link);
	const module = moduleDots(qr.size, sheet.sizes.qr);
	const code = { qr, module, size: qr.size * module, quiet: QUIET_MODULES * module };
	if (sheet.sizes.qrBeside) addFootInColumns(sheet, code);
	else addFootInRows(sheet, code);
}

interface PlacedQr {
	qr: ReturnType<typeof qrOf>;
	/** Dots of one module, of the whole code, and of the margin that it needs. */
	module: number;
	size: number;
	quiet: number;
}

function addFootInRows(sheet: TicketSheet, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas } = sheet;
	const { margin, inside, width } = canvas;
	addNotes(sheet, margin, inside);
	canvas.y += 4;
	addIssueTime(sheet, margin, inside, "center");
	canvas.y += quiet - 8;
	canvas.qr(qr, module, (width - size) / 2, canvas.y);
	canvas.y += size + quiet - 8;
	addCode(sheet, margin, inside);
}

function addFootInColumns(sheet: TicketSheet, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas, sizes } = sheet;
	const { margin, width } = canvas;
	const top = canvas.y;
	const codeWidth = Math.max(size, widthOfCode(sheet));
	const start = Math.max(margin + (codeWidth - size) / 2, quiet);
	canvas.y += Math.max(0, quiet - sizes.air);
	canvas.qr(qr, module, start, canvas.y);
	canvas.y += size + 5;
	const besideCode = canvas.y;
	addCode(sheet, start - (codeWidth - size) / 2, codeWidth);
	const bottom = canvas.y;
	canvas.y = top;
	const x = Math.ceil(start + size + Math.max(quiet, (codeWidth - size) / 2 + 18));
	const notesWidth = width - margin - x;
	addNotes(sheet, x, notesWidth);
	canvas.y = Math.max(canvas.y + 3, besideCode);
	addIssueTime(sheet, x, notesWidth, "start");
	canvas.y = Math.max(bottom, canvas.y);
}

function addCode(sheet: TicketSheet, x: number, width: number): void {
	sheet.canvas.text(sheet.latin("bold", sheet.sizes.note), codeText(sheet), { x, width, align: "center" });
}

/** One dot more than measured: rounding must never push the second group to another line. */
function widthOfCode(sheet: TicketSheet): number {
	return Math.ceil(sheet.canvas.measure(sheet.latin("bold", sheet.sizes.note), codeText(sheet))) + 1;
}

/** In two groups of five, which are easier to read out on the telephone. */
function codeText({ content: { code } }: TicketSheet): string {
	return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
}

function addNotes(sheet: TicketSheet, x: number, width: number): void {
	const { canvas, content, messages, sizes } = sheet;
	const { own, chinese } = messages;
	const place = { x, width };
	// Even lines: the last word of a sentence alone on its line looks like a mistake.
	canvas.text(sheet.chinese("regular", sizes.note), chinese.missed, { ...place, even: true });
	if (sheet.isBilingual) canvas.text(sheet.own("regular", sizes.note), own.missed, { ...place, even: true });
	if (/^https?:/.test(content.link)) {
		canvas.y += 3;
		sheet.addNote(chinese.follow, own.follow, "bold", place);
	}
	if (content.offline) {
		canvas.y += 3;
		sheet.addNote(chinese.offline, own.offline, "regular", place);
	}
}

function addIssueTime(sheet: TicketSheet, x: number, width: number, align: "start" | "center"): void {
	const { issuedAt, timezone } = sheet.content;
	const style = sheet.latin("regular", sheet.sizes.note);
	sheet.canvas.text(style, paperTime(issuedAt, timezone), { x, width, align });
}
