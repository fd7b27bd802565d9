import { describe, expect, test } from "vitest";
import { TICKET_STATES } from "../../../../protocol/model/ticket.ts";
import {
	ACTION_KEYS,
	ACTIONS,
	actForKey,
	actionsAllowed,
	isHasty,
	type KeyPress,
	SAME_ACTION_AFTER,
} from "../../../../renderer/desk/state/actions.ts";

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
	key,
	code: "",
	repeat: false,
	isComposing: false,
	ctrlKey: false,
	altKey: false,
	metaKey: false,
	...change,
});

describe("acts that a ticket's state allows", () => {
	test("with nobody at the counter, only the next may be called", () => {
		expect(actionsAllowed(null)).toEqual(["next"]);
	});

	test("each state has its own acts, and none lets the next be called over it", () => {
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
	test("each act has one key of its own, in either case", () => {
		expect(new Set(Object.values(ACTION_KEYS)).size).toBe(Object.keys(ACTION_KEYS).length);
		for (const action of ACTIONS) {
			expect(actForKey(press(ACTION_KEYS[action]), "other-sites")).toBe(action);
			expect(actForKey(press(ACTION_KEYS[action].toLowerCase()), "control")).toBe(action);
		}
	});

	test("P prints a ticket again; it is no act of the counter, and a new roll has no key", () => {
		expect(actForKey(press("p"), "other-sites")).toBe("reprint");
		expect(actForKey(press("p"), "text")).toBeNull();
		expect(ACTIONS).not.toContain("reprint");
	});

	test("Space and Enter call the next, unless a control wants them for itself", () => {
		for (const key of [" ", "Enter"]) {
			expect(actForKey(press(key), "other-sites")).toBe("next");
			expect(actForKey(press(key), "control")).toBeNull();
		}
	});

	test("a layout without Latin letters acts by the place of the key", () => {
		expect(actForKey(press("т", { code: "KeyN" }), "other-sites")).toBe("next");
	});

	test("where letters moved, the letter on the key counts and not its place", () => {
		expect(actForKey(press("e", { code: "KeyS" }), "other-sites")).toBeNull();
		expect(actForKey(press("s", { code: "Semicolon" }), "other-sites")).toBe("start");
	});

	test("text keeps every key", () => {
		for (const key of ["n", "r", "s", "f", "x", " ", "Enter"]) expect(actForKey(press(key), "text")).toBeNull();
	});

	test.each([["repeat"], ["isComposing"], ["ctrlKey"], ["altKey"], ["metaKey"]] as const)("%s is no act", (held) => {
		expect(actForKey(press("n", { [held]: true }), "other-sites")).toBeNull();
	});

	test("other keys are none", () => {
		for (const key of ["w", "Escape", "Tab", "ArrowDown", "1"]) expect(actForKey(press(key), "other-sites")).toBeNull();
	});
});

describe("a hasty second press", () => {
	test("the same act soon after is one press; later, or another act, counts", () => {
		const last = { action: "recall", at: 10_000 } as const;
		expect(isHasty(last, "recall", 10_000 + SAME_ACTION_AFTER - 1)).toBe(true);
		expect(isHasty(last, "recall", 10_000 + SAME_ACTION_AFTER)).toBe(false);
		expect(isHasty(last, "start", 10_001)).toBe(false);
		expect(isHasty(null, "recall", 10_000)).toBe(false);
	});

	test("a clock that was set back locks nothing", () => {
		expect(isHasty({ action: "next", at: 10_000_000 }, "next", 5_000)).toBe(false);
	});
});
