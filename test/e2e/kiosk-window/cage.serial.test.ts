import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { browserFacts, findBrowser } from "../../../cli/find-browser.ts";
import { spawnReady } from "../../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";
import { isDrawn, missingForDisplay, openDisplay } from "../../fixtures/x-display.ts";

/*
 * The kiosk's window in cage, as the package shows it. cage draws into an X server here: on wlroots' headless screen its
 * frames stop after the first ones, whatever it shows.
 */

/** cage refuses to run as root, and tests may: whoever runs them is a plain user to it. */
const AS_USER = ["--user", "--map-user=1000", "--map-group=1000"];

const missing = missingForDisplay() ?? missingForCage();
if (missing !== undefined) console.log(`The kiosk's window in cage was not tested: ${missing}`);

function missingForCage(): string | undefined {
	const absent = ["cage", "Xwayland"].filter((program) => spawnSync(program, ["-h"]).error !== undefined);
	if (absent.length > 0) return `${absent.join(" and ")} not installed: apt-get install cage xwayland`;
	const isAllowed = spawnSync("unshare", [...AS_USER, "true"]).status === 0;
	return isAllowed ? undefined : "this system has no user namespaces for it";
}

test.skipIf(missing !== undefined)("cage shows the first screen, and ends with the kiosk's command", async () => {
	const display = await openDisplay({ width: 1024, height: 768 });
	const data = emptyFolder();
	await spawnReady(["station", "--headless", "--data", data, "--port", "0"]);
	const browser = findBrowser(browserFacts());
	const kiosk = ["kiosk", "--data", data, "--profile", join(data, "profile")];
	const cage = spawn(
		"unshare",
		[...AS_USER, "cage", "-d", "--", process.execPath, join(TOP, "bin/paihao.mjs"), ...kiosk],
		{
			env: {
				...{ PATH: process.env.PATH, HOME: data, CHROME_PATH: browser, DISPLAY: display.name },
				...{ XDG_RUNTIME_DIR: data, WLR_BACKENDS: "x11", WLR_RENDERER: "pixman" },
			},
			stdio: ["ignore", "pipe", "ignore"],
		},
	);
	const ended = once(cage, "exit");
	onTestFinished(async () => {
		cage.kill("SIGKILL");
		await ended;
	});
	const [line] = (await once(cage.stdout.setEncoding("utf8"), "data")) as [string];
	const { ready, pid } = JSON.parse(line) as { ready: string; pid: number };
	expect(ready).toBe("kiosk");
	await expect.poll(() => isDrawn(display.picture()), { timeout: 60_000 }).toBe(true);

	process.kill(pid, "SIGTERM");
	expect(await ended).toEqual([0, null]);
});
