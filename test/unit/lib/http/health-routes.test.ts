import { Hono } from "hono";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { addHealthRoutes } from "../../../../lib/http/health-routes.ts";

function openProbe(requireReady: () => unknown) {
	const lines: string[] = [];
	const app = new Hono();
	addHealthRoutes(app, {
		...{ requireReady, version: "1.2.3", clock: () => 7 },
		refuse: (error) => new Response(String(error), { status: 503 }),
		log: pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line).msg) }),
	});
	const ask = async (path: string) => {
		const response = await app.request(path);
		return [response.status, response.status === 200 ? await response.json() : await response.text()];
	};
	return { ask, lines };
}

test("a program that cannot work is alive and not ready, and each change is logged once", async () => {
	let fails = true;
	const { ask, lines } = openProbe(async () => {
		if (fails) throw new Error("no database");
	});
	expect(await ask("/health/live")).toEqual([200, { version: "1.2.3", time: 7 }]);
	expect(await ask("/health/ready")).toEqual([503, "Error: no database"]);
	await ask("/health/ready");
	fails = false;
	expect(await ask("/health/ready")).toEqual([200, { version: "1.2.3", time: 7 }]);
	expect(await ask("/health/ready")).toEqual([200, { version: "1.2.3", time: 7 }]);
	expect(lines).toEqual(["health.not-ready", "health.ready"]);
});

test("what throws at once is refused like what rejects", async () => {
	const { ask } = openProbe(() => {
		throw new Error("closed");
	});
	expect(await ask("/health/ready")).toEqual([503, "Error: closed"]);
});

test("a database that never answers is not waited for", async () => {
	vi.useFakeTimers();
	try {
		const { ask } = openProbe(() => new Promise(() => {}));
		const asked = ask("/health/ready");
		await vi.advanceTimersByTimeAsync(2_000);
		expect(await asked).toEqual([503, "Error: No answer within 2000 ms."]);
	} finally {
		vi.useRealTimers();
	}
});
