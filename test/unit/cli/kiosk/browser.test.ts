import { describe, expect, test } from "vitest";
import { browserArguments } from "../../../../cli/kiosk/browser-arguments.ts";
import { pageGuardOf } from "../../../../cli/kiosk/page-guard.ts";
import { isHung } from "../../../../cli/kiosk/page-heartbeat.ts";
import { managedPolicies } from "../../../../cli/kiosk/policies.ts";
import { sizeToCover } from "../../../../cli/kiosk/screen-size.ts";
import { TOP } from "../../../fixtures/station-folder.ts";

const window = {
	url: "http://127.0.0.1:1/kiosk#key=k",
	profile: "/p",
	screen: "1080,1920",
	host: "127.0.0.1",
	pin: undefined,
	asRoot: false,
};

describe("the browser's flags", () => {
	test("a window of its own profile that reaches no other machine and opens no port", () => {
		const flags = browserArguments(window);
		expect(flags).toEqual(
			expect.arrayContaining([
				"--kiosk",
				"--app=http://127.0.0.1:1/kiosk#key=k",
				"--user-data-dir=/p",
				"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
				"--remote-debugging-pipe",
			]),
		);
		expect(
			flags.filter((flag) => /remote-debugging-port|no-sandbox|ignore-certificate|enable-automation/.test(flag)),
		).toEqual([]);
	});

	test("only root has no sandbox, and only a pinned key is trusted beside the system's", () => {
		expect(browserArguments({ ...window, asRoot: true })).toContain("--no-sandbox");
		expect(browserArguments({ ...window, pin: "abc=" })).toContain("--ignore-certificate-errors-spki-list=abc=");
	});

	test("no flag stands there twice: the browser would take the last", () => {
		const names = browserArguments({ ...window, asRoot: true, pin: "a" }).map((flag) => flag.split("=", 1)[0]);
		expect(names).toEqual([...new Set(names)]);
	});
});

test("the policies let nothing in but the station, and switch off what a visitor could open", () => {
	const policies = managedPolicies("https://192.168.1.20:8443");
	expect(policies).toMatchObject({
		URLBlocklist: ["*"],
		URLAllowlist: ["https://192.168.1.20:8443", "data:*"],
		PrintingEnabled: false,
		TranslateEnabled: false,
		AllowFileSelectionDialogs: false,
		DownloadRestrictions: 3,
		IncognitoModeAvailability: 1,
		BrowserSignin: 0,
		PasswordManagerEnabled: false,
	});
	// With it Chromium would not let the window be watched either.
	expect(policies).not.toHaveProperty("DeveloperToolsAvailability");
});

test("only the demo's guard has a way out", () => {
	expect(pageGuardOf(TOP, { mayLeave: false })).not.toContain('"leave"');
	expect(pageGuardOf(TOP, { mayLeave: true })).toContain('"leave":"paihaoLeave"');
});

test("a page may miss some beats; one that misses more hangs", () => {
	expect([0, 1, 2, 3, 4, 5].map(isHung)).toEqual([false, false, false, false, true, true]);
});

describe("the window's size", () => {
	const screen = { width: 1080, height: 1920 };

	test.for([
		[{ width: 1080, height: 1920 }, undefined],
		[{ width: 1081, height: 1921 }, undefined],
		// What Chromium makes of exactly the screen's size.
		[
			{ width: 1079, height: 1919 },
			{ width: 1081, height: 1921 },
		],
		[
			{ width: 1050, height: 786 },
			{ width: 1081, height: 1921 },
		],
		// The panel was turned.
		[
			{ width: 1921, height: 1081 },
			{ width: 1081, height: 1921 },
		],
	] as const)("%o becomes %o", ([window, size]) => {
		expect(sizeToCover(window, screen)).toEqual(size);
	});
});
