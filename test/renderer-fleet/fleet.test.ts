import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { FleetPicture, FleetStation } from "../../protocol/fleet.ts";
import type { StationReport } from "../../protocol/sync.ts";
import { catalogueOf } from "../../renderer/fleet/catalogue-files.ts";
import { createFleet } from "../../renderer/fleet/fleet.ts";
import { judgeStation, knownTopics, MANY_UNSENT, orderStations, SILENT_AFTER } from "../../renderer/fleet/judge.ts";
import type { Server } from "../../renderer/fleet/server.ts";
import { type FleetState, reduceFleet } from "../../renderer/fleet/state.ts";
import { ago, apart } from "../../renderer/fleet/times.ts";
import { createStore } from "../../renderer/ui/store.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const REPORT: StationReport = {
	site: "a",
	version: "1",
	catalogueVersion: "3",
	unsent: 0,
	printer: "ready",
	paperNearEnd: false,
	unprinted: 0,
	waiting: 2,
	serving: 1,
	openCounters: 1,
	topics: ["visa"],
	wait: null,
};
const station = (change: Partial<FleetStation> = {}, report: Partial<StationReport> = {}): FleetStation => ({
	id: randomUUID(),
	site: "a",
	enrolledAt: 1,
	retiredAt: null,
	lastHeardAt: NOW - 10_000,
	clockOffset: 40,
	report: { ...REPORT, ...report },
	forks: 0,
	refused: [],
	codeUntil: null,
	commands: [],
	...change,
});
const picture = (...stations: FleetStation[]): FleetPicture => ({
	time: NOW,
	version: "1",
	administrator: "lin",
	documents: [{ kind: "catalogue", version: 3, issuedAt: 1, publishedBy: "lin" }],
	stations,
});
const judge = (...change: Parameters<typeof station>) => judgeStation(station(...change), picture(), NOW);

describe("what IT should look at", () => {
	test.each([
		["good", [], [{}, {}]],
		["none", [], [{ enrolledAt: null }]],
		["none", [], [{ retiredAt: NOW }]],
		["attention", ["never-heard"], [{ lastHeardAt: null, report: null }]],
		["good", [], [{ lastHeardAt: NOW - SILENT_AFTER }]],
		["bad", ["silent"], [{ lastHeardAt: NOW - SILENT_AFTER - 1 }]],
		["bad", ["printer", "paper"], [{}, { printer: "paper-out", paperNearEnd: true }]],
		["attention", ["unprinted"], [{}, { unprinted: 1 }]],
		["attention", ["clock"], [{ clockOffset: -90_000 }]],
		["good", [], [{}, { unsent: MANY_UNSENT }]],
		["attention", ["unsent"], [{}, { unsent: MANY_UNSENT + 1 }]],
		["attention", ["refused"], [{ refused: [{ code: "BATCH_BROKEN", count: 1, lastAt: NOW - 3_600_000 }] }]],
		["good", [], [{ refused: [{ code: "BATCH_BROKEN", count: 1, lastAt: NOW - 48 * 3_600_000 }] }]],
		["attention", ["catalogue"], [{}, { catalogueVersion: "2" }]],
	] as const)("%s: %j", (standing, matters, change) => {
		expect(judge(...(change as unknown as Parameters<typeof station>))).toEqual({ standing, matters });
	});

	test("comes first; the rest by site, and only what was looked for", () => {
		const well = station({ site: "b-museum" });
		const silent = station({ site: "z-library", lastHeardAt: 1 });
		const fresh = station({ site: "a-museum", enrolledAt: null });
		const sitesOf = (filter: string) =>
			orderStations(picture(well, fresh, silent), NOW, filter).map((one) => one.station.site);
		expect(sitesOf("")).toEqual(["z-library", "b-museum", "a-museum"]);
		expect(sitesOf(" Museum ")).toEqual(["b-museum", "a-museum"]);
	});

	test("topics that a command has closed can be opened again", () => {
		const given = { number: 1, madeBy: "lin", madeAt: 1, outcome: null, reason: null, outcomeAt: null };
		const act = { kind: "set-topic", topic: "tax", open: false } as const;
		expect(knownTopics(picture(station({ commands: [{ ...given, act }] }), station()))).toEqual(["tax", "visa"]);
	});
});

describe("a catalogue's files", () => {
	const file = (name: string, json: unknown) => ({ name, text: JSON.stringify(json) });
	test("one by one, words in their folder", () => {
		expect(catalogueOf([file("groups.json", [1]), file("zh-Hans.json", { services: {} })])).toEqual({
			"groups.json": [1],
			"words/zh-Hans.json": { services: {} },
		});
	});
	test("or all in one", () => {
		const whole = { "groups.json": [], "words/ar.json": {} };
		expect(catalogueOf([file("network.json", whole)])).toEqual(whole);
	});
	test("what is not JSON is none", () => {
		expect(catalogueOf([{ name: "groups.json", text: "[" }])).toBeUndefined();
	});
});

describe("the page", () => {
	const open = (server: Partial<Server>) => {
		const store = createStore(reduceFleet, { at: "loading" } as FleetState);
		const watched: (() => void)[] = [];
		const fleet = createFleet(store, {
			server: server as Server,
			watch: ({ onLost }) => {
				watched.push(onLost);
				return () => {};
			},
			clock: () => NOW,
			later: () => {},
		});
		return { store, fleet, watched };
	};

	test("asks who it is before anything else, and says when a session has ended", async () => {
		let isIn = true;
		const { store, fleet, watched } = open({
			picture: async () =>
				isIn ? { kind: "ok", value: picture() } : { kind: "refused", code: "SIGN_IN_REQUIRED", data: {} },
		});
		await fleet.open();
		expect(store.read()).toMatchObject({ at: "looking", live: true });
		isIn = false;
		watched[0]?.();
		await expect.poll(store.read).toEqual({ at: "entering", ended: true, trial: { kind: "none" } });
	});

	test("keeps the last picture while the server is away", async () => {
		let answers = true;
		const { store, fleet, watched } = open({
			picture: async () => (answers ? { kind: "ok", value: picture() } : { kind: "missed" }),
		});
		await fleet.open();
		answers = false;
		watched[0]?.();
		await expect.poll(store.read).toMatchObject({ at: "looking", live: false });
	});

	test("a code goes when a device has used it, not before", () => {
		const code = { station: randomUUID(), site: "a", code: "AAAAA-BBBBB", expiresAt: NOW + 1 };
		const first = reduceFleet({ at: "loading" }, { type: "picture", picture: picture(), now: NOW });
		const made = reduceFleet(first, { type: "code", code });
		const told = (codeUntil: number | null) =>
			reduceFleet(made, { type: "picture", picture: picture(station({ id: code.station, codeUntil })), now: NOW });
		expect(told(code.expiresAt)).toMatchObject({ code });
		expect(told(null)).toMatchObject({ code: null });
	});
});

test("ages and clocks in words", () => {
	expect(ago(NOW - 125_000, NOW, "en")).toBe("2 min. ago");
	expect(ago(NOW + 5, NOW, "zh-Hans")).toBe("现在");
	expect(apart(-1_440, "en")).toBe("-1.4 sec");
	expect(apart(3_600_000, "zh-Hans")).toBe("+60分钟");
});
