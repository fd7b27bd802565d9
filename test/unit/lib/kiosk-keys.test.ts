import { describe, expect, test } from "vitest";
import { decideKey } from "../../../lib/kiosk-keys.ts";
import { commandOf, KEY_NAMES } from "../../../renderer/kiosk/keypad/commands.ts";

const plain = { control: false, alt: false, meta: false };

describe("keys in the kiosk's window", () => {
	test.for(["a", "中", "Enter", "Tab", "Escape", "ArrowLeft", "Backspace", "F", " ", "New York"])(
		"%s goes to the page",
		(key) => {
			expect(decideKey({ ...plain, key }, { leave: false })).toBe("pass");
		},
	);

	test.for(KEY_NAMES)("%s, which the kiosk acts on, goes to the page", (key) => {
		expect(commandOf({ key, code: key, ctrlKey: false, altKey: false, metaKey: false }, "commands")).toBeDefined();
		expect(decideKey({ ...plain, key }, { leave: false })).toBe("pass");
	});

	test.for([
		["reload", { key: "r", control: true }],
		["reload", { key: "F5" }],
		["developer tools", { key: "F12" }],
		["developer tools", { key: "I", control: true }],
		["zoom", { key: "+", control: true }],
		["print", { key: "p", meta: true }],
		["new window", { key: "n", control: true }],
		["full screen", { key: "F11" }],
		["back", { key: "ArrowLeft", alt: true }],
		["forward", { key: "BrowserForward" }],
		["quit", { key: "q", control: true }],
		["quit", { key: "q", meta: true }],
		["close", { key: "F4", alt: true }],
		["the menu", { key: "Alt", alt: true }],
		["the context menu", { key: "ContextMenu" }],
	] as const)("%s (%o) is dropped", ([, key]) => {
		expect(decideKey({ ...plain, ...key }, { leave: false })).toBe("drop");
	});

	test("in the demo the person may leave, and nothing more", () => {
		const judge = (key: Partial<Parameters<typeof decideKey>[0]>) =>
			decideKey({ ...plain, key: "", ...key }, { leave: true });
		expect(judge({ key: "F4", alt: true })).toBe("leave");
		expect(judge({ key: "q", control: true })).toBe("leave");
		expect(judge({ key: "Q", meta: true })).toBe("leave");
		expect(judge({ key: "F4" })).toBe("pass");
		expect(judge({ key: "q" })).toBe("pass");
		expect(judge({ key: "r", control: true })).toBe("drop");
	});
});
