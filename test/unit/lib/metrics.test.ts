import { expect, test } from "vitest";
import { createMetrics } from "../../../lib/metrics.ts";

test("requests that are refused make no series of their own, under whatever path and for whatever reason", async () => {
	const metrics = createMetrics("station", "0");
	const seriesOf = async () => (await metrics.read()).split("\n").filter((line) => line.includes("{area=")).length;
	const refused = [401, 403, 405, 413, 415, 421, 503];
	for (const status of refused) metrics.observeRequest({ path: "/nowhere", status, durationMs: 1 });
	const before = await seriesOf();
	for (const status of refused)
		for (let made = 0; made < 50; made += 1)
			for (const path of [`/x${made}`, `/api/x${made}`, `/sync/x${made}`, `/fleet/x${made}`, `/x${made}api/y`])
				metrics.observeRequest({ path, status, durationMs: 1 });
	expect(await seriesOf()).toBe(before);
	metrics.close();
});

test("a path that was answered well is counted under its name from then on, refusals too", async () => {
	const metrics = createMetrics("station", "0");
	metrics.observeRequest({ path: "/api/tickets/1/call", status: 200, durationMs: 1 });
	metrics.observeRequest({ path: "/api/tickets", status: 409, durationMs: 1 });
	metrics.observeRequest({ path: "/", status: 302, durationMs: 1 });
	const text = await metrics.read();
	for (const label of [
		'area="api/tickets",status="200"',
		'area="api/tickets",status="409"',
		'area="start",status="302"',
	])
		expect(text).toContain(`paihao_http_request_duration_seconds_count{${label}} 1`);
	metrics.close();
});
