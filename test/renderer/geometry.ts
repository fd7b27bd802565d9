import type { Page } from "playwright-core";

/*
 * What eyes and fingers need, measured on the page as it stands: nothing cut off, nothing over
 * something else, targets large and apart, words whole, no font but ours. Each check gives its
 * faults as sentences; none means it is well.
 */

export interface GeometryRules {
	/** Of glass, where a finger touches it; else pixels, for eyes and a mouse. */
	unit: "mm" | "px";
	target: number;
	/** What the screen is there for: its primary buttons. */
	primary: number;
	gap: number;
	text: number;
	/** As many as anybody looks through. */
	choices: number;
	/** What does not fit is a fault, or is scrolled to and shortened with three dots. */
	tooLong: "fault" | "scrolls";
}

/** facts: 1 (targets), 2 (gaps), 3 (choices, no scrolling), 8 (text). */
export const KIOSK_RULES: GeometryRules = {
	unit: "mm",
	target: 20,
	primary: 30,
	gap: 3,
	text: 6,
	choices: 12,
	tooLong: "fault",
};
/** A finger on a phone: 44 pixels of CSS. */
export const PHONE_RULES: GeometryRules = {
	unit: "px",
	target: 44,
	primary: 44,
	gap: 4,
	text: 14,
	choices: 100,
	tooLong: "scrolls",
};
/** A mouse at a desk: WCAG 2.2, 2.5.8. */
export const STAFF_RULES: GeometryRules = { ...PHONE_RULES, target: 24, primary: 24, gap: 0 };
/** Nobody touches a television, but everybody must be able to read it. */
export const BOARD_RULES: GeometryRules = { ...PHONE_RULES, target: 0, primary: 0, gap: 0, text: 24 };

export async function geometryFaults(page: Page, rules: GeometryRules = KIOSK_RULES): Promise<string[]> {
	return await page.evaluate(findFaults, rules);
}

/** Elements whose text is drawn, if only one glyph of it, by a font that the page did not bring. */
export async function systemFontFaults(page: Page): Promise<string[]> {
	await page.evaluate(() => document.fonts.ready);
	const session = await page.context().newCDPSession(page);
	try {
		await session.send("DOM.enable");
		await session.send("CSS.enable");
		const { root } = await session.send("DOM.getDocument", { depth: 1 });
		const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "body *" });
		const faults: string[] = [];
		for (const nodeId of nodeIds) {
			// A page at work may take an element away while the others are asked.
			const drawn = await session.send("CSS.getPlatformFontsForNode", { nodeId }).catch(() => null);
			const foreign = (drawn?.fonts ?? []).filter(({ isCustomFont }) => !isCustomFont);
			if (foreign.length === 0) continue;
			const { outerHTML } = await session.send("DOM.getOuterHTML", { nodeId });
			const names = foreign.map(({ familyName }) => familyName).join(", ");
			faults.push(`drawn with ${names}: ${outerHTML.slice(0, 160)}`);
		}
		return faults;
	} finally {
		await session.detach();
	}
}

/** Runs inside the page: may use nothing from outside itself. */
function findFaults(rules: GeometryRules): string[] {
	const faults: string[] = [];
	const html = document.documentElement;
	const { unit } = rules;
	const mm = unit === "px" ? 1 : Number.parseFloat(getComputedStyle(html).getPropertyValue("--mm"));
	const scrolls = rules.tooLong === "scrolls";
	const name = (element: Element) =>
		`<${element.tagName.toLowerCase()}> ${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}`;
	// What is inert is only a rehearsal behind the screen; what is a pixel large is for those who listen.
	const shown = (element: Element) =>
		element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
		element.closest("[inert]") === null &&
		!isUnseen(element);
	// A modal dialog stands alone: what is behind it cannot be touched.
	const stage: Element = document.querySelector("dialog:modal") ?? document.body;

	if (html.scrollWidth > innerWidth || (html.scrollHeight > innerHeight && !scrolls)) {
		faults.push(`the page is larger than the screen: ${html.scrollWidth}x${html.scrollHeight}`);
	}

	// Text: inside everything that holds it, never over other text, large enough, words whole.
	const texts: { element: Element; lines: DOMRect[]; inked: DOMRect[] }[] = [];
	const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const element = node.parentElement;
		const text = node.nodeValue ?? "";
		if (!element || text.trim() === "" || !shown(element)) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const lines = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
		const low = /^[\p{Lu}\d\s]*$/u.test(text);
		texts.push({ element, lines, inked: lines.flatMap((line) => seen(element, inkOf(line, low)) ?? []) });

		const size = Number.parseFloat(getComputedStyle(element).fontSize);
		if (size < rules.text * mm - 0.5) faults.push(`text of ${(size / mm).toFixed(1)} ${unit}: ${name(element)}`);

		for (let holder: Element | null = element; holder && holder !== document.body; holder = holder.parentElement) {
			const { display, overflowY, position, textOverflow } = getComputedStyle(holder);
			if (display === "inline") continue;
			if (scrolls && (/auto|scroll/.test(overflowY) || textOverflow === "ellipsis")) break;
			const box = holder.getBoundingClientRect();
			const out = lines.some(
				(line) =>
					line.left < box.left - 1.5 ||
					line.right > box.right + 1.5 ||
					inkOf(line, low).top < box.top - 1 ||
					inkOf(line, low).bottom > box.bottom + 1,
			);
			if (out)
				faults.push(`text leaves its <${holder.tagName.toLowerCase()} class="${holder.className}">: ${name(element)}`);
			// What is placed by itself, as a legend on an edge, is held by nothing but its own box.
			if (out || position === "absolute") break;
		}
		const cut = lines.some(
			({ left, right, top, bottom }) =>
				left < -1 || right > innerWidth + 1 || (!scrolls && (top < -1 || bottom > innerHeight + 1)),
		);
		if (cut) faults.push(`text leaves the screen: ${name(element)}`);

		for (const word of text.matchAll(
			/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{M}\d]+/gu,
		)) {
			const part = document.createRange();
			// After a soft hyphen the first letter's box begins on the line before.
			const afterHyphen = text[word.index - 1] === "\u00ad";
			part.setStart(node, word.index + (afterHyphen ? 1 : 0));
			part.setEnd(node, word.index + word[0].length);
			const tops = new Set(
				[...part.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 8)),
			);
			if (tops.size > 1) faults.push(`"${word[0]}" is broken: ${name(element)}`);
		}
	}
	for (const [place, one] of texts.entries()) {
		for (const other of texts.slice(place + 1)) {
			if (one.element === other.element) continue;
			const over = one.inked.some((a) => other.inked.some((b) => overlap(a, b)));
			if (over) faults.push(`text over text: ${name(one.element)} / ${name(other.element)}`);
		}
	}

	// Boxes that hide what does not fit.
	for (const box of stage.querySelectorAll("*")) {
		if (!shown(box)) continue;
		const { overflowX, overflowY, textOverflow } = getComputedStyle(box);
		const hides = (overflow: string) => (scrolls ? /hidden|clip/ : /hidden|clip|auto|scroll/).test(overflow);
		const wider = box.scrollWidth > box.clientWidth + 1;
		if (textOverflow === "ellipsis") {
			if (wider && !scrolls) faults.push(`shortened: ${name(box)}`);
		} else if (wider && hides(overflowX)) faults.push(`cut: ${name(box)}`);
		// A line's box may be taller than its letters and its holder.
		else if (box.scrollHeight > box.clientHeight + 1 && hides(overflowY) && isCutBelow(box))
			faults.push(`cut below: ${name(box)}`);
	}

	const choices = [...stage.querySelectorAll("main li button")].filter(shown);
	if (choices.length > rules.choices) faults.push(`${choices.length} choices`);

	// Targets: as large as a finger, apart, inside the screen, within reach.
	const targets = [...stage.querySelectorAll("button, a[href], input, select")].filter(shown);
	// A label is part of what it names.
	const boxes = targets.map((target) => ({ target, box: (target.closest("label") ?? target).getBoundingClientRect() }));
	for (const { target, box } of boxes) {
		const least = (target.getAttribute("data-kind") === "primary" ? rules.primary : rules.target) * mm - 0.5;
		if (box.width < least || box.height < least) {
			faults.push(
				`target of ${(box.width / mm).toFixed(1)} x ${(box.height / mm).toFixed(1)} ${unit}: ${name(target)}`,
			);
		}
		if (box.left < 0 || box.right > innerWidth || (!scrolls && (box.top < 0 || box.bottom > innerHeight))) {
			faults.push(`target leaves the screen: ${name(target)}`);
		}
		if (html.hasAttribute("data-reach") && box.top < innerHeight / 2 - 1) {
			faults.push(`target in the upper half: ${name(target)}`);
		}
	}
	const reachable = boxes.flatMap(({ target, box }) => {
		const part = seen(target, box);
		return part === undefined ? [] : [{ target, box: part }];
	});
	for (const [place, one] of reachable.entries()) {
		for (const other of reachable.slice(place + 1)) {
			const across = Math.max(one.box.left - other.box.right, other.box.left - one.box.right);
			const down = Math.max(one.box.top - other.box.bottom, other.box.top - one.box.bottom);
			const apart = Math.max(across, down);
			if (apart < rules.gap * mm - 0.5) {
				faults.push(`only ${(apart / mm).toFixed(1)} ${unit} apart: ${name(one.target)} / ${name(other.target)}`);
			}
		}
	}
	return [...new Set(faults)];

	function isUnseen(element: Element): boolean {
		const { width, height } = element.getBoundingClientRect();
		return (width <= 1 && height <= 1) || (element.parentElement !== null && isUnseen(element.parentElement));
	}

	/** Whether letters, not only the space around them, stand below a box that hides them. */
	function isCutBelow(box: Element): boolean {
		const { top, bottom } = box.getBoundingClientRect();
		return texts.some(
			({ element, lines }) =>
				box.contains(element) && lines.some((line) => inkOf(line).bottom > bottom + 1 || inkOf(line).top < top - 1),
		);
	}

	/** A line's box is taller than its letters: the outer eighths may touch; capitals and digits leave more (Noto Sans). */
	function inkOf({ x, y, width, height }: DOMRect, low = false): DOMRect {
		const [above, below] = low ? [0.26, 0.215] : [0.125, 0.125];
		return new DOMRect(x, y + above * height, width, (1 - above - below) * height);
	}

	/** What is not scrolled away of a part of an element. */
	function seen(element: Element, part: DOMRect): DOMRect | undefined {
		if (!scrolls) return part;
		let { left, right, top, bottom } = part;
		for (let holder: Element | null = element; holder && holder !== document.body; holder = holder.parentElement) {
			if (!/auto|scroll/.test(getComputedStyle(holder).overflowY)) continue;
			const box = holder.getBoundingClientRect();
			left = Math.max(left, box.left);
			right = Math.min(right, box.right);
			top = Math.max(top, box.top);
			bottom = Math.min(bottom, box.bottom);
		}
		return right > left && bottom > top ? new DOMRect(left, top, right - left, bottom - top) : undefined;
	}

	function overlap(a: DOMRect, b: DOMRect): boolean {
		return (
			Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
			Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
		);
	}
}
