import { describe, expect, test } from "vitest";
import type { BoardCall } from "../../protocol/board.ts";
import { enqueue, keepCalled, takeNext } from "../../renderer/board/announcements.ts";
import { createAnnouncer } from "../../renderer/board/announcer.ts";
import { ANNOUNCE_WITHIN } from "../../renderer/board/picture.ts";

const NOW = 1_000_000;
const call = (id: string, number: string, change: Partial<BoardCall> = {}): BoardCall => ({
	call: id,
	number,
	counter: "3",
	topic: "work-permit",
	language: "ar",
	calledAt: NOW,
	state: "called",
	...change,
});
const ids = (list: readonly BoardCall[]) => list.map((queued) => queued.call);

describe("the announcer's list", () => {
	test("goes in order, and a recall takes the place of the same number's older call", () => {
		const list = [call("1", "A001"), call("2", "A002"), call("3", "A001")].reduce(enqueue, [] as readonly BoardCall[]);
		expect(ids(list)).toEqual(["2", "3"]);
		expect(takeNext(list, NOW)).toEqual({ call: list[0], rest: [list[1]] });
	});

	test("drops what went stale", () => {
		const list = [call("old", "A001", { calledAt: NOW - ANNOUNCE_WITHIN - 1 }), call("new", "A002")];
		expect(takeNext(list, NOW).call?.call).toBe("new");
		expect(takeNext([], NOW)).toEqual({ call: null, rest: [] });
	});

	test("drops those who reached the counter or left the board", () => {
		const list = [call("1", "A001"), call("2", "A002"), call("3", "A003")];
		const shown = [call("1", "A001", { state: "serving" }), call("3", "A003")];
		expect(ids(keepCalled(list, shown))).toEqual(["3"]);
	});
});

/** Just enough of an AudioContext to hear what is sounded, and to say when it has ended. */
class FakeAudio extends EventTarget {
	state = "running";
	currentTime = 0;
	destination = {};
	readonly chimes: { start: number; stop: number; end: () => void }[] = [];

	createOscillator() {
		return { frequency: { value: 0 }, connect: (node: unknown) => node, start() {}, stop() {}, onended: null };
	}
	createGain() {
		const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
		return { gain, connect: (node: unknown) => node, disconnect() {} };
	}
	createConstantSource() {
		const chime = { start: 0, stop: 0, end: () => source.onended?.() };
		const source = {
			offset: { value: 1 },
			onended: null as (() => void) | null,
			connect() {},
			disconnect() {},
			start: (at: number) => {
				chime.start = at;
				this.chimes.push(chime);
			},
			stop: (at: number) => {
				chime.stop = at;
			},
		};
		return source;
	}
	resume() {
		return Promise.reject(new Error("not allowed"));
	}
}

describe("the announcer", () => {
	test("sounds one call after the other, never two at once", () => {
		const audio = new FakeAudio();
		const announcer = createAnnouncer(audio as unknown as AudioContext, () => NOW);
		announcer.announce([call("1", "A001"), call("2", "A002")]);
		expect(audio.chimes).toHaveLength(1);
		audio.currentTime = audio.chimes[0]?.stop ?? 0;
		audio.chimes[0]?.end();
		expect(audio.chimes).toHaveLength(2);
		expect(audio.chimes[1]?.start).toBeGreaterThan(audio.chimes[0]?.stop ?? 0);
		audio.chimes[1]?.end();
		expect(audio.chimes).toHaveLength(2);
	});

	test("a visitor who reached the counter meanwhile is not sounded", () => {
		const audio = new FakeAudio();
		const announcer = createAnnouncer(audio as unknown as AudioContext, () => NOW);
		announcer.announce([call("1", "A001"), call("2", "A002")]);
		announcer.follow([call("2", "A002", { state: "serving" })]);
		audio.chimes[0]?.end();
		expect(audio.chimes).toHaveLength(1);
	});

	test("where sound is blocked it stays silent, says so, and nothing throws", () => {
		const audio = new FakeAudio();
		audio.state = "suspended";
		const announcer = createAnnouncer(audio as unknown as AudioContext, () => NOW);
		announcer.announce([call("1", "A001")]);
		announcer.unblock();
		expect(audio.chimes).toEqual([]);
		expect(announcer.isBlocked()).toBe(true);
	});

	test("where there is no sound at all it is not even asked for", () => {
		const announcer = createAnnouncer(null, () => NOW);
		announcer.announce([call("1", "A001")]);
		announcer.unblock();
		announcer.subscribe(() => {})();
		expect(announcer.isBlocked()).toBe(false);
	});
});
