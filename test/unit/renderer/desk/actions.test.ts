import { describe, expect, test } from "vitest";
import { TICKET_STATES } from "../../../../protocol/model/ticket.ts";
import {
	ACTION_KEYS,
	ACTIONS,
	actionForKey,
	actionsAllowed,
	isHastyRepeat,
	type KeyInput,
	REPEAT_GUARD_MS,
} from "../../../../renderer/desk/state/actions.ts";

const input = (key: string, change: Partial<KeyInput> = {}): KeyInput => ({
	key,
	code: "",
	repeat: false,
	isComposing: false,
	ctrlKey: false,
	altKey: false,
	metaKey: false,
	...change,
});

describe("the actions that a ticket's state allows", () => {
	test("a free counter can only call the next visitor", () => {
		expect(actionsAllowed(null)).toEqual(["next"]);
	});

	test('each state has its own actions, and none allows "next"', () => {
		const allowed = Object.fromEntries(TICKET_STATES.map((state) => [state, actionsAllowed({ state })]));
		expect(allowed).toEqual({
			waiting: [],
			called: ["recall", "start", "no-show"],
			serving: ["finish"],
			parked: [],
			missed: [],
			finished: [],
			cancelled: [],
		});
	});
});

describe("keys", () => {
	test("each action has its own key, in either case", () => {
		expect(new Set(Object.values(ACTION_KEYS)).size).toBe(Object.keys(ACTION_KEYS).length);
		for (const action of ACTIONS) {
			expect(actionForKey(input(ACTION_KEYS[action]), "page")).toBe(action);
			expect(actionForKey(input(ACTION_KEYS[action].toLowerCase()), "control")).toBe(action);
		}
	});

	test("P reprints, and is no main action; a new roll has no key", () => {
		expect(actionForKey(input("p"), "page")).toBe("reprint");
		expect(actionForKey(input("p"), "text")).toBeNull();
		expect(ACTIONS).not.toContain("reprint");
	});

	test("Space and Enter call the next visitor, unless a control has the focus", () => {
		for (const key of [" ", "Enter"]) {
			expect(actionForKey(input(key), "page")).toBe("next");
			expect(actionForKey(input(key), "control")).toBeNull();
		}
	});

	test("a layout without Latin letters works by the key's position", () => {
		expect(actionForKey(input("т", { code: "KeyN" }), "page")).toBe("next");
	});

	test("on other Latin layouts the letter counts, not the position", () => {
		expect(actionForKey(input("e", { code: "KeyS" }), "page")).toBeNull();
		expect(actionForKey(input("s", { code: "Semicolon" }), "page")).toBe("start");
	});

	test("a text field takes every key", () => {
		for (const key of ["n", "r", "s", "f", "x", " ", "Enter"]) expect(actionForKey(input(key), "text")).toBeNull();
	});

	test.each([["repeat"], ["isComposing"], ["ctrlKey"], ["altKey"], ["metaKey"]] as const)("%s is ignored", (held) => {
		expect(actionForKey(input("n", { [held]: true }), "page")).toBeNull();
	});

	test("other keys do nothing", () => {
		for (const key of ["w", "Escape", "Tab", "ArrowDown", "1"]) expect(actionForKey(input(key), "page")).toBeNull();
	});
});

describe("a hasty second press", () => {
	test("of the same action is ignored; a later one, or another action, counts", () => {
		const last = { action: "recall", at: 10_000 } as const;
		expect(isHastyRepeat(last, "recall", 10_000 + REPEAT_GUARD_MS - 1)).toBe(true);
		expect(isHastyRepeat(last, "recall", 10_000 + REPEAT_GUARD_MS)).toBe(false);
		expect(isHastyRepeat(last, "start", 10_001)).toBe(false);
		expect(isHastyRepeat(null, "recall", 10_000)).toBe(false);
	});

	test("is not assumed when the clock was set back", () => {
		expect(isHastyRepeat({ action: "next", at: 10_000_000 }, "next", 5_000)).toBe(false);
	});
});
