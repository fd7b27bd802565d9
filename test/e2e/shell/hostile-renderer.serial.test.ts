import { expect, test } from "vitest";
import { seededRandom } from "../../../lib/seeded-random.ts";
import { openShell } from "./running-shell.ts";

const SEED = Number(process.env.PAIHAO_SEED ?? Math.floor(Math.random() * 1e9));

/** In the page: calls whatever the window and the station offer, with anything. */
async function callEverything(calls: { method: string; path: string; body: string }[]): Promise<string[]> {
	const faults: string[] = [];
	const bridge = (globalThis as unknown as { paihao: Record<string, unknown> }).paihao;
	for (const [name, value] of Object.entries(bridge))
		if (typeof value === "function" || typeof value === "object") faults.push(`the bridge offers ${name}`);
	try {
		bridge.kind = "hostile";
	} catch {
		// Frozen.
	}
	if (bridge.kind !== "shell") faults.push("the bridge can be changed");
	for (const { method, path, body } of calls) {
		const key = location.hash.slice("#key=".length);
		const response = await fetch(path, {
			method,
			headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
			...(method !== "GET" && { body }),
			// Some answer with a stream that never ends.
			signal: AbortSignal.timeout(5_000),
		}).catch(() => undefined);
		if (response && response.status >= 500) faults.push(`${method} ${path} with ${body}: ${response.status}`);
		await response?.body?.cancel();
	}
	return faults;
}

test(`a renderer that calls every interface with anything gets no further (PAIHAO_SEED=${SEED})`, {
	timeout: 180_000,
}, async () => {
	await using shell = await openShell();
	const { page } = await shell.connect();
	await page.waitForURL(/\/kiosk#key=/);
	const random = seededRandom(SEED);
	const { paths } = (await (await fetch(shell.ready.api)).json()) as { paths: Record<string, Record<string, unknown>> };
	const values = [
		...["null", "[]", "{}", '"x"', "-1", "1e999", "{", "", '{"__proto__":{"a":1}}', '{"topic":{"$gt":""}}'],
		...[`{"topic":"${"x".repeat(20_000)}"}`, '{"topic":"../../../etc/passwd","language":"en","key":"\\u0000"}'],
		'{"key":"00000000-0000-4000-8000-000000000000","topic":null,"language":[]}',
	];
	const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
	const calls = Object.entries(paths).flatMap(([path, methods]) =>
		Object.keys(methods).flatMap((method) =>
			Array.from({ length: 3 }, () => ({
				method: method.toUpperCase(),
				path: path.replace(/\{[^}]+\}/g, () =>
					encodeURIComponent(pick(["1", "-1", "..", "%00", "x".repeat(300), "' OR 1=1"])),
				),
				body: pick(values),
			})),
		),
	);
	expect(calls.length).toBeGreaterThan(60);
	expect(await page.evaluate(callEverything, calls)).toEqual([]);
	expect((await fetch(new URL("/api/health", shell.ready.api))).status).toBe(200);
	expect(shell.said()).not.toMatch(/"event":"[^"]*failed"|uncaught/);
});
