import { paperTime } from "../paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "../qr.ts";
import type { TicketPage } from "./ticket-page.ts";

const DASH_DOTS = 8;

/** QR code and ticket code; beside them (on narrow paper above) what a missed call means, and when the ticket was issued. */
export function addFoot(page: TicketPage): void {
	const qr = qrOf(page.content.link);
	const module = moduleDots(qr.size, page.sizes.qr);
	const code = { qr, module, size: qr.size * module, quiet: QUIET_MODULES * module };
	if (page.sizes.qrBeside) addFootInColumns(page, code);
	else addFootInRows(page, code);
}

/** A dashed line, and below it the request to tear the paper off there. */
export function addTearOff(page: TicketPage): void {
	const { canvas, messages, sizes } = page;
	canvas.y = Math.round(canvas.y + sizes.air);
	for (let x = canvas.margin; x < canvas.margin + canvas.inside; x += 2 * DASH_DOTS) {
		canvas.bar(x, canvas.y, Math.min(DASH_DOTS, canvas.margin + canvas.inside - x), 2);
	}
	canvas.y += 2 + sizes.air / 2;
	const place = { x: canvas.margin, width: canvas.inside, align: "center" } as const;
	page.addNote(messages.chinese.tearOff, messages.own.tearOff, "bold", place);
}

interface PlacedQr {
	qr: ReturnType<typeof qrOf>;
	/** Dots of one module, of the whole code, and of the margin that it needs. */
	module: number;
	size: number;
	quiet: number;
}

function addFootInRows(page: TicketPage, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas } = page;
	const { margin, inside, width } = canvas;
	addNotes(page, margin, inside);
	canvas.y += 4;
	addIssueTime(page, margin, inside, "center");
	canvas.y += quiet - 8;
	canvas.qr(qr, module, (width - size) / 2, canvas.y);
	canvas.y += size + quiet - 8;
	addCode(page, margin, inside);
}

function addFootInColumns(page: TicketPage, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas, sizes } = page;
	const { margin, width } = canvas;
	const top = canvas.y;
	const codeWidth = Math.max(size, widthOfCode(page));
	const start = Math.max(margin + (codeWidth - size) / 2, quiet);
	canvas.y += Math.max(0, quiet - sizes.air);
	canvas.qr(qr, module, start, canvas.y);
	canvas.y += size + 5;
	const besideCode = canvas.y;
	addCode(page, start - (codeWidth - size) / 2, codeWidth);
	const bottom = canvas.y;
	canvas.y = top;
	const x = Math.ceil(start + size + Math.max(quiet, (codeWidth - size) / 2 + 18));
	const notesWidth = width - margin - x;
	addNotes(page, x, notesWidth);
	canvas.y = Math.max(canvas.y + 3, besideCode);
	addIssueTime(page, x, notesWidth, "start");
	canvas.y = Math.max(bottom, canvas.y);
}

function addCode(page: TicketPage, x: number, width: number): void {
	page.canvas.text(page.latin("bold", page.sizes.note), codeText(page), { x, width, align: "center" });
}

/** One dot more than measured: rounding must never push the second group to another line. */
function widthOfCode(page: TicketPage): number {
	return Math.ceil(page.canvas.measure(page.latin("bold", page.sizes.note), codeText(page))) + 1;
}

/** In two groups of five, which are easier to read out on the telephone. */
function codeText({ content: { code } }: TicketPage): string {
	return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
}

function addNotes(page: TicketPage, x: number, width: number): void {
	const { canvas, content, messages, sizes } = page;
	const { own, chinese } = messages;
	const place = { x, width };
	// Even lines: the last word of a sentence alone on its line looks like a mistake.
	canvas.text(page.chinese("regular", sizes.note), chinese.missed, { ...place, even: true });
	if (page.isBilingual) canvas.text(page.own("regular", sizes.note), own.missed, { ...place, even: true });
	if (/^https?:/.test(content.link)) {
		canvas.y += 3;
		page.addNote(chinese.follow, own.follow, "bold", place);
	}
	if (content.offline) {
		canvas.y += 3;
		page.addNote(chinese.offline, own.offline, "regular", place);
	}
}

function addIssueTime(page: TicketPage, x: number, width: number, align: "start" | "center"): void {
	const { issuedAt, timezone } = page.content;
	const style = page.latin("regular", page.sizes.note);
	page.canvas.text(style, paperTime(issuedAt, timezone), { x, width, align });
}
