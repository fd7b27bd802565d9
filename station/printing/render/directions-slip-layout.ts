import { directionOf } from "../../../protocol/model/language.ts";
import type { PaperWidth } from "../bitmap.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import { paperTime } from "./paper-time.ts";
import { moduleDots, QUIET_MODULES, qrOf } from "./qr.ts";
import { type Pen, TextCanvas } from "./text-canvas.ts";
import type { PaperLayout } from "./ticket/lay-out-ticket.ts";

/** Addressed to a driver, so in Chinese whatever the visitor's language. */
const TO_THE_DRIVER = "师傅您好，请带我去";

/** Sizes in dots, eight to the millimetre. Type is smaller on narrow paper. */
const sizesOf = (widthDots: PaperWidth) => {
	const scale = widthDots / 576;
	const size = (dots: number) => Math.max(18, Math.round(dots * scale));
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

/** Lays a slip out: large Chinese for the driver, then the same in the visitor's language, then the map's code. */
export function layOutDirections(content: DirectionsContent, pen: Pen, width: PaperWidth): PaperLayout {
	const { margin, air, head, ask, site, address, text, qr: wanted } = sizesOf(width);
	const canvas = new TextCanvas(pen, width, margin, directionOf(content.language));
	const chinese = (size: number, weight: "bold" | "regular" = "regular") => pen.style("zh-Hans", weight, size);
	const own = (size: number, weight: "bold" | "regular" = "regular") => pen.style(content.language, weight, size);
	const both = content.language !== "zh-Hans";
	const centred = { align: "center", even: true } as const;

	canvas.y = 8;
	canvas.text(chinese(head), content.from.nameChinese, centred);
	canvas.rule(3, air);
	canvas.text(chinese(ask), TO_THE_DRIVER, centred);
	canvas.y += air / 2;
	canvas.text(chinese(site, "bold"), content.site.nameChinese, centred);
	canvas.y += air / 2;
	canvas.text(chinese(address), content.address.nameChinese, centred);
	canvas.rule(2, air);
	if (both) {
		canvas.text(own(text, "bold"), content.site.name, centred);
		canvas.text(own(text), content.address.name, centred);
	}
	canvas.text(own(text), content.topic.name, centred);
	if (content.hours !== "") canvas.text(own(text, "bold"), content.hours, centred);

	const qr = qrOf(content.map);
	const module = moduleDots(qr.size, wanted);
	const quiet = QUIET_MODULES * module;
	canvas.y += quiet;
	canvas.qr(qr, module, (width - qr.size * module) / 2, canvas.y);
	canvas.y += qr.size * module + quiet;
	const time = paperTime(content.printedAt, content.timezone);
	canvas.text(chinese(head), time, { align: "center" });
	return { height: Math.ceil(canvas.y + 6), shapes: canvas.shapes, missing: [...canvas.missing] };
}
