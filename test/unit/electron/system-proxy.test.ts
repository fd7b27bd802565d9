import { expect, test, vi } from "vitest";
import { withSystemProxy } from "../../../electron/system-proxy.ts";

function ask(answer: Promise<string>, { env = {}, server }: { env?: Record<string, string>; server?: string } = {}) {
	const asked: string[] = [];
	const warnings: string[] = [];
	const session = {
		resolveProxy(url: string) {
			asked.push(url);
			return answer;
		},
	};
	const read = withSystemProxy(env, { session, server, warn: (message) => warnings.push(message) });
	return { read, asked, warnings };
}

test.each([
	["PROXY 10.1.2.3:8080; DIRECT", "http://10.1.2.3:8080"],
	[" proxy proxy.example:3128", "http://proxy.example:3128"],
	["HTTPS proxy.example:443;PROXY other:1", "https://proxy.example:443"],
	["PROXY [fd00::1]:8080", "http://[fd00::1]:8080"],
])("the system's %j becomes %s for everything but this machine", async (answer, proxy) => {
	const { read, asked } = ask(Promise.resolve(answer), { server: "https://queue.example" });
	expect(await read).toEqual({ HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: "localhost,127.0.0.1,[::1]" });
	expect(asked).toEqual(["https://queue.example"]);
});

test.each(["DIRECT", "DIRECT; PROXY 10.1.2.3:8080", "SOCKS5 10.1.2.3:1080", "", "PROXY", "PROXY :::"])(
	"%j is no proxy",
	async (answer) => {
		expect(await ask(Promise.resolve(answer)).read).toEqual({});
	},
);

test("what the variables name is not asked of the system, and stays", async () => {
	const env = { https_proxy: "http://10.9.9.9:1", NO_PROXY: "intranet.example" };
	const { read, asked } = ask(Promise.resolve("PROXY 10.1.2.3:8080"), { env });
	expect(await read).toBe(env);
	expect(asked).toEqual([]);
});

test("addresses that need no proxy stay so", async () => {
	const { read } = ask(Promise.resolve("PROXY 10.1.2.3:8080"), { env: { NO_PROXY: "intranet.example" } });
	expect((await read).NO_PROXY).toBe("intranet.example,localhost,127.0.0.1,[::1]");
});

test("a system that does not answer, or fails, holds nothing up", async () => {
	vi.useFakeTimers();
	try {
		const { read, warnings } = ask(new Promise(() => {}));
		await vi.advanceTimersByTimeAsync(3_000);
		expect(await read).toEqual({});
		expect(warnings).toHaveLength(1);
		expect(await ask(Promise.reject(new Error("no PAC"))).read).toEqual({});
	} finally {
		vi.useRealTimers();
	}
});
