import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Answer, UNREACHABLE } from "../../../../api-client/answer.ts";
import { untilAnswered } from "../../../../renderer/kiosk/components/use-other-sites.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Misses the station so often, then answers. */
function stationAfter(misses: number) {
	let asked = 0;
	return {
		asked: () => asked,
		ask: async (): Promise<Answer<string[]>> => {
			asked += 1;
			return asked <= misses ? UNREACHABLE : { kind: "ok", value: ["a site"] };
		},
	};
}

test("a station that was missed is asked again until it answers", async () => {
	const station = stationAfter(3);
	const answer = untilAnswered(station.ask, new AbortController().signal);
	await vi.runAllTimersAsync();
	expect(await answer).toEqual(["a site"]);
	expect(station.asked()).toBe(4);
});

test("nobody asks for a screen that is gone", async () => {
	const station = stationAfter(1_000_000);
	const screen = new AbortController();
	const answer = untilAnswered(station.ask, screen.signal);
	await vi.advanceTimersByTimeAsync(10_000);
	screen.abort();
	await vi.runAllTimersAsync();
	const asked = station.asked();
	expect(await answer).toBeUndefined();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(station.asked()).toBe(asked);
});

test("a refusal is an answer", async () => {
	let asked = 0;
	const refusing = async (): Promise<Answer<string[]>> => {
		asked += 1;
		return { kind: "refused", code: "TOPIC_UNKNOWN", message: "", data: { topic: "gone" } };
	};
	expect(await untilAnswered(refusing, new AbortController().signal)).toBeUndefined();
	expect(asked).toBe(1);
});
