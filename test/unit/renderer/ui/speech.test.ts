import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Speech } from "../../../../protocol/model/speech.ts";
import { sentenceOf } from "../../../../renderer/ui/speech.ts";

const names = [
	..."ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("").map((letter) => `letter-${letter}`),
	..."0123456789".split("").map((digit) => `digit-${digit}`),
	"call-1",
	"call-2",
	"count-2",
];
const speech = (clips: readonly string[]): Speech => ({
	language: "en",
	sentences: { call: ["call-1", "{number}", "call-2", "{counter}"], number: [] },
	clips: Object.fromEntries(clips.map((clip) => [clip, `/speech/made/en/${clip}.wav`])),
});
const said = (clips: readonly string[], number: string, counter: string) =>
	sentenceOf(speech(clips), "call", { number, counter })?.map((address) =>
		address.slice("/speech/made/en/".length, -4),
	) ?? null;

describe("a call as clips", () => {
	test("the number is spelled, the counter is a number, in the language's order", () => {
		expect(said(names, "B07", "2")).toEqual(["call-1", "letter-B", "digit-0", "digit-7", "call-2", "count-2"]);
	});

	test("a counter that no clip counts is spelled", () => {
		expect(said(names, "A1", "31")?.slice(-3)).toEqual(["call-2", "digit-3", "digit-1"]);
		expect(said(names, "A1", "2B")?.slice(-2)).toEqual(["digit-2", "letter-B"]);
	});

	test("with any clip missing that it needs, nothing is said", () => {
		const number = fc.stringMatching(/^[A-Z]\d{3}$/);
		fc.assert(
			fc.property(number, fc.constantFrom(...names), (ticket, missing) => {
				const whole = said(names, ticket, "2") ?? [];
				const left = names.filter((name) => name !== missing);
				// A counter without its own clip is spelled instead.
				const needed = missing === "count-2" ? false : whole.includes(missing);
				expect(said(left, ticket, "2") === null).toBe(needed);
			}),
		);
	});

	test("a sentence that the language does not have is not said", () => {
		expect(sentenceOf({ ...speech(names), sentences: { call: [], number: [] } }, "call", { number: "A1" })).toEqual([]);
		expect(said(names, "A-1", "2")).toBeNull();
	});
});
