import { directionOf } from "../../../protocol/model/language.ts";
import type { PaperWidth } from "./bitmap.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import { type Pen, TextCanvas } from "./text-canvas.ts";
import type { TicketLayout } from "./ticket-layout.ts";

/** What a driver is shown, large: in the driver's language, whatever the visitor reads. */
const TO_THE_DRIVER = "师傅您好，请带我去";

/** Sizes in dots, eight to the millimetre; narrow paper takes less. */
const sizesOf = (width: PaperWidth) => {
	const part = width / 576;
	const size = (dots: number) => Math.max(18, Math.round(dots * part));
	return {
		margin: 16,
		air: 12,
		head: size(24),
		ask: size(40),
		site: size(54),
		address: size(38),
		text: size(26),
		qr: size(170),
	};
};

/** Lays a slip out: Chinese first and large, for whoever drives; then the same in the visitor's language; then the map's code. */
export function layOutDirections(paper: DirectionsContent, pen: Pen, width: PaperWidth): TicketLayout {
	const { margin, air, head, ask, site, address, text, qr: wanted } = sizesOf(width);
	const textCanvas = new TextCanvas(pen, width, margin, directionOf(paper.language));
	const chinese = (size: number, weight: "bold" | "regular" = "regular") => pen.voice("zh-Hans", weight, size);
	const own = (size: number, weight: "bold" | "regular" = "regular") => pen.voice(paper.language, weight, size);
	const both = paper.language !== "zh-Hans";
	const centred = { align: "center", even: true } as const;

	textCanvas.y = 8;
	textCanvas.text(chinese(head), paper.from.nameChinese, centred);
	textCanvas.rule(3, air);
	textCanvas.text(chinese(ask), TO_THE_DRIVER, centred);
	textCanvas.y += air / 2;
	textCanvas.text(chinese(site, "bold"), paper.site.nameChinese, centred);
	textCanvas.y += air / 2;
	textCanvas.text(chinese(address), paper.address.nameChinese, centred);
	textCanvas.rule(2, air);
	if (both) {
		textCanvas.text(own(text, "bold"), paper.site.name, centred);
		textCanvas.text(own(text), paper.address.name, centred);
	}
	textCanvas.text(own(text), paper.topic.name, centred);
	if (paper.hours !== "") textCanvas.text(own(text, "bold"), paper.hours, centred);

	const qr = qrOf(paper.map);
	const module = moduleDots(qr.size, wanted);
	const quiet = QUIET_MODULES * module;
	textCanvas.y += quiet;
	textCanvas.qr(qr, module, (width - qr.size * module) / 2, textCanvas.y);
	textCanvas.y += qr.size * module + quiet;
	const time = paperTime(paper.printedAt, paper.timezone);
	textCanvas.text(chinese(head), time, { align: "center" });
	return { height: Math.ceil(textCanvas.y + 6), marks: textCanvas.marks, missing: [...textCanvas.missing] };
}
