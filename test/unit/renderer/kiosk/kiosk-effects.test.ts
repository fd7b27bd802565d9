import { afterEach, expect, test, vi } from "vitest";
import { type Refused, UNREACHABLE } from "../../../../api-client/answer.ts";
import type { Language } from "../../../../protocol/model/language.ts";
import { startKioskEffects } from "../../../../renderer/kiosk/effects/kiosk-effects.ts";
import type { MessageLoadResult } from "../../../../renderer/kiosk/effects/language-loader.ts";
import { createStation, type Station } from "../../../../renderer/kiosk/effects/station-client.ts";
import type { KioskEvent } from "../../../../renderer/kiosk/state/events.ts";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk } from "../../../../renderer/kiosk/state/state.ts";
import { createStore } from "../../../../renderer/ui/store.ts";
import { sampleTicket, sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

afterEach(() => {
	vi.useRealTimers();
});

const ok = <Value>(value: Value) => ({ kind: "ok" as const, value });
const refused = (code: string, data: Refused["data"] = {}): Refused => ({ kind: "refused", code, message: code, data });

/** A kiosk on a stand-in station and a clock that the test moves. */
function kioskOn(station: Partial<Station>, messages: (language: Language) => MessageLoadResult = () => "loaded") {
	vi.useFakeTimers({ now: 1_000_000 });
	const store = createStore(reduceKiosk, initialKiosk(Date.now()));
	const issued: string[] = [];
	const prepared: string[] = [];
	const effects = startKioskEffects({
		store,
		station: {
			topics: async (language) => ok(sampleTopics(language, [sampleTopic("free")])),
			askHelp: async () => ok(null),
			helpCall: async () => ok({ open: true }),
			checkIn: async () => ok(sampleTicket({ number: "B007" })),
			otherSites: async () => ok({ sites: [] }),
			speaks: async () => ok(false),
			reportDamagedMessages: async () => ok(null),
			printDirections: async () => ok(null),
			checklist: async () => refused("TOPIC_UNKNOWN"),
			printChecklist: async () => ok(null),
			keywords: async () => ok({ topics: {}, texts: { nothing: "", allTopics: "", askStaff: "" } }),
			reportSearchMiss: async () => ok(null),
			ticket: async () => ok(sampleTicket({ print: { state: "confirmed" } })),
			...station,
			async issue(request) {
				issued.push(request.key);
				return (await station.issue?.(request)) ?? ok(sampleTicket());
			},
		},
		loadLanguage: async (language) => {
			prepared.push(`${language} opened`);
			return messages(language);
		},
		preloadScreens: async () => {},
		languages: ["zh-Hans", "en"],
		prerender: async (language) => {
			prepared.push(`${language} prerendered`);
			if (language === "zh-Hans") throw new Error("a screen that cannot be drawn beforehand");
		},
		now: Date.now,
		sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
	});
	const dispatch = (event: Omit<KioskEvent, "time"> & Record<string, unknown>) =>
		store.dispatch({ ...event, time: Date.now() } as KioskEvent);
	return {
		store,
		issued,
		prepared,
		effects,
		dispatch,
		pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
		async takeTicket(language: Language = "en") {
			await vi.advanceTimersByTimeAsync(500);
			dispatch({ type: "language-selected", language, key: "the-state" });
			await vi.advanceTimersByTimeAsync(500);
			dispatch({ type: "topic-selected", topic: "free" });
		},
	};
}

test("from the tap to the confirmed paper", async () => {
	const kiosk = kioskOn({});
	await kiosk.takeTicket();
	expect(kiosk.store.read().state.at).toBe("issuing");
	await kiosk.pass(1_000);
	expect(kiosk.store.read().state).toMatchObject({ at: "ticket", paper: "ready" });
	expect(kiosk.issued).toEqual(["the-state"]);
});

test("a station that comes back within the state still gives the ticket, under the same key", async () => {
	let down = true;
	const kiosk = kioskOn({
		issue: async () => {
			if (down) return UNREACHABLE;
			return ok(sampleTicket());
		},
	});
	await kiosk.takeTicket();
	await kiosk.pass(1_000);
	expect(kiosk.store.read().link.kind).toBe("lost");
	down = false;
	await kiosk.pass(3_500);
	expect(kiosk.store.read().state.at).toBe("ticket");
	expect(new Set(kiosk.issued)).toEqual(new Set(["the-state"]));
});

test("a refusal is not asked again", async () => {
	const kiosk = kioskOn({
		issue: async () => refused("KIOSK_KEY_REQUIRED"),
	});
	await kiosk.takeTicket();
	await kiosk.pass(10_000);
	expect(kiosk.store.read().state.at).toBe("refused");
	expect(kiosk.issued).toHaveLength(1);
});

test.each([
	["TOPIC_CLOSED", "closed"],
	["TOPIC_FULL", "full"],
	["SITE_CLOSED", "site-closed"],
])(
	"%s at the last tap is told as the tile would have told it, of the topic that the station names",
	async (code, reason) => {
		const kiosk = kioskOn({
			issue: async () => refused(code, { topic: "another" }),
		});
		await kiosk.takeTicket();
		await kiosk.pass(10_000);
		expect(kiosk.store.read().state).toMatchObject({ at: "unavailable", topic: "another", reason });
		expect(kiosk.issued).toHaveLength(1);
	},
);

test("the station's refusal says which topic it is about, where it says so", async () => {
	const refusing = (data: unknown) =>
		createStation("key", async () => Response.json({ code: "TOPIC_FULL", data }, { status: 409 }));
	const ask = { topic: "free", nextTopics: ["other"], people: 1, language: "en", key: "the-state" } as const;
	expect(await refusing({ topic: "other", quota: 3 }).issue(ask)).toMatchObject({ data: { topic: "other" } });
	expect(await refusing(undefined).issue(ask)).toMatchObject({ kind: "refused", code: "TOPIC_FULL", data: {} });
});

test("a state given up is not issued afterwards", async () => {
	const kiosk = kioskOn({
		issue: async () => UNREACHABLE,
	});
	await kiosk.takeTicket();
	await kiosk.pass(1_000);
	kiosk.dispatch({ type: "screen-failed" });
	const asked = kiosk.issued.length;
	await kiosk.pass(60_000);
	expect(kiosk.issued).toHaveLength(asked);
});

test("a dead station is noticed on the first screen, and its return too", async () => {
	let down = false;
	const kiosk = kioskOn({
		topics: async (language) => {
			if (down) return UNREACHABLE;
			return ok(sampleTopics(language, [sampleTopic("free")]));
		},
	});
	await kiosk.pass(500);
	down = true;
	await kiosk.pass(11_000);
	expect(kiosk.store.read().link.kind).toBe("lost");
	down = false;
	await kiosk.pass(3_500);
	expect(kiosk.store.read().link.kind).toBe("reached");
});

test("staff are said to be called only once the station has heard it", async () => {
	const heard: (Language | null)[] = [];
	const kiosk = kioskOn({
		askHelp: async (language) => {
			heard.push(language);
			return ok(null);
		},
	});
	await kiosk.pass(500);
	kiosk.dispatch({ type: "staff-requested" });
	expect(kiosk.store.read().overlay).toMatchObject({ kind: "staff", call: "sending" });
	await kiosk.pass(1);
	expect(heard).toEqual([null]);
	expect(kiosk.store.read().overlay).toMatchObject({ kind: "staff", call: "received" });
});

test("a member of staff is said to be coming only once one has said so", async () => {
	let answer: Awaited<ReturnType<Station["helpCall"]>> = ok({ open: true });
	const kiosk = kioskOn({ helpCall: async () => answer });
	await kiosk.pass(500);
	kiosk.dispatch({ type: "staff-requested" });
	await kiosk.pass(30_000);
	expect(kiosk.store.read().overlay).toMatchObject({ call: "received" });
	answer = UNREACHABLE;
	await kiosk.pass(10_000);
	expect(kiosk.store.read().overlay).toMatchObject({ call: "received" });
	answer = ok({ open: false });
	await kiosk.pass(3_000);
	expect(kiosk.store.read().overlay).toMatchObject({ kind: "staff", call: "answered" });
});

test("a call that the station missed is not said to be heard", async () => {
	const kiosk = kioskOn({
		askHelp: async () => UNREACHABLE,
	});
	await kiosk.pass(500);
	kiosk.dispatch({ type: "staff-requested" });
	await kiosk.pass(1);
	expect(kiosk.store.read().overlay).toMatchObject({ kind: "staff", call: "failed" });
});

test("a call that was missed is made again until the station hears it, and not once its dialog is closed", async () => {
	let down = true;
	const heard: (Language | null)[] = [];
	const kiosk = kioskOn({
		askHelp: async (language) => {
			if (down) return UNREACHABLE;
			heard.push(language);
			return ok(null);
		},
	});
	await kiosk.pass(500);
	kiosk.dispatch({ type: "staff-requested" });
	await kiosk.pass(10_000);
	expect(kiosk.store.read().overlay).toMatchObject({ call: "failed" });
	kiosk.dispatch({ type: "overlay-closed" });
	await kiosk.pass(500);
	down = false;
	await kiosk.pass(10_000);
	expect(heard).toEqual([]);
	down = true;
	kiosk.dispatch({ type: "staff-requested" });
	await kiosk.pass(5_000);
	down = false;
	await kiosk.pass(5_000);
	expect(heard).toEqual([null]);
	expect(kiosk.store.read().overlay).toMatchObject({ kind: "staff", call: "received" });
});

test("an answer that comes after its dialog was closed does not speak for the next call", async () => {
	const answers: (() => void)[] = [];
	const kiosk = kioskOn({ askHelp: () => new Promise((answer) => answers.push(() => answer(ok(null)))) });
	await kiosk.pass(500);
	for (const event of ["staff-requested", "overlay-closed", "staff-requested"] as const) {
		kiosk.dispatch({ type: event });
		await kiosk.pass(500);
	}
	answers[0]?.();
	await kiosk.pass(1);
	expect(kiosk.store.read().overlay).toMatchObject({ call: "sending" });
	answers[1]?.();
	await kiosk.pass(1);
	expect(kiosk.store.read().overlay).toMatchObject({ call: "received" });
});

test("where no number came, staff are called by themselves, in the visitor's language", async () => {
	const heard: (Language | null)[] = [];
	const kiosk = kioskOn({
		issue: () => new Promise(() => {}),
		askHelp: async (language) => {
			heard.push(language);
			return ok(null);
		},
	});
	const ticks = setInterval(() => kiosk.dispatch({ type: "ticked" }), 250);
	await kiosk.takeTicket();
	await kiosk.pass(31_000);
	expect(kiosk.store.read()).toMatchObject({ state: { at: "refused" }, overlay: { kind: "staff", call: "received" } });
	expect(heard).toEqual(["en"]);
	clearInterval(ticks);
});

test("words that one lost request kept away come in the quiet time", async () => {
	let found: MessageLoadResult = "unavailable";
	const kiosk = kioskOn({}, () => found);
	await kiosk.pass(5_000);
	const opened = () => kiosk.prepared.filter((one) => one === "en opened").length;
	expect(opened()).toBe(1);
	found = "loaded";
	await kiosk.pass(90_000);
	expect(opened()).toBe(2);
	await kiosk.pass(300_000);
	expect(opened()).toBe(2);
});

test("a language whose file is damaged is told to the station once, and looked for again", async () => {
	const told: Language[] = [];
	let lost = true;
	const kiosk = kioskOn(
		{
			reportDamagedMessages: async (language) => {
				if (lost) return UNREACHABLE;
				told.push(language);
				return ok(null);
			},
		},
		(language) => (language === "en" ? "damaged" : "loaded"),
	);
	await kiosk.pass(5_000);
	lost = false;
	await kiosk.pass(300_000);
	expect(told).toEqual(["en"]);
	expect(kiosk.prepared.filter((one) => one === "en opened").length).toBeGreaterThan(2);
});

test("whether a language can be read aloud is asked until the station has said so", async () => {
	let asked = 0;
	const kiosk = kioskOn({
		speaks: async (language) => {
			if (language !== "en") return ok(false);
			asked += 1;
			if (asked === 1) return UNREACHABLE;
			return ok(true);
		},
	});
	await kiosk.pass(5_000);
	expect(kiosk.store.read().readAloudLanguages).toEqual([]);
	await kiosk.pass(90_000);
	expect(kiosk.store.read().readAloudLanguages).toEqual(["en"]);
	await kiosk.pass(300_000);
	expect(asked).toBe(2);
});

test("a booking's code is asked until the station answers; what it refuses is told", async () => {
	let answers = 0;
	const kiosk = kioskOn({
		ticket: async () => ok(sampleTicket({ number: "B007" })),
		checkIn: async (code) => {
			answers += 1;
			if (answers === 1) return UNREACHABLE;
			if (code === "WRONG") return refused("VISIT_UNKNOWN");
			return ok(sampleTicket({ number: "B007" }));
		},
	});
	await kiosk.pass(500);
	kiosk.dispatch({ type: "language-selected", language: "en", key: "the-state" });
	await kiosk.pass(500);
	for (const code of ["WRONG", "RIGHT"]) {
		if (code === "WRONG") kiosk.dispatch({ type: "check-in-opened" });
		await kiosk.pass(500);
		kiosk.dispatch({ type: "code-typed", typed: code });
		kiosk.dispatch({ type: "check-in-requested" });
		await kiosk.pass(2_000);
		if (code === "WRONG") expect(kiosk.store.read().state).toMatchObject({ at: "check-in", result: "unknown" });
	}
	expect(kiosk.store.read().state).toMatchObject({ at: "ticket", ticket: { number: "B007" } });
	expect(answers).toBe(3);
});

test("between visitors every language is opened, then its screen prerendered, never while somebody stands there", async () => {
	const kiosk = kioskOn({});
	kiosk.dispatch({ type: "language-selected", language: "en", key: "the-state" });
	await kiosk.pass(10_000);
	expect(kiosk.prepared).toEqual(["en opened"]);
	kiosk.dispatch({ type: "left" });
	await kiosk.pass(5_000);
	expect(kiosk.prepared).toEqual(["en opened", "zh-Hans opened", "zh-Hans prerendered", "en prerendered"]);
	await kiosk.pass(60_000);
	expect(kiosk.prepared).toHaveLength(4);
});
