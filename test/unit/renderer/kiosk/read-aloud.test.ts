import { describe, expect, test } from "vitest";
import type { Topic } from "../../../../protocol/api/board.ts";
import type { Language } from "../../../../protocol/model/language.ts";
import type { Sentence, Speech } from "../../../../protocol/model/speech.ts";
import { changeScript } from "../../../../renderer/kiosk/read-aloud/announcements.ts";
import { type ButtonTexts, buttonPassages } from "../../../../renderer/kiosk/read-aloud/buttons.ts";
import { type AudioOutput, detectPlug } from "../../../../renderer/kiosk/read-aloud/headset.ts";
import {
	addressesOf,
	passagesOf,
	type SpeechScript,
	sceneOf,
	speechScriptOf,
	topicWithWait,
} from "../../../../renderer/kiosk/read-aloud/speech-script.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk, type Kiosk, type KioskState } from "../../../../renderer/kiosk/state/state.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

const TOPICS = [
	sampleTopic("work"),
	sampleTopic("tax", { rank: 2, availability: "full" }),
	sampleTopic("tower", { rank: 3 }),
];
const at = { language: "en", key: "k", page: 0 } as const;
const topicsScreen: KioskState = { at: "topics", ...at, notice: "none" };
const kiosk = (state: KioskState, change: Partial<Kiosk> = {}): Kiosk => ({
	...reduceKiosk(initialKiosk(0), { type: "topics-received", time: 0, topics: sampleTopics("en", TOPICS) }),
	readAloudLanguages: ["en"],
	state,
	...change,
});

/** Everything that can be said, except what is named. */
const SENTENCES: Partial<Record<Sentence, string[]>> = {
	call: ["call-1", "{number}", "call-2", "{counter}"],
	number: ["kiosk.ticket.number", "{number}"],
	wait: ["wait-1", "{from}", "wait-2", "{to}"],
	waitAbout: ["wait-about", "{from}"],
	waitLeast: ["wait-least", "{from}"],
	ahead: ["ahead-1", "{count}"],
	people: ["people-1", "{count}"],
};
const speechWithout = (...missing: string[]): Speech => ({
	language: "en",
	sentences: SENTENCES,
	clips: new Proxy({} as Record<string, string>, {
		get: (_, name: string) => (isClip(name) && !missing.includes(name) ? name : undefined),
		has: (_, name: string) => isClip(name) && !missing.includes(name),
	}),
});
const isClip = (name: string) => !/^count-/.test(name) || /^count-([1-9]|[12]\d|30)$/.test(name);
const heard = (script: SpeechScript, ...missing: string[]) => addressesOf(speechWithout(...missing), script);

describe("a topic's wait", () => {
	const waiting = (ahead: number, minMinutes: number, maxMinutes: number, over: Partial<Topic> = {}) =>
		topicWithWait(sampleTopic("work", { ahead, wait: { minMinutes, maxMinutes }, ...over }));

	test("is said as a range, about so much, none, or at least what has a clip", () => {
		expect(heard(waiting(3, 5, 12))).toEqual(["topic.work", "wait-1", "count-5", "wait-2", "count-12"]);
		expect(heard(waiting(1, 0, 5))).toEqual(["topic.work", "wait-1", "digit-0", "wait-2", "count-5"]);
		expect(heard(waiting(3, 8, 8))).toEqual(["topic.work", "wait-about", "count-8"]);
		expect(heard(waiting(0, 0, 0))).toEqual(["topic.work", "kiosk.wait.none"]);
		expect(heard(waiting(9, 25, 40))).toEqual(["topic.work", "wait-least", "count-25"]);
		expect(heard(waiting(9, 50, 90))).toEqual(["topic.work", "wait-least", "count-30"]);
	});

	test("is left out where one of its clips is missing; that a topic is not taken is not", () => {
		expect(heard(waiting(3, 5, 12), "wait-2")).toEqual(["topic.work"]);
		expect(heard(waiting(3, 5, 12, { availability: "full" }))).toEqual(["topic.work", "kiosk.topics.full"]);
		expect(heard(waiting(3, 5, 12, { availability: "closed" }), "kiosk.topics.closed")).toBeNull();
	});

	test("is followed by what else its tile shows: the last numbers of the day, or that none is given at this hour", () => {
		expect(heard(waiting(3, 8, 8, { availability: "last" }))).toEqual([
			"topic.work",
			"wait-about",
			"count-8",
			"kiosk.topics.last",
		]);
		expect(heard(waiting(3, 8, 8, { availability: "site-closed" }))).toEqual([
			"topic.work",
			"kiosk.topics.site-closed",
		]);
	});
});

describe("a ticket", () => {
	const ticket = (over: Parameters<typeof sampleTicket>[0]): KioskState => ({
		at: "ticket",
		language: "en",
		key: "state-1",
		ticket: sampleTicket({ number: "B7", ...over }),
		code: undefined,
		paper: "ready",
		paperSince: 0,
		since: 0,
	});

	test("says how many are ahead, and the counter once it is called", () => {
		const said = (over: Parameters<typeof sampleTicket>[0]) => heard(speechScriptOf(kiosk(ticket(over))))?.join(" ");
		expect(said({ ahead: 4 })).toContain("kiosk.ticket.take ahead-1 count-4");
		expect(said({ ahead: 0 })).toContain("kiosk.ticket.ahead kiosk.ticket.noneAhead");
		expect(said({ ahead: 44 })).not.toContain("ahead");
		expect(said({ state: "called", counter: asCounter("3") })).toContain("call-1 letter-B digit-7 call-2 count-3");
		expect(said({ state: "called", counter: asCounter("3") })).not.toContain("kiosk.ticket.next");
	});

	test("outlives the station; any other screen says that the station is lost, as it shows it", () => {
		const lost = { link: { kind: "lost" } } as const;
		expect(sceneOf(kiosk(ticket({}), lost))).toBe(sceneOf(kiosk(ticket({}))));
		for (const state of [topicsScreen, { at: "search", ...at, page: 0, typed: "" } as const])
			expect(heard(speechScriptOf(kiosk(state, lost)))).toEqual([
				"kiosk.connectionLost.title",
				"kiosk.connectionLost.hint",
			]);
		const readAloudLanguages: Language[] = ["en", "zh-Hans", "fr"];
		const passages = passagesOf(kiosk({ at: "languages" }, { ...lost, readAloudLanguages }));
		expect(passages.map(({ language }) => language)).toEqual(["zh-Hans", "en"]);
		expect(passages.map((one) => heard(one.script)?.[0])).toEqual([
			"kiosk.connectionLost.title",
			"kiosk.connectionLost.title",
		]);
	});
});

test("a question on the first screen is asked in Chinese and in English, as it is written", () => {
	const asked = kiosk(
		{ at: "languages" },
		{ readAloudLanguages: ["en"], overlay: { kind: "idle", until: 1, seconds: 1 } },
	);
	expect(passagesOf(asked)).toMatchObject([{ language: "en", script: [{ clip: "kiosk.idle.title" }, {}] }]);
});

test("a screen is the same while only its figures change, and another when what can be had does", () => {
	const scene = (...topics: Topic[]) => sceneOf({ ...kiosk(topicsScreen), topics: { en: sampleTopics("en", topics) } });
	const wait = { minMinutes: 5, maxMinutes: 9 };
	expect(scene(sampleTopic("work", { ahead: 2, wait }))).toBe(scene(sampleTopic("work")));
	expect(scene(sampleTopic("work", { ahead: 2 }))).toBe(scene(sampleTopic("work")));
	expect(scene(sampleTopic("work", { availability: "full" }))).not.toBe(scene(sampleTopic("work")));
	const plan = (people: number, ...topics: string[]) =>
		sceneOf(kiosk({ at: "plan", ...at, notice: "none", topics, people }));
	expect(plan(2, "work")).toBe(plan(1));
});

test("a site that is closed says so instead of asking for a topic", () => {
	const shown = kiosk(topicsScreen);
	const known = sampleTopics("en", TOPICS);
	const closed = { ...shown, topics: { en: { ...known, site: { ...known.site, open: false } } } };
	expect(heard(speechScriptOf(closed))?.slice(0, 3)).toEqual(["kiosk.topics.title", "kiosk.site.closed", "topic.work"]);
	// Where there is no more, nothing says that there is.
	expect(heard(speechScriptOf(shown))).not.toContain("kiosk.topics.more");
});

describe("what a button says", () => {
	const keys = new Map([
		["Back", "back"],
		["High contrast", "toolbar.contrast"],
		["Print the way there", "directions.print"],
	]);
	const chinese = new Map([["高对比度", "toolbar.contrast"]]);
	const said = (shown: Kiosk, written: Partial<ButtonTexts> & { texts: ButtonTexts["texts"] }) =>
		buttonPassages(shown, { pressed: undefined, ...written }, (language) => (language === "en" ? keys : chinese)).map(
			({ language, script }) => [language, ...(heard(script) ?? ["nothing"])].join(" "),
		);
	const en = (...texts: string[]) => texts.map((text) => ({ text, language: "en" as const }));

	test("is its own clip, a topic's with the wait, a key's letter", () => {
		const shown = kiosk(topicsScreen);
		expect(said(shown, { texts: en("Back") })).toEqual(["en kiosk.back"]);
		expect(said(shown, { texts: en("work", "No wait") })).toEqual(["en topic.work kiosk.wait.none"]);
		expect(said(shown, { texts: en("tax", "No more numbers today") })).toEqual(["en topic.tax kiosk.topics.full"]);
		expect(said(shown, { texts: en("T") })).toEqual(["en letter-T"]);
		expect(said(shown, { texts: en("7") })).toEqual(["en digit-7"]);
	});

	test("tells whether it is pressed, where it can be", () => {
		const contrast = (pressed: boolean) => said(kiosk(topicsScreen), { texts: en("High contrast"), pressed });
		expect(contrast(true)).toEqual(["en kiosk.toolbar.contrast chosen"]);
		expect(contrast(false)).toEqual(["en kiosk.toolbar.contrast not-chosen"]);
	});

	test("is in each language that is written on it; a language's tile offers its language", () => {
		const both = [{ text: "高对比度", language: "zh-Hans" as const }, ...en("High contrast")];
		expect(said(kiosk({ at: "languages" }), { texts: both })).toEqual([
			"zh-Hans kiosk.toolbar.contrast",
			"en kiosk.toolbar.contrast",
		]);
		expect(said(kiosk({ at: "languages" }), { texts: [{ text: "日本語", language: "ja" }] })).toEqual([
			"ja kiosk.languages.choose",
		]);
	});

	test("is nothing where its name has no clip, whatever else stands on it", () => {
		expect(said(kiosk(topicsScreen), { texts: en("A site that nobody recorded", "Back") })).toEqual([]);
		expect(said(kiosk(topicsScreen), { texts: en("Ж") })).toEqual([]);
		expect(said(kiosk(topicsScreen), { texts: [] })).toEqual([]);
	});
});

describe("what was done on a screen that stays", () => {
	const search = (typed: string): KioskState => ({ at: "search", ...at, page: 0, typed });
	const booking = (typed: string): KioskState => ({ at: "check-in", ...at, typed, result: "none", since: 0 });
	const news = (before: KioskState, after: KioskState) => heard(changeScript(kiosk(before), kiosk(after)));

	test("is the letter and what it found; a digit; that one was taken back; how many people", () => {
		expect(news(search(""), search("t"))).toEqual(["letter-T", "topic.tax", "topic.tower"]);
		expect(news(search("t"), search("to"))).toEqual(["letter-O", "topic.tower"]);
		expect(news(search("to"), search("t"))).toEqual(["kiosk.checkIn.erase"]);
		expect(news(booking("A"), booking("A7"))).toEqual(["digit-7"]);
		expect(news(booking("A"), booking("A-"))).toEqual([]);
		const plan = (people: number): KioskState => ({ at: "plan", ...at, notice: "none", topics: [], people });
		expect(news(plan(1), plan(2))).toEqual(["people-1", "count-2"]);
	});

	test("is what everyday words found as well, as the screen shows it", () => {
		const words = { tower: { words: ["flat"], documents: [], pinyin: [] } };
		const script = changeScript(kiosk(search("fla")), kiosk(search("flat")), words);
		expect(heard(script)).toEqual(["letter-T", "topic.tower"]);
	});

	test("is nothing where nothing was, or where another screen came", () => {
		expect(news(search("t"), search("t"))).toEqual([]);
		expect(news(topicsScreen, search(""))).toEqual([]);
		expect(news(search("t"), topicsScreen)).toEqual([]);
	});
});

test("a headset is what its label says; without labels nobody can tell, and nothing happens", () => {
	const output = (label: string): AudioOutput => ({ kind: "audiooutput", label });
	const speakers = output("HDMI 1 (Display)");
	const headset = output("USB Headset Analog Stereo");
	expect(detectPlug([speakers], [speakers, headset])).toBe("plugged");
	expect(detectPlug([speakers, headset], [speakers])).toBe("unplugged");
	expect(detectPlug([headset], [headset, output("Kopfhörer (Realtek)")])).toBeUndefined();
	expect(detectPlug([speakers], [speakers, output("HDMI 2 (Display)")])).toBeUndefined();
	expect(detectPlug([output("")], [output(""), output("")])).toBeUndefined();
	expect(detectPlug([speakers], [speakers, { kind: "audioinput", label: "Headset Microphone" }])).toBeUndefined();
});
