import { directionOf } from "../../../protocol/model/language.ts";
import type { PaperWidth } from "../bitmap.ts";
import type { ChecklistSlip } from "./checklist-slip.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import { type Pen, TextCanvas } from "./text-canvas.ts";
import type { PaperLayout } from "./ticket/lay-out-ticket.ts";

/** Sizes in dots, eight to the millimetre. Type is smaller on narrow paper. */
const sizesOf = (widthDots: PaperWidth) => {
	const size = (dots: number) => Math.max(18, Math.round((dots * widthDots) / 576));
	return { margin: 16, air: 10, small: size(22), text: size(26), title: size(36), box: size(24), qr: size(150) };
};

/** Lays a checklist out: topic and documents in the visitor's language with the Chinese below each, then the facts. */
export function layOutChecklist(slip: ChecklistSlip, pen: Pen, width: PaperWidth): PaperLayout {
	const sizes = sizesOf(width);
	const { margin, air, small, text, title } = sizes;
	const canvas = new TextCanvas(pen, width, margin, directionOf(slip.language));
	const chinese = (size: number, weight: "bold" | "regular" = "regular") => pen.style("zh-Hans", weight, size);
	const own = (size: number, weight: "bold" | "regular" = "regular") => pen.style(slip.language, weight, size);
	const both = slip.language !== "zh-Hans";
	const centred = { align: "center", even: true } as const;

	canvas.y = 8;
	canvas.text(chinese(small), slip.site.nameChinese, centred);
	canvas.rule(3, air);
	for (const topic of slip.topics) {
		canvas.text(own(title, "bold"), topic.name, centred);
		if (both) canvas.text(chinese(text), topic.nameChinese, centred);
	}
	canvas.rule(2, air);
	canvas.text(own(text, "bold"), slip.bring);
	canvas.y += air / 2;
	for (const document of slip.documents) layOutDocument(canvas, document);
	for (const note of slip.notes) canvas.text(own(small), note);
	for (const topic of slip.topics) {
		canvas.rule(1, air);
		if (slip.topics.length > 1) canvas.text(own(text, "bold"), topic.name);
		for (const { label, lines } of topic.facts) {
			canvas.text(own(small, "bold"), label);
			for (const line of lines) canvas.text(own(small), line);
		}
		for (const warning of topic.warnings) canvas.text(own(small, "bold"), warning);
	}
	canvas.rule(2, air);
	canvas.text(own(small), slip.advice);
	canvas.text(own(small, "bold"), slip.notTicket, centred);
	if (slip.page) layOutCode(canvas, slip.page);
	canvas.text(own(small), `${slip.checked} · ${paperTime(slip.printedAt, slip.timezone)}`, centred);
	return { height: Math.ceil(canvas.y + 6), shapes: canvas.shapes, missing: [...canvas.missing] };

	function layOutDocument(onto: TextCanvas, document: ChecklistSlip["documents"][number]): void {
		const { box } = sizes;
		const x = margin + box + 14;
		const beside = { x, width: onto.inside - box - 14 };
		onto.frame(margin, onto.y + 4, box);
		onto.text(own(text, "bold"), document.name, beside);
		if (both) onto.text(chinese(small), document.nameChinese, beside);
		if (document.detail !== "") onto.text(own(small), document.detail, beside);
		onto.y += air;
	}

	function layOutCode(onto: TextCanvas, { label, url }: NonNullable<ChecklistSlip["page"]>): void {
		const qr = qrOf(url);
		const module = moduleDots(qr.size, sizes.qr);
		const quiet = QUIET_MODULES * module;
		onto.y += quiet;
		onto.qr(qr, module, (width - qr.size * module) / 2, onto.y);
		onto.y += qr.size * module + quiet;
		onto.text(own(small), label, centred);
	}
}
