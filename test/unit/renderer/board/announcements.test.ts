import { describe, expect, test } from "vitest";
import type { BoardCall } from "../../../../protocol/api/board.ts";
import { createAnnouncer } from "../../../../renderer/board/effects/announcer.ts";
import {
	dropAnswered,
	enqueue,
	languagesOf,
	MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES,
	maxLanguages,
	takeNext,
	withCalls,
} from "../../../../renderer/board/state/announcements.ts";
import { ANNOUNCE_WITHIN_MS } from "../../../../renderer/board/state/board-state.ts";
import type { Voice } from "../../../../renderer/ui/voice.ts";
import { asCounter, asTopicId } from "../../../fixtures/ids.ts";

const NOW = 1_000_000;
const call = (id: string, number: string, change: Partial<BoardCall> = {}): BoardCall => ({
	call: id,
	number,
	counter: asCounter("3"),
	topic: asTopicId("work-permit"),
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
		const list = [call("old", "A001", { calledAt: NOW - ANNOUNCE_WITHIN_MS - 1 }), call("new", "A002")];
		expect(takeNext(list, NOW).call?.call).toBe("new");
		expect(takeNext([], NOW)).toEqual({ call: null, rest: [] });
	});

	test("drops those who reached the counter or left the board", () => {
		const list = [call("1", "A001"), call("2", "A002"), call("3", "A003")];
		const shown = [call("1", "A001", { state: "serving" }), call("3", "A003")];
		expect(ids(dropAnswered(list, shown))).toEqual(["3"]);
	});
});

describe("the languages of a call", () => {
	test("are the visitor's, then Chinese; in a busy hour one", () => {
		expect(languagesOf(call("1", "A001"))).toEqual(["ar", "zh-Hans"]);
		expect(languagesOf(call("1", "A001", { language: "zh-Hans" }))).toEqual(["zh-Hans"]);
		expect(maxLanguages(MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES)).toBe(2);
		expect(maxLanguages(MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES + 1)).toBe(1);
	});

	test("an hour's calls are counted, and no longer than an hour", () => {
		const called = Array.from({ length: 201 }, (_, place) =>
			call(`${place}`, "A001", { calledAt: NOW + place * 10_000 }),
		);
		const countedAfter = (minutes: number) => withCalls([], called, NOW + minutes * 60_000).length;
		expect(countedAfter(34)).toBe(201);
		expect(countedAfter(61)).toBe(194);
		expect(
			withCalls(withCalls([], called, NOW), [call("new", "A002", { calledAt: NOW + 4_000_000 })], NOW + 6_000_000),
		).toEqual([NOW + 4_000_000]);
	});
});

/** Just enough of an AudioContext to hear when each tone begins, and to let its time pass. */
class FakeAudio extends EventTarget {
	state = "running";
	currentTime = 0;
	destination = {};
	/** When each tone began, and when it ended. */
	readonly tones: { from: number; to: number }[] = [];
	#silence: { until: number; over: () => void } | undefined;

	createOscillator() {
		const tone = { from: 0, to: 0 };
		return {
			frequency: { value: 0 },
			connect: (node: unknown) => node,
			start: (at: number) => {
				tone.from = at;
				this.tones.push(tone);
			},
			stop: (at: number) => {
				tone.to = at;
			},
			onended: null,
		};
	}
	/** How many clips were played. */
	played = 0;
	createBufferSource() {
		return { buffer: null, connect() {}, disconnect() {}, onended: null, start: () => (this.played += 1) };
	}
	createGain() {
		const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
		return { gain, connect: (node: unknown) => node, disconnect() {} };
	}
	createConstantSource() {
		const source = {
			offset: { value: 1 },
			onended: null as (() => void) | null,
			connect() {},
			disconnect() {},
			start() {},
			stop: (until: number) => {
				this.#silence = { until, over: () => source.onended?.() };
			},
		};
		return source;
	}
	resume() {
		return Promise.reject(new Error("not allowed"));
	}

	/** Lets the present sound or silence end, and whoever waits for it go on. */
	async pass(): Promise<void> {
		const silence = this.#silence;
		this.#silence = undefined;
		this.currentTime = silence?.until ?? this.currentTime;
		silence?.over();
		await new Promise<void>((resolve) => setImmediate(resolve));
	}
}

const SILENT: Voice = { choose: async () => null, sentence: async () => null, clip: async () => null };
const open = (audio: FakeAudio) => createAnnouncer(audio as unknown as AudioContext, () => NOW, SILENT);
/** A chime is six tones. */
const chimes = ({ tones }: FakeAudio) => tones.length / 6;

describe("the announcer", () => {
	test("sounds one call after the other, never two at once", async () => {
		const audio = new FakeAudio();
		open(audio).announce([call("1", "A001"), call("2", "A002")]);
		expect(chimes(audio)).toBe(1);
		for (let passed = 0; passed < 6; passed += 1) await audio.pass();
		expect(chimes(audio)).toBe(2);
		const [first, second] = [audio.tones.slice(0, 6), audio.tones.slice(6)];
		expect(Math.min(...second.map(({ from }) => from))).toBeGreaterThan(Math.max(...first.map(({ to }) => to)));
	});

	test("a visitor who reached the counter meanwhile is not sounded", async () => {
		const audio = new FakeAudio();
		const announcer = open(audio);
		announcer.announce([call("1", "A001"), call("2", "A002")]);
		announcer.keepOnly([call("2", "A002", { state: "serving" })]);
		for (let passed = 0; passed < 6; passed += 1) await audio.pass();
		expect(chimes(audio)).toBe(1);
	});

	test("a call is said in two languages, in a busy hour in the first that can be said", async () => {
		const spoken = async (before: number, silent: string) => {
			const audio = new FakeAudio();
			const voice: Voice = {
				...SILENT,
				sentence: async (language) => (language === silent ? null : [{ duration: 1 } as AudioBuffer]),
			};
			const announcer = createAnnouncer(audio as unknown as AudioContext, () => NOW, voice);
			const answered = Array.from({ length: before }, (_, place) =>
				call(`${place}`, "A001", { calledAt: NOW - 600_000 }),
			);
			announcer.announce([...answered, call("new", "A002")]);
			for (let passed = 0; passed < 8; passed += 1) await audio.pass();
			return audio.played;
		};
		expect(await spoken(0, "none")).toBe(2);
		expect(await spoken(MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES, "none")).toBe(1);
		expect(await spoken(MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES, "ar")).toBe(1);
	});

	test("where sound is blocked it stays silent, says so, and nothing throws", () => {
		const audio = new FakeAudio();
		audio.state = "suspended";
		const announcer = open(audio);
		announcer.announce([call("1", "A001")]);
		announcer.unblock();
		expect(chimes(audio)).toBe(0);
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
