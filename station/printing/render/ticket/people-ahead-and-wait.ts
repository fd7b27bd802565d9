import type { TicketDraft } from "./ticket-draft.ts";

interface Fact {
	value: string;
	inChinese: string;
	inLanguage: string;
}

/** How many people are ahead, and the wait if it is known: in columns with a bar between them. */
export function addPeopleAheadAndWait(draft: TicketDraft): void {
	const { canvas } = draft;
	const facts = factsOf(draft);
	const top = canvas.y;
	const width = canvas.inside / facts.length;
	let bottom = top;
	facts.forEach((fact, column) => {
		canvas.y = top;
		addFact(draft, fact, canvas.margin + column * width, width);
		bottom = Math.max(bottom, canvas.y);
	});
	for (let column = 1; column < facts.length; column++) {
		canvas.bar(canvas.margin + column * width - 1, top + 2, 2, Math.floor(bottom - top) - 4);
	}
	canvas.y = bottom;
}

function factsOf({ content, messages }: TicketDraft): Fact[] {
	const { ahead, wait } = content;
	const { own, chinese } = messages;
	const facts = [{ value: String(ahead), inChinese: chinese.ahead(ahead), inLanguage: own.ahead(ahead) }];
	if (wait) {
		const { minMinutes, maxMinutes } = wait;
		const value = minMinutes === maxMinutes ? String(maxMinutes) : `${minMinutes}–${maxMinutes}`;
		facts.push({ value, inChinese: chinese.wait, inLanguage: own.wait });
	}
	return facts;
}

function addFact(draft: TicketDraft, fact: Fact, x: number, width: number): void {
	const { canvas, sizes } = draft;
	const place = { x: x + 6, width: width - 12, align: "center" } as const;
	// In Latin order whatever the language: in Arabic text "10–20" would read 20–10.
	const value = draft.latin("bold", sizes.fact);
	const ink = canvas.pen.ink(value, "0");
	canvas.line(value, fact.value, canvas.y + ink.above + 2, place);
	canvas.y += ink.above + 7;
	canvas.text(draft.chinese("regular", sizes.label), fact.inChinese, place);
	if (draft.isBilingual) canvas.text(draft.own("regular", sizes.label), fact.inLanguage, { ...place, even: true });
}
