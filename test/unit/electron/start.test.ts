import { describe, expect, test, vi } from "vitest";
import { startWithSystem } from "../../../electron/autostart.ts";
import { commandWords, isService } from "../../../electron/command-words.ts";
import { requireSandbox } from "../../../electron/sandbox.ts";

describe("the sandbox", () => {
	test("without it the shell refuses, in one sentence that says what to do", () => {
		expect(() => requireSandbox({ isSwitchedOff: true, asRoot: false })).toThrow("Install the .deb");
	});

	test("with it, and for root who has none, it starts", () => {
		requireSandbox({ isSwitchedOff: false, asRoot: false });
		requireSandbox({ isSwitchedOff: true, asRoot: true });
	});
});

test.for([
	[["/opt/Paihao/paihao-shell", "staff", "list", "--data", "/d"], true, ["staff", "list", "--data", "/d"]],
	[["/opt/Paihao/paihao-shell", "--ozone-platform=x11"], true, undefined],
	[["/opt/Paihao/paihao-shell"], true, undefined],
	[["electron", "/checkout"], false, undefined],
	[["electron", "/checkout", "--remote-debugging-port=0"], false, undefined],
	[["electron", "/checkout", "verify"], false, ["verify"]],
] as const)("the words of %o (packaged: %s) are a command: %o", ([argv, isPackaged, words]) => {
	expect(commandWords(argv, { isPackaged })).toEqual(words);
});

test.for([
	["win32", true, false, true],
	["darwin", true, false, true],
	["linux", true, false, false],
	["win32", false, false, false],
	["win32", true, true, false],
] as const)("on %s, packaged %s, demo %s: starts with the system %s", ([platform, isPackaged, mayLeave, starts]) => {
	const setLoginItemSettings = vi.fn();
	startWithSystem({ isPackaged, setLoginItemSettings }, { platform, mayLeave });
	expect(setLoginItemSettings.mock.calls).toEqual(starts ? [[{ openAtLogin: true }]] : []);
});

test.for([
	["station --data /d", true],
	["server", true],
	["server code --data /d", false],
	["staff list", false],
	["verify", false],
] as const)("%s runs until it is told to end: %s", ([words, expected]) => {
	expect(isService(words.split(" "))).toBe(expected);
});
