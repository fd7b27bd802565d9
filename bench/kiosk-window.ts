import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { browserFacts, findBrowser, howToGetBrowser } from "../cli/find-browser.ts";
import { openBrowser } from "../cli/kiosk/open-browser.ts";
import { pageGuardOf } from "../cli/kiosk/page-guard.ts";
import { stationPage } from "../cli/kiosk/station-page.ts";
import { openLog } from "../lib/log.ts";
import { median, writeFigure } from "./figure.ts";
import { startStation, TOP } from "./station-process.ts";

const ROUNDS = 7;
const SIZE = "1080,1920";
const TOUCHABLE = "touchable";

/** In the page: its title says when the frame is on the screen in which something can be touched. */
const tellWhen = (selector: string) => `(() => {
	const tell = () => requestAnimationFrame(() => setTimeout(() => { document.title = "${TOUCHABLE}"; }));
	const look = () => document.querySelector("${selector}") ? tell() : requestAnimationFrame(look);
	look();
})();`;

/** From the start of a browser to a page that can be touched: the kiosk's window, beside a bare kiosk with an empty page. */
export async function benchKioskWindow(): Promise<void> {
	const facts = browserFacts();
	const program = findBrowser(facts);
	if (program === undefined) throw new Error(howToGetBrowser(facts));
	if (["Xvfb", "xdotool"].some((one) => spawnSync(one, ["-help"]).error)) {
		process.stderr.write("kiosk-window is left out: install xvfb and xdotool.\n");
		return;
	}
	const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1080x1920x24", "-nolisten", "tcp"], {
		stdio: ["ignore", "ignore", "ignore", "pipe"],
	});
	const [number] = (await once(server.stdio[3] as Readable, "data")) as [Buffer];
	process.env.DISPLAY = `:${number.toString().trim()}`;
	const station = await startStation("virtual:{folder}/paper");
	const asRoot = process.getuid?.() === 0;
	const page = stationPage(`${station.origin}kiosk#key=${station.kioskKey}`);
	const guard = `${pageGuardOf(TOP, { mayLeave: false })}\n${tellWhen("main button[lang]")}`;
	try {
		const bare: number[] = [];
		const ours: number[] = [];
		// The first of each fills the system's file cache and is not counted. In turn: the machine's speed changes.
		for (let round = 0; round <= ROUNDS; round += 1) {
			const bareMs = await inProfile((profile) => openBare({ program, asRoot, profile }));
			const ourMs = await inProfile(async (profile) => {
				const began = performance.now();
				const kiosk = await openBrowser({
					...{ program, asRoot, profile, page, guard, mayLeave: false, log: openLog("silent") },
				});
				await untilTouchable();
				const took = performance.now() - began;
				await kiosk.close();
				return took;
			});
			if (round > 0) {
				bare.push(bareMs);
				ours.push(ourMs);
			}
		}
		writeFigure({
			figure: "kiosk-window: to touchable, by a bare Chromium kiosk with an empty page",
			value: median(ours) / median(bare),
			unit: "times",
			goal: { atMost: 2 },
			beside: { "kiosk, ms": median(ours), "bare kiosk, ms": median(bare), rounds: ROUNDS },
		});
	} finally {
		await station.end();
		server.kill("SIGKILL");
	}
}

/** Each start with a profile of its own: like a machine's first. */
async function inProfile(run: (profile: string) => Promise<number>): Promise<number> {
	const profile = mkdtempSync(join(tmpdir(), "paihao-bench-window-"));
	try {
		return await run(profile);
	} finally {
		rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
	}
}

async function openBare(options: { program: string; asRoot: boolean; profile: string }): Promise<number> {
	const html = `<!doctype html><title>-</title><body></body><script>${tellWhen("body")}</script>`;
	const began = performance.now();
	const child = spawn(
		options.program,
		[
			...["--kiosk", `--app=data:text/html,${encodeURIComponent(html)}`, `--user-data-dir=${options.profile}`],
			...["--no-first-run", "--window-position=0,0", `--window-size=${SIZE}`],
			...(options.asRoot ? ["--no-sandbox"] : []),
		],
		{ stdio: "ignore" },
	);
	await untilTouchable();
	const took = performance.now() - began;
	child.kill("SIGTERM");
	await once(child, "exit");
	return took;
}

async function untilTouchable(): Promise<void> {
	const deadline = performance.now() + 60_000;
	while (spawnSync("xdotool", ["search", "--name", `^${TOUCHABLE}$`]).status !== 0) {
		if (performance.now() > deadline) throw new Error("The window was not touchable within a minute.");
		await wait(5);
	}
}
