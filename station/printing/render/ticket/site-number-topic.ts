import { paperClock } from "../paper-time.ts";
import type { TicketDraft } from "./ticket-draft.ts";

/** The site's name, in both languages on one line where the sizes ask for it and it fits. */
export function addSiteName(draft: TicketDraft): void {
	const { canvas, sizes, isBilingual } = draft;
	const { site } = draft.content;
	const chinese = draft.chinese("bold", sizes.headChinese);
	const own = draft.own("regular", sizes.head);
	if (isBilingual && sizes.headOnOneLine) {
		const nameChinese = canvas.clean(chinese, site.nameChinese);
		const name = canvas.clean(own, site.name);
		if (canvas.measure(chinese, nameChinese) + canvas.measure(own, name) + 24 <= canvas.inside) {
			const baseline = canvas.y + Math.max(chinese.ascent, own.ascent);
			canvas.line(chinese, nameChinese, baseline, { align: "start" });
			canvas.line(own, name, baseline, { align: "end" });
			canvas.y += Math.max(chinese.lineHeight, own.lineHeight);
			return;
		}
	}
	canvas.text(chinese, site.nameChinese, { align: "center", even: true });
	if (isBilingual) canvas.text(own, site.name, { align: "center", even: true });
}

/** White on black, so that a second paper is not taken for a second number. */
export function addReprintMark(draft: TicketDraft): void {
	const { canvas, sizes, messages, isBilingual } = draft;
	const chinese = draft.chinese("bold", sizes.topicChinese);
	const own = draft.own("bold", sizes.topicChinese);
	const height = Math.ceil(Math.max(chinese.lineHeight, isBilingual ? own.lineHeight : 0)) + 4;
	canvas.bar(canvas.margin, canvas.y, canvas.inside, height);
	const baseline = canvas.y + 2 + Math.max(chinese.ascent, own.ascent);
	const inset = { x: canvas.margin + 12, width: canvas.inside - 24, ink: "white" } as const;
	const markChinese = canvas.clean(chinese, messages.chinese.reprint);
	if (isBilingual) {
		canvas.line(chinese, markChinese, baseline, { ...inset, align: "start" });
		canvas.line(own, canvas.clean(own, messages.own.reprint), baseline, { ...inset, align: "end" });
	} else {
		canvas.line(chinese, markChinese, baseline, { ...inset, align: "center" });
	}
	canvas.y += height + sizes.air;
}

/** As big as the paper allows. Its ink is measured, because a J goes below the base line. */
export function addNumber(draft: TicketDraft): void {
	const { canvas, sizes } = draft;
	const { number } = draft.content;
	let style = draft.latin("bold", sizes.number);
	const width = canvas.measure(style, number);
	if (width > canvas.inside) style = draft.latin("bold", Math.floor((sizes.number * canvas.inside) / width));
	const ink = canvas.pen.ink(style, number);
	canvas.y += sizes.air * 0.6;
	canvas.line(style, number, canvas.y + ink.above, { align: "center" });
	canvas.y += ink.above + ink.below + sizes.air * 1.4;
}

/** The topic, the booked time of an appointment, and how many people the ticket is for if there are several. */
export function addTopic(draft: TicketDraft): void {
	const { canvas, sizes, messages } = draft;
	const { topic, bookedAt, timezone, partySize } = draft.content;
	canvas.text(draft.chinese("bold", sizes.topicChinese), topic.nameChinese, { align: "center", even: true });
	if (draft.isBilingual) canvas.text(draft.own("bold", sizes.topic), topic.name, { align: "center", even: true });
	const place = { x: canvas.margin, width: canvas.inside, align: "center" } as const;
	if (bookedAt !== null) {
		const time = paperClock(bookedAt, timezone);
		draft.addNote(messages.chinese.appointment(time), messages.own.appointment(time), "bold", place);
	}
	if (partySize > 1) draft.addNote(messages.chinese.party(partySize), messages.own.party(partySize), "bold", place);
}
