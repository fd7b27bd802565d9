import { beforeEach, expect, test } from "vitest";
import { type EventSourceLike, keepEventStream } from "../../../../renderer/ui/event-stream.ts";

const OPEN = 1;
const CLOSED = 2;

let sources: (EventSourceLike & { readyState: number; closed: boolean })[];
let timers: (() => void)[];
let received: unknown[];
let close: () => void;

beforeEach(() => {
	sources = [];
	timers = [];
	received = [];
	close = keepEventStream(
		"/stream",
		{
			onOpen: () => received.push("open"),
			onMessage: (data) => received.push(data),
			onLost: () => received.push("lost"),
		},
		{
			open: () => {
				const source = { readyState: OPEN, closed: false, onopen: null, onmessage: null, onerror: null, close() {} };
				const made = Object.assign(source, { close: () => Object.assign(source, { closed: true }) });
				sources.push(made);
				return made;
			},
			setTimeout: (callback) => timers.push(callback),
			clearTimeout: (timer) => timers.splice(timer - 1, 1),
		},
	);
});

const receive = (data: unknown) => {
	const source = sources.at(-1);
	source?.onmessage?.call(source as unknown as EventSource, { data } as MessageEvent);
};
const fail = (readyState: number) => {
	const source = sources.at(-1);
	if (source === undefined) return;
	source.readyState = readyState;
	source.onerror?.call(source as unknown as EventSource, {} as Event);
};

test("messages arrive parsed; what is not JSON is left out", () => {
	receive('{"seq":1}');
	receive("{broken");
	receive(undefined);
	expect(received).toEqual([{ seq: 1 }]);
});

test("a broken connection is the browser's to mend", () => {
	fail(0);
	expect(received).toEqual(["lost"]);
	expect(timers).toEqual([]);
});

test("a stream that the browser gave up is opened anew, once", () => {
	fail(CLOSED);
	fail(CLOSED);
	expect(timers).toHaveLength(1);
	timers[0]?.();
	expect(sources).toHaveLength(2);
});

test("closed, it stays closed", () => {
	fail(CLOSED);
	close();
	expect(timers).toEqual([]);
	expect(sources[0]?.closed).toBe(true);
});
