import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { browserFacts, findBrowser, howToGetBrowser } from "../../../bin/find-browser.ts";

type Parameters = Record<string, unknown>;
interface Message {
	id?: number;
	sessionId?: string;
	method?: string;
	params?: Parameters;
	result?: Parameters;
	error?: { message: string };
}

/** Chromium, and the DevTools protocol over a pipe: Chromium ends when the pipe does, however this process ends. */
export class Chromium {
	readonly #child: ChildProcess;
	readonly #toChromium: Writable;
	readonly #waiting = new Map<number, { resolve: (result: Parameters) => void; reject: (fault: Error) => void }>();
	readonly #listeners: ((method: string, params: Parameters, sessionId: string | undefined) => void)[] = [];
	#lastId = 0;

	constructor(profile: string) {
		const facts = browserFacts();
		const program = findBrowser(facts);
		if (program === undefined) throw new Error(howToGetBrowser(facts));
		this.#child = spawn(
			program,
			[
				"--headless=new",
				"--remote-debugging-pipe",
				"--remote-debugging-port=0",
				`--user-data-dir=${profile}`,
				...["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
				...["--disable-quic", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1080,1920"],
				...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
				"about:blank",
			],
			{ stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] },
		);
		this.#toChromium = this.#child.stdio[3] as Writable;
		this.#toChromium.on("error", () => {});
		readParts(this.#child.stdio[4] as Readable, "\0", (text) => this.#receive(JSON.parse(text) as Message));
		readParts(this.#child.stderr as Readable, "\n", (line) => {
			if (line.startsWith("DevTools listening on ")) process.stderr.write(`${line}\n`);
		});
	}

	listen(listener: (method: string, params: Parameters, sessionId: string | undefined) => void): void {
		this.#listeners.push(listener);
	}

	send(method: string, params: Parameters = {}, sessionId?: string): Promise<Parameters> {
		this.#lastId += 1;
		const id = this.#lastId;
		this.#toChromium.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
		return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
	}

	async end(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		this.#child.kill("SIGKILL");
		await once(this.#child, "exit");
	}

	#receive({ id, method, params, result, error, sessionId }: Message): void {
		if (id === undefined) {
			for (const listener of this.#listeners) listener(method ?? "", params ?? {}, sessionId);
			return;
		}
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (error) waiting?.reject(new Error(error.message));
		else waiting?.resolve(result ?? {});
	}
}

function readParts(stream: Readable, separator: string, take: (part: string) => void): void {
	let rest = "";
	stream.setEncoding("utf8").on("data", (text: string) => {
		const parts = (rest + text).split(separator);
		rest = parts.pop() ?? "";
		for (const part of parts) take(part);
	});
}
