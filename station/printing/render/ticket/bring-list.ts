import type { TicketDraft } from "./ticket-draft.ts";

const COLUMN_GAP = 20;
const BOX_GAP = 9;
const NAME_GAP = 9;

/** A list to tick off: each thing in the visitor's language with its Chinese, short ones two in a row. */
export function addBringList(draft: TicketDraft): void {
	const { canvas, content, messages } = draft;
	addHeading(draft, messages.chinese.bring, messages.own.bring);
	const half = (canvas.inside - COLUMN_GAP) / 2;
	const items = content.bring.map((text, index) => itemOf(draft, text, content.bringChinese[index]));
	for (let index = 0; index < items.length; index++) {
		const item = items[index];
		const next = items[index + 1];
		const top = canvas.y;
		item?.add(canvas.margin, canvas.inside);
		if (item && next && item.width + COLUMN_GAP + next.width <= canvas.inside) {
			const bottom = canvas.y;
			canvas.y = top;
			// In a column if both halves allow it, else as near to it as the wider one leaves.
			const start = Math.min(Math.max(half, item.width) + COLUMN_GAP, canvas.inside - next.width);
			next.add(canvas.margin + start, canvas.inside - start);
			canvas.y = Math.max(bottom, canvas.y);
			index++;
		}
	}
	canvas.y += 3;
	const place = { x: canvas.margin, width: canvas.inside };
	draft.addNote(messages.chinese.advice, messages.own.advice, "regular", place);
}

function addHeading(draft: TicketDraft, inChinese: string, inLanguage: string): void {
	const { canvas, sizes, isBilingual } = draft;
	const chinese = draft.chinese("bold", sizes.item);
	const own = draft.own("bold", sizes.item);
	const first = canvas.clean(chinese, inChinese);
	const baseline = canvas.y + Math.max(chinese.ascent, own.ascent);
	canvas.line(chinese, first, baseline);
	if (isBilingual) {
		const x = canvas.margin + canvas.measure(chinese, first) + 12;
		canvas.line(own, canvas.clean(own, inLanguage), baseline, { x });
	}
	canvas.y += Math.max(chinese.lineHeight, isBilingual ? own.lineHeight : 0);
}

/** One thing to bring: how wide it is on one line, and how to add it at a place. */
function itemOf(draft: TicketDraft, text: string, textChinese: string | undefined) {
	const { canvas, sizes } = draft;
	const box = Math.round(sizes.item * 0.72);
	const indent = box + BOX_GAP;
	const own = draft.own("regular", sizes.item);
	const chinese = draft.chinese("regular", sizes.itemChinese);
	const name = canvas.clean(own, text).replaceAll("\u00ad", "");
	const nameChinese = draft.isBilingual && textChinese ? canvas.clean(chinese, textChinese) : "";
	const nameWidth = canvas.measure(own, name);
	const chineseWidth = nameChinese === "" ? 0 : canvas.measure(chinese, nameChinese) + NAME_GAP;
	const onOneLine = indent + nameWidth + chineseWidth;
	return {
		width: onOneLine,
		add(x: number, width: number): void {
			canvas.frame(x, canvas.y + own.ascent - box + 1, box);
			const place = { x: x + indent, width: width - indent };
			if (onOneLine <= width) {
				const baseline = canvas.y + own.ascent;
				canvas.line(own, name, baseline, place);
				if (nameChinese !== "") canvas.line(chinese, nameChinese, baseline, { x: place.x + nameWidth + NAME_GAP });
				canvas.y += own.lineHeight;
			} else {
				canvas.text(own, text, place);
				if (nameChinese !== "") canvas.text(chinese, nameChinese, place);
			}
		},
	};
}
