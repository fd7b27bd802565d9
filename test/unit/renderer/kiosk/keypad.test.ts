import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandOf, type Key } from "../../../../renderer/kiosk/keypad/commands.ts";
import { type Arrow, type Box, inReadingOrder, nextIndex } from "../../../../renderer/kiosk/keypad/geometry.ts";
import { backTap, canReadAloud } from "../../../../renderer/kiosk/keypad/keypad.ts";
import { initialKiosk, type Kiosk, type KioskState } from "../../../../renderer/kiosk/state/state.ts";

const ARROWS = ["up", "down", "left", "right"] as const;
const box = (left: number, top: number, width = 80, height = 80): Box => ({
	left,
	top,
	right: left + width,
	bottom: top + height,
});

/** Boxes anywhere on a screen that do not overlap: each in a cell of its own, of any size within it. */
const anyBoxes: fc.Arbitrary<Box[]> = fc
	.uniqueArray(
		fc.record({ column: fc.nat(6), row: fc.nat(8), x: fc.nat(40), y: fc.nat(40), w: fc.nat(50), h: fc.nat(50) }),
		{ minLength: 2, maxLength: 40, selector: ({ column, row }) => `${column} ${row}` },
	)
	.map((cells) => cells.map(({ column, row, x, y, w, h }) => box(column * 100 + x, row * 100 + y, 8 + w, 8 + h)));
const anyDirection = fc.constantFrom("ltr" as const, "rtl" as const);
const mirrored = ({ left, right, ...rest }: Box): Box => ({ ...rest, left: 1_000 - right, right: 1_000 - left });

describe("where an arrow leads", () => {
	test("each button is reached from each other, with one key alone, and the opposite key goes back", () => {
		fc.assert(
			fc.property(anyBoxes, anyDirection, fc.constantFrom<Arrow>("left", "right"), (boxes, direction, arrow) => {
				const back = arrow === "left" ? "right" : "left";
				const seen = new Set<number>();
				let place = 0;
				for (let step = 0; step < boxes.length; step += 1) {
					seen.add(place);
					const next = nextIndex(boxes, boxes[place] as Box, arrow, direction) as number;
					expect(nextIndex(boxes, boxes[next] as Box, back, direction)).toBe(place);
					place = next;
				}
				expect(seen.size).toBe(boxes.length);
				expect(place).toBe(0);
			}),
		);
	});

	test("up and down lead up and down where anything is there, else round to the other edge", () => {
		fc.assert(
			fc.property(anyBoxes, anyDirection, fc.constantFrom<Arrow>("up", "down"), (boxes, direction, arrow) => {
				for (const from of boxes) {
					const place = nextIndex(boxes, from, arrow, direction);
					if (place === undefined) continue;
					const to = boxes[place] as Box;
					const way = to.top + to.bottom - from.top - from.bottom;
					const ahead = boxes.some((one) => (arrow === "down" ? one.top >= from.bottom : one.bottom <= from.top));
					if (ahead) expect(arrow === "down" ? way : -way).toBeGreaterThan(0);
				}
			}),
		);
	});

	test("a mirrored screen in a script that runs the other way is walked by the mirrored keys", () => {
		fc.assert(
			fc.property(anyBoxes, fc.constantFrom(...ARROWS), (boxes, arrow) => {
				const other = ({ left: "right", right: "left", up: "up", down: "down" } as const)[arrow];
				const order = inReadingOrder(boxes, "ltr").map((one) => boxes.indexOf(one));
				const turned = boxes.map(mirrored);
				expect(inReadingOrder(turned, "rtl").map((one) => turned.indexOf(one))).toEqual(order);
				const there = nextIndex(turned, turned[0] as Box, other, "rtl");
				expect(there).toBe(nextIndex(boxes, boxes[0] as Box, arrow, "ltr"));
			}),
		);
	});

	test("in a grid it is the neighbour; at a row's end the next row; below the last the row of tools", () => {
		const grid = [0, 100].flatMap((top) => [0, 100, 200].map((left) => box(left, top)));
		const tools = [box(0, 300, 140), box(150, 300, 140)];
		const all = [...grid, ...tools];
		const from = (place: number, arrow: Arrow, direction: "ltr" | "rtl" = "ltr") =>
			nextIndex(all, all[place] as Box, arrow, direction);
		expect(ARROWS.map((arrow) => from(4, arrow))).toEqual([1, 6, 3, 5]);
		expect(from(2, "right")).toBe(3);
		expect(from(3, "left")).toBe(2);
		expect(from(5, "down")).toBe(7);
		expect(from(0, "up")).toBe(6);
		expect(from(7, "right")).toBe(0);
		// Read from the right the first row ends on the left.
		expect(from(0, "left", "rtl")).toBe(5);
		expect(from(5, "right", "rtl")).toBe(0);
	});

	test("from a button that can be pressed no more it goes on from its place, and nowhere where it is alone", () => {
		const keys = [box(0, 0), box(200, 0)];
		expect(nextIndex(keys, box(100, 0), "right", "ltr")).toBe(1);
		expect(nextIndex(keys, box(100, 0), "left", "ltr")).toBe(0);
		for (const arrow of ARROWS) expect(nextIndex([box(0, 0)], box(0, 0), arrow, "ltr")).toBeUndefined();
	});
});

describe("what a key asks for", () => {
	const key = (name: string, code = name, held: Partial<Key> = {}): Key => ({
		key: name,
		code,
		ctrlKey: false,
		altKey: false,
		metaKey: false,
		...held,
	});

	test("a telephone's digits move and press, except where a code's digits are typed", () => {
		expect(commandOf(key("8", "Numpad8"), "commands")).toEqual({ kind: "move", arrow: "up" });
		expect(commandOf(key("5", "Numpad5"), "commands")).toEqual({ kind: "press" });
		expect(commandOf(key("8", "Numpad8"), "typed")).toBeUndefined();
		expect(commandOf(key("ArrowUp", "Numpad8"), "typed")).toEqual({ kind: "move", arrow: "up" });
		expect(commandOf(key("*", "NumpadMultiply"), "typed")).toEqual({ kind: "back" });
	});

	test("letters and digits in the row above them are never keys of the kiosk, nor what is held with Alt", () => {
		for (const letter of [..."abc123 "]) expect(commandOf(key(letter), "commands")).toBeUndefined();
		expect(commandOf(key("F4", "F4", { altKey: true }), "commands")).toBeUndefined();
		expect(commandOf(key("F4"), "commands")).toEqual({ kind: "louder" });
	});
});

describe("back", () => {
	const at = { language: "en", key: "k", page: 0 } as const;
	const kiosk = (state: KioskState, change: Partial<Kiosk> = {}): Kiosk => ({ ...initialKiosk(0), state, ...change });
	const topics: KioskState = { at: "topics", ...at, notice: "none" };

	test("is the dialog's first, then the screen's, and from the first question the languages'", () => {
		expect(backTap(kiosk(topics, { overlay: { kind: "idle", until: 1, seconds: 1 } }))).toEqual({ type: "stayed" });
		expect(backTap(kiosk(topics, { overlay: { kind: "read-aloud" } }))).toEqual({ type: "overlay-closed" });
		expect(backTap(kiosk(topics))).toEqual({ type: "languages-requested" });
		expect(backTap(kiosk({ ...topics, page: 1 }))).toEqual({ type: "went-back" });
		expect(backTap(kiosk({ at: "search", ...at, page: 0, typed: "" }))).toEqual({ type: "went-back" });
	});

	test("listening is offered where the language has its clips", () => {
		expect(canReadAloud(kiosk(topics, { readAloudLanguages: ["ja"] }))).toBe(false);
		expect(canReadAloud(kiosk(topics, { readAloudLanguages: ["en"] }))).toBe(true);
		expect(canReadAloud(kiosk({ at: "languages" }, { readAloudLanguages: ["ja"] }))).toBe(true);
		expect(canReadAloud(kiosk({ at: "languages" }))).toBe(false);
	});
});
