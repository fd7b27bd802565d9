import { describe, expect, test } from "vitest";
import type { Speech } from "../../../../protocol/model/speech.ts";
import {
	addressesOf,
	passagesOf,
	type SpeechScript,
	speechScriptOf,
} from "../../../../renderer/kiosk/read-aloud/speech-script.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import {
	initialKiosk,
	type Kiosk,
	type KioskState,
	NO_PAPERS,
	type StateAt,
	type UnavailableReason,
} from "../../../../renderer/kiosk/state/state.ts";
import english from "../../../../resources/languages/kiosk/en.json" with { type: "json" };
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

const TOPICS = [
	sampleTopic("free"),
	sampleTopic("papers", { rank: 2, requiredDocuments: [{ id: "passport", name: "Passport" }] }),
];
const at = { language: "en", key: "k", page: 0, topic: "papers", nextTopics: [], people: 1, since: 0 } as const;
const ticket = {
	at: "ticket",
	...at,
	ticket: sampleTicket({ number: "B007" }),
	code: undefined,
	paperSince: 0,
} as const;
const unavailable = (reason: UnavailableReason): StateAt<"unavailable"> => ({
	at: "unavailable",
	...at,
	reason,
	from: { at: "topics", ...at, notice: "none" },
});
const VISITS: readonly KioskState[] = [
	{ at: "topics", ...at, notice: "none" },
	{ at: "topics", ...at, page: 1, notice: "none" },
	{ at: "topics", ...at, notice: "topic-gone" },
	{ at: "plan", ...at, notice: "none", topics: [] },
	{ at: "plan", ...at, notice: "topic-gone", topics: [] },
	{ at: "search", ...at, typed: "" },
	{ at: "other-sites", ...at },
	...(["full", "closed", "site-closed", "not-at-this-site"] as const).map(unavailable),
	...(["none", "pending", "unknown", "other-day", "over", "too-many-attempts", "topic-unavailable"] as const).map(
		(result): KioskState => ({ at: "check-in", ...at, typed: "", result }),
	),
	{ at: "documents", ...at, ...NO_PAPERS },
	{ at: "missing-documents", ...at, ...NO_PAPERS },
	{ at: "checklist", ...at, ...NO_PAPERS, from: unavailable("full") },
	{ at: "issuing", ...at },
	...(["printing", "ready", "missing"] as const).map((paper): KioskState => ({ ...ticket, paper })),
	{ at: "refused", ...at },
];
const kiosk = (state: KioskState, change: Partial<Kiosk> = {}): Kiosk => ({
	...reduceKiosk(initialKiosk(0), { type: "topics-received", time: 0, topics: sampleTopics("en", TOPICS) }),
	state,
	...change,
});
/** By their names, numbers as they are read, sentences by theirs; what may be left out in brackets. */
const named = (spoken: SpeechScript): string[] =>
	spoken.flatMap((part) => {
		if ("clip" in part) return [part.clip];
		if ("number" in part) return [part.number];
		if ("optional" in part) return named(part.optional).map((one) => `(${one})`);
		return [`${part.sentence} ${Object.values(part.values).join(" ")}`];
	});
const clips = (shown: Kiosk) => named(speechScriptOf(shown));

describe("what is read aloud", () => {
	test("is of every screen, and has a clip of its own: a text without a figure in it", () => {
		const overlays: Kiosk["overlay"][] = [
			{ kind: "idle", until: 1, seconds: 1 },
			{ kind: "read-aloud" },
			{ kind: "staff", requestedAt: 0, call: "received" },
			{ kind: "staff", requestedAt: 0, call: "failed" },
		];
		const screens = [
			...VISITS.map((state) => kiosk(state)),
			...overlays.map((overlay) => kiosk({ at: "documents", ...at, ...NO_PAPERS }, { overlay })),
		];
		for (const screen of screens) {
			const said = clips(screen);
			expect(said.length, screen.state.at).toBeGreaterThan(0);
			for (const clip of said.filter((one) => one.startsWith("kiosk."))) {
				const text = (english as Record<string, string>)[clip.slice("kiosk.".length)];
				expect(text, clip).toBeTypeOf("string");
				expect(text, clip).not.toContain("{{");
			}
		}
	});

	test("follows the eyes: the question, then the choices; what to bring before the ticket", () => {
		expect(clips(kiosk({ at: "topics", ...at, notice: "none" })).slice(0, 3)).toEqual([
			"kiosk.topics.title",
			"kiosk.topics.hint",
			"topic.free",
		]);
		expect(clips(kiosk({ at: "documents", ...at, ...NO_PAPERS, nextTopics: ["free"] }))).toEqual([
			"topic.papers",
			"topic.free",
			"kiosk.documents.title",
			"document.passport",
			"kiosk.documents.take",
		]);
		expect(clips(kiosk({ ...ticket, paper: "ready" }))[0]).toBe("B007");
	});

	test("is nothing before a language is chosen", () => {
		expect(speechScriptOf(kiosk({ at: "languages" }))).toEqual([]);
	});
});

test("with one clip missing the whole screen is silent", () => {
	const names = ["kiosk.ticket.number", "kiosk.ticket.take", "kiosk.ticket.next", "letter-B", "digit-0", "digit-7"];
	const speech = (...there: string[]): Speech => ({
		language: "en",
		sentences: { call: [], number: ["kiosk.ticket.number", "{number}"] },
		clips: Object.fromEntries(there.map((name) => [name, name])),
	});
	const spoken = speechScriptOf(kiosk({ ...ticket, paper: "ready" }));
	expect(addressesOf(speech(...names), spoken)).toEqual([
		"kiosk.ticket.number",
		"letter-B",
		"digit-0",
		"digit-0",
		"digit-7",
		"kiosk.ticket.take",
		"kiosk.ticket.next",
	]);
	for (const missing of names)
		expect(addressesOf(speech(...names.filter((one) => one !== missing)), spoken)).toBeNull();
});

test("the mode is the visitor's own: asked for, left again, and gone with the state", () => {
	let state = kiosk({ at: "topics", ...at, notice: "none" });
	const dispatch = (event: object, time: number) => {
		state = reduceKiosk(state, { ...event, time } as Parameters<typeof reduceKiosk>[1]);
		return state;
	};
	expect(dispatch({ type: "read-aloud-opened" }, 1_000).overlay.kind).toBe("none");
	dispatch({ type: "mode-switched", mode: "readAloud" }, 2_000);
	expect(dispatch({ type: "read-aloud-opened" }, 3_000).overlay.kind).toBe("read-aloud");
	expect(dispatch({ type: "mode-switched", mode: "readAloud" }, 4_000)).toMatchObject({
		overlay: { kind: "none" },
		modes: { readAloud: "off" },
	});
	dispatch({ type: "mode-switched", mode: "readAloud" }, 5_000);
	expect(dispatch({ type: "left" }, 6_000).modes.readAloud).toBe("off");
});

test("before a language is chosen every language with clips offers itself, in the order of the tiles' list", () => {
	const passages = passagesOf(kiosk({ at: "languages" }, { readAloudLanguages: ["ja", "en"] }));
	expect(passages.map(({ language }) => language)).toEqual(["en", "ja"]);
	expect(passages.map(({ script }) => script)).toEqual([
		[{ clip: "kiosk.languages.choose" }],
		[{ clip: "kiosk.languages.choose" }],
	]);
	expect(passagesOf(kiosk({ at: "languages" }))).toEqual([]);
});
