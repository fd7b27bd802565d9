import { describe, expect, test } from "vitest";
import { createFleetClient } from "../../../../api-client/fleet-client.ts";
import type { FleetCommand, FleetMessage, FleetSnapshot, FleetStation } from "../../../../protocol/api/fleet.ts";
import type { StationId } from "../../../../protocol/model/ids.ts";
import type { StationReport } from "../../../../protocol/sync/sync.ts";
import { createFleet } from "../../../../renderer/fleet/effects/fleet-effects.ts";
import { catalogueOf } from "../../../../renderer/fleet/effects/read-catalogue-files.ts";
import { translateIn } from "../../../../renderer/fleet/messages/messages.ts";
import { namesIn } from "../../../../renderer/fleet/state/catalogue-names.ts";
import {
	BACKUP_OLD_AFTER_MS,
	classifyBackup,
	classifyFleet,
	classifyStation,
	MANY_UNSENT,
	OFFLINE_AFTER_MS,
	pickStations,
	rejectedUnattributed,
	topicsOf,
} from "../../../../renderer/fleet/state/classify.ts";
import { type FleetState, reduceFleet } from "../../../../renderer/fleet/state/state.ts";
import { FIELDS, fieldsOf, paperOf } from "../../../../renderer/fleet/state/station-fields.ts";
import type { EventStreamListener } from "../../../../renderer/ui/event-stream.ts";
import { createStore } from "../../../../renderer/ui/store.ts";
import { idleReport } from "../../../fixtures/idle-report.ts";
import { asSiteId, asStationId, asTopicId, randomId } from "../../../fixtures/ids.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const REPORT: StationReport = {
	...idleReport(asSiteId("a")),
	catalogueVersion: "3",
	waiting: 2,
	serving: 1,
	openCounters: 1,
	topics: [asTopicId("visa")],
};
const station = (change: Partial<FleetStation> = {}, report: Partial<StationReport> = {}): FleetStation => ({
	id: randomId(),
	site: asSiteId("a"),
	enrolledAt: 1,
	revokedAt: null,
	lastSeenAt: NOW - 10_000,
	clockOffset: 40,
	report: { ...REPORT, ...report },
	forks: 0,
	runsTwice: false,
	forksReviewed: null,
	refused: [],
	codeUntil: null,
	commands: [],
	...change,
});
const snapshot = (...stations: FleetStation[]): FleetSnapshot => ({
	time: NOW,
	version: "1",
	administrator: "lin",
	documents: [{ kind: "catalogue", version: 3, issuedAt: 1, publishedBy: "lin" }],
	backup: { made: true, missingSince: null },
	disk: null,
	refused: [],
	stations,
});
const commandOf = (number: number): FleetCommand => ({
	number,
	action: { kind: "print-test" },
	createdBy: "lin",
	createdAt: 1,
	outcome: "done",
	reason: null,
	outcomeAt: 1,
});
const classify = (...change: Parameters<typeof station>) => classifyStation(station(...change), snapshot(), NOW);

describe("what needs attention", () => {
	test.each([
		["good", [], [{}, {}]],
		["none", [], [{ enrolledAt: null }]],
		["none", [], [{ revokedAt: NOW }]],
		["attention", ["never-connected"], [{ lastSeenAt: null, report: null }]],
		["good", [], [{ lastSeenAt: NOW - OFFLINE_AFTER_MS }]],
		["bad", ["offline"], [{ lastSeenAt: NOW - OFFLINE_AFTER_MS - 1 }]],
		["bad", ["printer", "paper"], [{}, { printer: "paper-out", paperNearEnd: true }]],
		["attention", ["unprinted"], [{}, { unprinted: 1 }]],
		["attention", ["clock"], [{ clockOffset: -90_000 }]],
		["good", [], [{}, { unsent: MANY_UNSENT }]],
		["attention", ["disk"], [{}, { disk: { state: "low", freePercent: 9 } }]],
		["bad", ["disk-full"], [{}, { disk: { state: "full", freePercent: 0 } }]],
		["good", [], [{}, { disk: { state: "enough", freePercent: 10 } }]],
		["attention", ["unsent"], [{}, { unsent: MANY_UNSENT + 1 }]],
		["attention", ["refused"], [{ refused: [{ code: "BATCH_INVALID", count: 1, lastAt: NOW - 3_600_000 }] }]],
		["good", [], [{ refused: [{ code: "BATCH_INVALID", count: 1, lastAt: NOW - 48 * 3_600_000 }] }]],
		["attention", ["catalogue"], [{}, { catalogueVersion: "2" }]],
		["bad", ["runs-twice", "fork"], [{ runsTwice: true, forks: 1 }]],
		["attention", ["fork"], [{ forks: 1 }]],
		["good", [], [{ forks: 1, forksReviewed: { by: "lin", at: NOW, forks: 1 } }]],
		["attention", ["fork"], [{ forks: 2, forksReviewed: { by: "lin", at: NOW, forks: 1 } }]],
	] as const)("%s: %j", (severity, issues, change) => {
		expect(classify(...(change as unknown as Parameters<typeof station>))).toEqual({ severity, issues });
	});

	test("comes first, then by site; the filter takes severity, id and name", () => {
		const well = station({ site: asSiteId("b-museum") });
		const silent = station({ site: asSiteId("z-library"), lastSeenAt: 1 });
		const fresh = station({ site: asSiteId("a-museum"), enrolledAt: null });
		const all = classifyFleet(snapshot(well, fresh, silent), NOW);
		const names = namesIn(
			{
				version: 3,
				sites: { en: { "z-library": "Central Library" }, "zh-Hans": {} },
				topics: { en: {}, "zh-Hans": {} },
			},
			"en",
		);
		const sitesOf = (filter: string, severity: "good" | "bad" | null = null) =>
			pickStations(all, { filter, severity }, names.site).map((one) => one.station.site);
		expect(sitesOf("")).toEqual(["z-library", "b-museum", "a-museum"]);
		expect(sitesOf(" Museum ")).toEqual(["b-museum", "a-museum"]);
		expect(sitesOf("central")).toEqual(["z-library"]);
		expect(sitesOf("", "good")).toEqual(["b-museum"]);
		expect(sitesOf("museum", "bad")).toEqual([]);
	});

	test("topics are the catalogue's, the report's and the commands'", () => {
		const given = { number: 1, createdBy: "lin", createdAt: 1, outcome: null, reason: null, outcomeAt: null };
		const action = { kind: "set-topic", topic: asTopicId("tax"), open: false } as const;
		expect(topicsOf(station({ commands: [{ ...given, action }] }), [asTopicId("work")])).toEqual([
			"work",
			"visa",
			"tax",
		]);
	});

	test("unattributed refusals count for a day, typing mistakes do not", () => {
		const DAY = 24 * 3_600_000;
		const refusal = (code: string, lastAt: number) => ({ code, count: 3, lastAt });
		const late = refusal("TOKEN_REFUSED", NOW - DAY + 1);
		const refused = [
			late,
			refusal("TOKEN_REQUIRED", NOW - DAY),
			refusal("SIGN_IN_REFUSED", NOW),
			refusal("CODE_UNKNOWN", NOW),
		];
		expect(rejectedUnattributed({ refused }, NOW)).toEqual([late]);
	});

	test.each([
		["none", { made: false, missingSince: null }],
		["all", { made: true, missingSince: null }],
		["never", { made: false, missingSince: NOW }],
		["recent", { made: true, missingSince: NOW - BACKUP_OLD_AFTER_MS }],
		["old", { made: true, missingSince: NOW - BACKUP_OLD_AFTER_MS - 1 }],
	] as const)("a backup: %s", (classified, backup) => {
		expect(classifyBackup(backup, NOW)).toBe(classified);
	});
});

describe("the fields of a station", () => {
	const fields = (...change: Parameters<typeof station>) =>
		fieldsOf(station(...change), { t: translateIn("en"), language: "en", now: NOW });

	test("have everything that it reported", () => {
		const disk = { state: "low", freePercent: 7 } as const;
		const said = { unsent: 7, unprinted: 2, openCounters: 3, version: "1.2", paperNearEnd: true, disk };
		expect(fields({ forks: 2, clockOffset: -1_440 }, said)).toEqual({
			lastSeen: "10 sec. ago",
			waiting: "2",
			serving: "1",
			counters: "3",
			printer: "Ready",
			paper: "Low",
			unprinted: "2",
			unsent: "7",
			forks: "2",
			program: "1.2",
			catalogue: "3",
			clock: "-1.4 sec",
			disk: "7%",
		});
		expect(fields({}, { catalogueVersion: null }).catalogue).toBe("built-in");
	});

	test("are unknown for a station that never connected", () => {
		const unheard = fields({ report: null, lastSeenAt: null, clockOffset: null });
		expect(FIELDS.filter((field) => unheard[field] !== "–")).toEqual(["forks"]);
	});

	test.each([
		["ready", "ready", false],
		["near-end", "ready", true],
		["near-end", "cover-open", true],
		["out", "paper-out", true],
		[undefined, "unreachable", false],
		[undefined, "offline", true],
	])("paper is %s where the printer is %s", (paper, printer, paperNearEnd) => {
		expect(paperOf({ ...REPORT, printer, paperNearEnd })).toBe(paper);
	});
});

describe("a catalogue's files", () => {
	const file = (name: string, json: unknown) => ({ name, text: JSON.stringify(json) });
	test("are read one by one, translations in their folder", () => {
		expect(catalogueOf([file("groups.json", [1]), file("zh-Hans.json", { services: {} })])).toEqual({
			"groups.json": [1],
			"translations/zh-Hans.json": { services: {} },
		});
	});
	test("or as one file", () => {
		const whole = { "groups.json": [], "translations/ar.json": {} };
		expect(catalogueOf([file("network.json", whole)])).toEqual(whole);
	});
	test("are refused when they are not JSON", () => {
		expect(catalogueOf([{ name: "groups.json", text: "[" }])).toBeUndefined();
	});
});

describe("the page", () => {
	/** What the server answers to each request; one that is not here is not answered. */
	type Answers = Record<string, (url: URL) => Response | undefined>;
	const signedIn: Answers = { "GET session": () => Response.json({ administrator: "lin" }) };
	const open = (answers: Answers) => {
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const url = new URL(String(input), "http://server");
			const answer = answers[`${init?.method} ${url.pathname.slice("/fleet/api/".length)}`]?.(url);
			if (!answer) throw new TypeError("Failed to fetch");
			return answer;
		};
		const first: FleetState = { at: "loading" };
		const store = createStore(reduceFleet, first);
		const watched: EventStreamListener[] = [];
		const fleet = createFleet(store, {
			server: createFleetClient({ fetch }),
			watch: (listener) => {
				watched.push(listener);
				return () => {};
			},
			clock: () => NOW,
			later: () => {},
		});
		return { store, fleet, watched };
	};

	const whole = (...stations: FleetStation[]): FleetMessage => ({ kind: "whole", snapshot: snapshot(...stations) });

	test("asks for the session first, and says when it has ended", async () => {
		let isIn = true;
		const { store, fleet, watched } = open({
			"GET session": (url) =>
				isIn ? signedIn["GET session"]?.(url) : Response.json({ code: "SIGN_IN_REQUIRED" }, { status: 401 }),
		});
		await fleet.open();
		expect(store.read()).toEqual({ at: "loading" });
		watched[0]?.onMessage(whole());
		expect(store.read()).toMatchObject({ at: "signed-in", live: true });
		isIn = false;
		watched[0]?.onLost();
		await expect.poll(store.read).toEqual({ at: "signed-out", ended: true, attempt: { kind: "none" } });
	});

	test("keeps the last snapshot without the server, and applies changes to it", async () => {
		let answers = true;
		const { store, fleet, watched } = open({
			"GET session": (url) => (answers ? signedIn["GET session"]?.(url) : undefined),
		});
		await fleet.open();
		const one = station({ site: asSiteId("a") });
		watched[0]?.onMessage(whole(one));
		answers = false;
		watched[0]?.onLost();
		await expect.poll(store.read).toMatchObject({ at: "signed-in", live: false });
		const changes = { time: NOW + 1, gone: [], stations: [{ id: one.id, report: { waiting: 9 } }] };
		watched[0]?.onMessage({ kind: "changes", changes });
		expect(store.read()).toMatchObject({
			live: true,
			snapshot: { time: NOW + 1, stations: [{ ...one, report: { ...REPORT, waiting: 9 } }] },
		});
	});

	test("loads the names of each catalogue once", async () => {
		const asked: number[] = [];
		const none = { en: {}, "zh-Hans": {} };
		const { store, fleet, watched } = open({
			...signedIn,
			"GET names": () => {
				asked.push(asked.length);
				const sites = { en: { a: `name ${asked.length}` }, "zh-Hans": {} };
				return Response.json({ version: 3, sites, topics: none });
			},
		});
		await fleet.open();
		watched[0]?.onMessage(whole());
		watched[0]?.onMessage(whole());
		await expect.poll(store.read).toMatchObject({ names: { sites: { en: { a: "name 1" } } } });
		const documents = [{ kind: "catalogue" as const, version: 4, issuedAt: 1, publishedBy: "lin" }];
		watched[0]?.onMessage({ kind: "changes", changes: { time: NOW, stations: [], gone: [], documents } });
		await expect.poll(store.read).toMatchObject({ names: { sites: { en: { a: "name 2" } } } });
	});

	test("loads older commands until there are no more", async () => {
		const one = station();
		const { store, fleet, watched } = open({
			...signedIn,
			[`GET stations/${one.id}/commands`]: ({ searchParams }) => {
				const before = Number(searchParams.get("before") ?? 6);
				return Response.json({ commands: before > 2 ? [commandOf(before - 1), commandOf(before - 2)] : [] });
			},
		});
		await fleet.open();
		watched[0]?.onMessage(whole(one));
		store.dispatch({ type: "chosen", station: one.id });
		await fleet.olderCommands(one.id, null);
		expect(store.read()).toMatchObject({ older: { commands: [{ number: 5 }, { number: 4 }], end: false } });
		store.dispatch({ type: "chosen", station: one.id });
		await fleet.olderCommands(one.id, 4);
		expect(store.read()).toMatchObject({ older: { commands: [{ number: 3 }, { number: 2 }], end: false } });
		await fleet.olderCommands(one.id, 2);
		expect(store.read()).toMatchObject({ older: { commands: [{ number: 3 }, { number: 2 }], end: true } });
		store.dispatch({ type: "chosen", station: null });
		expect(store.read()).toMatchObject({ older: { commands: [], end: false } });
	});

	test("closes the confirmation after the action, refused or not", async () => {
		let code: string | undefined;
		const one = station({ enrolledAt: null });
		const { store, fleet, watched } = open({
			...signedIn,
			[`DELETE stations/${one.id}`]: () =>
				code === undefined ? new Response(null, { status: 204 }) : Response.json({ code }, { status: 409 }),
		});
		await fleet.open();
		watched[0]?.onMessage(whole(one));
		const remove = async () => {
			store.dispatch({ type: "confirming", confirming: "remove" });
			await fleet.remove(one.id);
			return store.read();
		};
		expect(await remove()).toMatchObject({ confirming: null, refused: null });
		code = "STATION_ALREADY_ENROLLED";
		expect(await remove()).toMatchObject({ confirming: null, refused: { code } });
	});

	test("hides a code when a device has used it, not before", () => {
		const code = { station: randomId<StationId>(), site: asSiteId("a"), code: "AAAAA-BBBBB", expiresAt: NOW + 1 };
		const first = reduceFleet({ at: "loading" }, { type: "message", message: whole(), now: NOW });
		const made = reduceFleet(first, { type: "code", code });
		const afterCode = (codeUntil: number | null) =>
			reduceFleet(made, {
				type: "message",
				message: whole(station({ id: asStationId(code.station), codeUntil })),
				now: NOW,
			});
		expect(afterCode(code.expiresAt)).toMatchObject({ code });
		expect(afterCode(null)).toMatchObject({ code: null });
	});
});
