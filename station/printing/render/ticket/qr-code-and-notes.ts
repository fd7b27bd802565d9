import { paperTime } from "../paper-time.ts";
import { moduleDots, type Qr, QUIET_MODULES } from "../qr.ts";
import type { TicketDraft } from "./ticket-draft.ts";

const DASH_DOTS = 8;

/** QR code and ticket code; beside them (on narrow paper above) what a missed call means, and when the ticket was issued. */
export function addQrCodeAndNotes(draft: TicketDraft): void {
	const { qr, sizes } = draft;
	const module = moduleDots(qr.size, sizes.qr);
	const code = { qr, module, size: qr.size * module, quiet: QUIET_MODULES * module };
	if (sizes.qrBeside) addInColumns(draft, code);
	else addInRows(draft, code);
}

/** A dashed line, and below it the request to tear the paper off there. */
export function addTearOff(draft: TicketDraft): void {
	const { canvas, messages, sizes } = draft;
	canvas.y = Math.round(canvas.y + sizes.air);
	for (let x = canvas.margin; x < canvas.margin + canvas.inside; x += 2 * DASH_DOTS) {
		canvas.bar(x, canvas.y, Math.min(DASH_DOTS, canvas.margin + canvas.inside - x), 2);
	}
	canvas.y += 2 + sizes.air / 2;
	const place = { x: canvas.margin, width: canvas.inside, align: "center" } as const;
	draft.addNote(messages.chinese.tearOff, messages.own.tearOff, "bold", place);
}

interface PlacedQr {
	qr: Qr;
	/** Dots of one module, of the whole code, and of the margin that it needs. */
	module: number;
	size: number;
	quiet: number;
}

function addInRows(draft: TicketDraft, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas } = draft;
	const { margin, inside, width } = canvas;
	addNotes(draft, margin, inside);
	canvas.y += 4;
	addIssueTime(draft, margin, inside, "center");
	canvas.y += quiet - 8;
	canvas.qr(qr, module, (width - size) / 2, canvas.y);
	canvas.y += size + quiet - 8;
	addCode(draft, margin, inside);
}

function addInColumns(draft: TicketDraft, { qr, module, size, quiet }: PlacedQr): void {
	const { canvas, sizes } = draft;
	const { margin, width } = canvas;
	const top = canvas.y;
	const codeWidth = Math.max(size, widthOfCode(draft));
	const start = Math.max(margin + (codeWidth - size) / 2, quiet);
	canvas.y += Math.max(0, quiet - sizes.air);
	canvas.qr(qr, module, start, canvas.y);
	canvas.y += size + 5;
	const besideCode = canvas.y;
	addCode(draft, start - (codeWidth - size) / 2, codeWidth);
	const bottom = canvas.y;
	canvas.y = top;
	const x = Math.ceil(start + size + Math.max(quiet, (codeWidth - size) / 2 + 18));
	const notesWidth = width - margin - x;
	addNotes(draft, x, notesWidth);
	canvas.y = Math.max(canvas.y + 3, besideCode);
	addIssueTime(draft, x, notesWidth, "start");
	canvas.y = Math.max(bottom, canvas.y);
}

function addCode(draft: TicketDraft, x: number, width: number): void {
	draft.canvas.text(draft.latin("bold", draft.sizes.note), codeText(draft), { x, width, align: "center" });
}

/** One dot more than measured: rounding must never push the second group to another line. */
function widthOfCode(draft: TicketDraft): number {
	return Math.ceil(draft.canvas.measure(draft.latin("bold", draft.sizes.note), codeText(draft))) + 1;
}

/** In two groups of five, which are easier to read out on the telephone. */
function codeText({ content: { code } }: TicketDraft): string {
	return `${code.slice(0, 5)}\u00a0${code.slice(5)}`;
}

function addNotes(draft: TicketDraft, x: number, width: number): void {
	const { canvas, content, messages, sizes } = draft;
	const { own, chinese } = messages;
	const place = { x, width };
	// Even lines: the last word of a sentence alone on its line looks like a mistake.
	canvas.text(draft.chinese("regular", sizes.note), chinese.missed, { ...place, even: true });
	if (draft.isBilingual) canvas.text(draft.own("regular", sizes.note), own.missed, { ...place, even: true });
	if (/^https?:/.test(content.link)) {
		canvas.y += 3;
		draft.addNote(chinese.follow, own.follow, "bold", place);
	}
	if (content.offline) {
		canvas.y += 3;
		draft.addNote(chinese.offline, own.offline, "regular", place);
	}
}

function addIssueTime(draft: TicketDraft, x: number, width: number, align: "start" | "center"): void {
	const { issuedAt, timezone } = draft.content;
	const style = draft.latin("regular", draft.sizes.note);
	draft.canvas.text(style, paperTime(issuedAt, timezone), { x, width, align });
}
