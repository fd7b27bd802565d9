import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

export const top = fileURLToPath(new URL("../../..", import.meta.url));
export const fakeElectronFolder = fileURLToPath(new URL("../../fixtures/fake-electron", import.meta.url));
/** Node 24 first, for the stand-in's own `node`. */
export const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

export interface RunningShell {
	ready: { pid: number; kiosk: string; api: string };
	/** Its next ready line: of a shell that was started anew. */
	readyAgain(): Promise<RunningShell["ready"]>;
	/** Everything on standard error. */
	said: () => string;
	connect(): Promise<{ browser: Browser; page: Page }>;
	/** One expression's value in whatever page there is now, without debugging it; undefined while there is none. */
	ask(expression: string): Promise<unknown>;
	paihao(...argv: string[]): string;
	signal(name: NodeJS.Signals): void;
	ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
	devTools: string;
	[Symbol.asyncDispose](): Promise<void>;
}

/**
 * What runs the shell: the fake that Debian's Chromium stands behind, or Electron itself where `npm run test:electron`
 * names its program.
 */
function shellProgram(): [program: string, args: string[]] {
	const electron = process.env.PAIHAO_TEST_ELECTRON;
	if (electron === undefined) return [join(fakeElectronFolder, "electron"), [top]];
	return [electron, [top, "--remote-debugging-port=0"]];
}

/** The built shell, with a station in a folder of its own. */
export async function openShell(printer?: string): Promise<RunningShell> {
	const main = join(top, "out/main/main.js");
	if (!existsSync(main)) throw new Error("The shell is not built. Run npm run build.");
	const folder = mkdtempSync(join(tmpdir(), "paihao-shell-"));
	const data = join(folder, "data");
	const [program, args] = shellProgram();
	const child = spawn(program, args, {
		env: {
			...process.env,
			PATH,
			PAIHAO_DATA: data,
			PAIHAO_PORT: "0",
			PAIHAO_SHELL_PROFILE: join(folder, "profile"),
			// Its clock is the day's own, and no test here is about the site's hours.
			PAIHAO_OUTSIDE_HOURS: "issue",
			PAIHAO_FIRST_START: "skip",
			PAIHAO_PRINTER: printer ?? `virtual:${join(folder, "paper")}`,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
		child.once("exit", (code, signal) => resolve({ code, signal }));
	});
	const errors: string[] = [];
	const lineThat = (test: (line: string) => boolean) =>
		new Promise<string>((resolve, reject) => {
			createInterface({ input: child.stderr }).on("line", (line) => {
				errors.push(line);
				if (test(line)) resolve(line);
			});
			void ended.then(({ code }) => reject(new Error(`the shell ended with ${code}:\n${errors.join("\n")}`)));
		});
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const readyAgain = async () => {
		const { value, done } = await lines.next();
		if (done) throw new Error(`the shell ended with ${(await ended).code}:\n${errors.join("\n")}`);
		return JSON.parse(value) as RunningShell["ready"];
	};
	const [ready, devToolsLine] = await Promise.all([
		readyAgain(),
		lineThat((line) => line.startsWith("DevTools listening on ")),
	]);
	const devTools = devToolsLine.replace("DevTools listening on ", "");
	const browsers: Browser[] = [];
	return {
		ready,
		readyAgain,
		said: () => errors.join("\n"),
		devTools,
		ended,
		async connect() {
			const browser = await chromium.connectOverCDP(devTools);
			browsers.push(browser);
			const page = browser.contexts()[0]?.pages()[0];
			if (page === undefined) throw new Error("there is no page");
			return { browser, page };
		},
		ask: (expression) => askPage(devTools, expression).catch(() => undefined),
		paihao: (...argv) => {
			const command = [join(top, "out/main/paihao.js"), ...argv, "--data", data];
			const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: "utf8" });
			if (status !== 0) throw new Error(stderr);
			return stdout;
		},
		signal: (name) => child.kill(name),
		async [Symbol.asyncDispose]() {
			await Promise.all(browsers.map((browser) => browser.close().catch(() => {})));
			child.kill("SIGTERM");
			await ended;
			// Chromium's helpers may still be writing their last.
			rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
		},
	};
}

async function askPage(devTools: string, expression: string): Promise<unknown> {
	const list = await fetch(new URL("/json/list", devTools.replace(/^ws/, "http")));
	const targets = (await list.json()) as { type: string; webSocketDebuggerUrl: string }[];
	const target = targets.find(({ type }) => type === "page");
	if (target === undefined) return undefined;
	const socket = new WebSocket(target.webSocketDebuggerUrl);
	try {
		return await new Promise((resolve, reject) => {
			// A page that has crashed never answers.
			AbortSignal.timeout(1_000).addEventListener("abort", reject);
			socket.addEventListener("error", reject);
			socket.addEventListener("open", () => {
				const params = { expression, returnByValue: true };
				socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params }));
			});
			socket.addEventListener("message", ({ data }) => {
				const { result } = JSON.parse(String(data)) as { result?: { result?: { value?: unknown } } };
				resolve(result?.result?.value);
			});
		});
	} finally {
		socket.close();
	}
}
