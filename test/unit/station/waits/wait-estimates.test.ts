import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { CounterNumber, TicketId, TopicId } from "../../../../protocol/model/ids.ts";
import type { LineTicket } from "../../../../station/waits/queue-snapshot.ts";
import {
	type CurrentQueue,
	openWaitEstimates,
	type StaffedCounterNow,
	type WaitEstimatesDeps,
} from "../../../../station/waits/wait-estimates.ts";
import { WaitKnowledge } from "../../../../station/waits/wait-knowledge.ts";
import { asCounter, asTopicId, randomId } from "../../../fixtures/ids.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000 * 24 * HOUR + 10 * HOUR;
const [permit, housing, other] = ["work-permit", "housing", "other"].map(asTopicId) as [TopicId, TopicId, TopicId];

type Ticket = LineTicket & { id: TicketId };

const ticket = (topic: TopicId, more: Partial<Ticket> = {}): Ticket => ({
	...{ id: randomId<TicketId>(), topic, nextTopics: [], language: "en", reservedFor: null },
	...{ arrivedAt: NOW - MINUTE, queuePosition: NOW - MINUTE, availableFrom: 0, wasCalled: false, probability: 1 },
	...more,
});

const counter = (number: string, topics?: readonly TopicId[], more: Partial<StaffedCounterNow> = {}) => ({
	...{ counter: asCounter(number), openedAt: NOW - HOUR, pausedAt: null },
	topics: topics && new Set<string>(topics),
	languages: new Set<never>(),
	...more,
});

function setUp(
	staffed: readonly StaffedCounterNow[],
	line: readonly Ticket[],
	busy: CurrentQueue["atCounters"] = [],
	more: Pick<WaitEstimatesDeps, "clock" | "refreshed"> = {},
) {
	const queue = { line: [...line], atCounters: [...busy] };
	let reads = 0;
	const knowledge = new WaitKnowledge(
		() => 10,
		(at) => at % (24 * HOUR),
	);
	const waits = openWaitEstimates({
		...{ knowledge, languageReachMs: 5 * MINUTE, expected: () => [] },
		topics: () => [permit, housing, other],
		staffed: () => staffed,
		readQueue: () => {
			reads += 1;
			return queue;
		},
		...more,
	});
	return { waits, knowledge, queue, reads: () => reads };
}

const serves = (number: string, topic: TopicId, minutesAgo: number) => ({
	...{ counter: asCounter(number) as CounterNumber, topic, since: NOW - minutesAgo * MINUTE, isServing: true },
});

describe("the estimate of waits", () => {
	test("a topic waits only for those whom its own counters may call", () => {
		const line = Array.from({ length: 12 }, () => ticket(housing));
		const busy = [serves("1", permit, 2), serves("2", housing, 2)];
		const { waits } = setUp([counter("1", [permit]), counter("2", [housing])], line, busy);
		const [short, long] = [waits.ofTopic(permit, NOW), waits.ofTopic(housing, NOW)];
		expect(short.wait?.maxMinutes).toBeLessThanOrEqual(25);
		expect(long.wait?.minMinutes).toBeGreaterThanOrEqual(60);
	});

	test("a topic that no staffed counter serves has no wait, and says so", () => {
		const { waits } = setUp([counter("1", [permit])], []);
		expect(waits.ofTopic(other, NOW)).toMatchObject({ wait: null, status: "unserved" });
		expect(setUp([], []).waits.ofTopic(permit, NOW)).toMatchObject({ wait: null, status: "unserved" });
	});

	test("a free counter means no wait", () => {
		const { waits } = setUp([counter("1"), counter("2")], [], [serves("1", permit, 3)]);
		expect(waits.ofTopic(permit, NOW).wait).toEqual({ minMinutes: 0, maxMinutes: 5 });
	});

	test("a member of staff who ignores those who wait for a quarter of an hour does not count", () => {
		const waiting = ticket(permit, { arrivedAt: NOW - 20 * MINUTE });
		expect(setUp([counter("1")], [waiting]).waits.ofTopic(permit, NOW)).toMatchObject({
			wait: null,
			status: "unknown",
		});
		// Where nobody waited, nobody was ignored.
		expect(setUp([counter("1")], []).waits.ofTopic(permit, NOW).status).toBe("known");
	});

	test("a service of nine hours is one that nobody finished: the others are not told to wait for it", () => {
		const forgotten = serves("1", permit, 9 * 60);
		expect(setUp([counter("1")], [], [forgotten]).waits.ofTopic(permit, NOW).status).toBe("unknown");
		const { waits } = setUp([counter("1"), counter("2")], [], [forgotten, serves("2", permit, 2)]);
		expect(waits.ofTopic(permit, NOW).wait?.maxMinutes).toBeLessThanOrEqual(30);
	});

	test("a visit that takes longer than any known is expected to go on, within reason", () => {
		const { waits } = setUp([counter("1")], [], [serves("1", permit, 90)]);
		expect(waits.ofTopic(permit, NOW)).toMatchObject({ status: "known" });
		expect(waits.ofTopic(permit, NOW).wait?.maxMinutes).toBeLessThanOrEqual(90);
	});

	test("a counter on a break comes back", () => {
		const { waits } = setUp([counter("1", undefined, { pausedAt: NOW - 10 * MINUTE })], []);
		const { wait, status } = waits.ofTopic(permit, NOW);
		expect(status).toBe("known");
		expect(wait?.maxMinutes).toBeGreaterThanOrEqual(20);
	});

	test("a ticket in the line waits for those before it alone", () => {
		const line = Array.from({ length: 8 }, () => ticket(permit));
		const { waits } = setUp([counter("1")], line, [serves("1", permit, 5)]);
		const middles = line.map(({ id }) => waits.ofTicket(id, NOW).raw?.middleMs ?? Number.NaN);
		expect(middles.toSorted((one, two) => one - two)).toEqual(middles);
		expect(waits.ofTopic(permit, NOW).raw?.middleMs).toBeGreaterThan(middles.at(-1) ?? 0);
		expect(waits.ofTicket(randomId<TicketId>(), NOW)).toMatchObject({ wait: null, status: "unknown" });
	});

	test("a ticket that is sent to a counter where nobody is has no wait", () => {
		const reserved = ticket(permit, { reservedFor: asCounter("5") });
		const { waits } = setUp([counter("1")], [reserved]);
		expect(waits.ofTicket(reserved.id, NOW)).toMatchObject({ wait: null, status: "unserved" });
	});

	test("the same state gives the same estimate, and one simulation serves all who ask", () => {
		const { waits, reads } = setUp([counter("1")], [ticket(permit)], [serves("1", permit, 1)]);
		const first = waits.ofTopic(permit, NOW);
		expect(waits.ofTopic(permit, NOW + 1_000)).toBe(first);
		waits.ofTopic(housing, NOW + 2_000);
		expect(reads()).toBe(1);
		waits.invalidate();
		expect(waits.ofTopic(permit, NOW)).toEqual(first);
		expect(reads()).toBe(2);
	});

	test("an estimate is made again when it is old, or of a time to come because the clock went back", () => {
		const { waits, reads } = setUp([counter("1")], []);
		waits.ofTopic(permit, NOW);
		waits.ofTopic(permit, NOW + 31_000);
		waits.ofTopic(permit, NOW - 24 * HOUR);
		expect(reads()).toBe(3);
	});

	test("issuing does not wait for a simulation, and counts those who came since", () => {
		const { waits, reads } = setUp([counter("1")], [], [serves("1", permit, 1)]);
		const alone = waits.atIssue(permit, 0, NOW);
		const after: number[] = [];
		for (let people = 1; people <= 6; people += 1) {
			waits.invalidate();
			after.push(waits.atIssue(permit, people, NOW + people).raw?.middleMs ?? 0);
		}
		expect(reads()).toBe(1);
		expect(after.toSorted((one, two) => one - two)).toEqual(after);
		expect(after.at(-1)).toBeGreaterThan((alone.raw?.middleMs ?? 0) + 40 * MINUTE);
	});
});

describe("while a station runs", () => {
	function setUpBusy() {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const refreshed = vi.fn();
		const opened = setUp([counter("1")], [ticket(permit)], [serves("1", permit, 1)], { clock: () => NOW, refreshed });
		onTestFinished(opened.waits.close);
		return { ...opened, refreshed };
	}

	test("a burst of changes is played once, a moment later, however many ask; then screens are told", () => {
		const { waits, queue, reads, refreshed } = setUpBusy();
		const first = waits.ofTopic(permit, NOW);
		for (let change = 0; change < 20; change += 1) {
			queue.line.push(ticket(permit));
			waits.invalidate();
			expect(waits.ofTopic(permit, NOW)).toBe(first);
		}
		expect(reads()).toBe(1);
		expect(refreshed).not.toHaveBeenCalled();
		vi.advanceTimersByTime(300);
		expect(refreshed).toHaveBeenCalledOnce();
		expect(waits.ofTopic(permit, NOW).raw?.middleMs).toBeGreaterThan(3 * (first.raw?.middleMs ?? 0));
		expect(reads()).toBe(2);
	});

	test("five hundred people are played in slices; a change in between is followed by another estimate", () => {
		const { waits, queue, reads, refreshed } = setUpBusy();
		waits.ofTopic(permit, NOW);
		queue.line.push(...Array.from({ length: 500 }, () => ticket(permit)));
		waits.invalidate();
		vi.advanceTimersToNextTimer();
		vi.advanceTimersToNextTimer();
		expect(refreshed).not.toHaveBeenCalled();
		waits.invalidate();
		for (let slice = 0; refreshed.mock.calls.length === 0; slice += 1) {
			expect(slice).toBeLessThan(100);
			vi.advanceTimersToNextTimer();
		}
		expect(reads()).toBe(2);
		vi.advanceTimersByTime(400);
		expect(reads()).toBe(3);
		expect(refreshed).toHaveBeenCalledTimes(2);
	});

	test("a ticket that came since is told its own wait at once", () => {
		const { waits, queue, reads } = setUpBusy();
		waits.ofTopic(permit, NOW);
		const newest = ticket(permit);
		queue.line.push(newest);
		waits.invalidate();
		expect(waits.ofTicket(newest.id, NOW)).toMatchObject({ status: "known" });
		expect(reads()).toBe(2);
	});
});

describe("what the station learns", () => {
	test("services that take half as long again are known after a morning", () => {
		const { knowledge } = setUp([], []);
		const before = knowledge.meanMs(permit);
		for (let visit = 0; visit < 25; visit += 1) {
			const at = NOW + visit * HOUR;
			const of = { ticket: `${visit}`, topic: permit, arrivedAt: at - MINUTE, class: "ordinary", told: null } as const;
			knowledge.ticketChanged({ ...of, to: "called", counter: asCounter("1"), at });
			knowledge.ticketChanged({ ...of, to: "serving", counter: asCounter("1"), at: at + 1_000 });
			knowledge.ticketChanged({ ...of, to: "finished", counter: null, at: at + 15 * MINUTE });
		}
		expect(knowledge.meanMs(permit) / before).toBeGreaterThan(1.3);
		// A topic that was never served is believed to be like the site.
		expect(knowledge.meanMs(other) / before).toBeGreaterThan(1.15);
	});

	test("the record of earlier days widens ranges that were too narrow", () => {
		const { knowledge } = setUp([], []);
		for (let day = 0; day < 10; day += 1) {
			for (let visit = 0; visit < 40; visit += 1) {
				const told = { lowMs: 9 * MINUTE, middleMs: 10 * MINUTE, highMs: 11 * MINUTE };
				const at = NOW + visit * MINUTE;
				const of = { ticket: `${day} ${visit}`, topic: permit, counter: asCounter("1"), class: "ordinary" } as const;
				knowledge.ticketChanged({ ...of, to: "called", told, arrivedAt: at - visit * MINUTE, at });
			}
			knowledge.dayEnded();
		}
		const [, short] = knowledge.calibration();
		expect(short?.high).toBeGreaterThan(10);
		expect(short?.low).toBeLessThan(-5);
	});
});
