import fc from "fast-check";
import { expect, test } from "vitest";
import type { FleetSnapshot, FleetStation } from "../../../protocol/api/fleet.ts";
import { changesBetween, type SharedSnapshot, withChanges } from "../../../protocol/api/fleet-changes.ts";
import { type FleetUpdate, openFleetWatch } from "../../../server/fleet/fleet-watch.ts";
import { asSiteId, asStationId, asTopicId } from "../../fixtures/ids.ts";
import { makeHello } from "../../fixtures/sync-events.ts";

const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);
const { report } = makeHello();
const IDS = ["a", "b", "c", "d"];

const anyReport = fc.option(
	fc
		.record({
			waiting: fc.nat(2),
			topics: fc.subarray([asTopicId("visa"), asTopicId("tax")]),
			open: fc.constantFrom(true, false, undefined),
		})
		// A report of an older station does not have the field at all.
		.map(({ open, ...rest }) => ({ ...report, ...rest, ...(open !== undefined && { open }) })),
);
const anyStation = (id: string) =>
	fc.record<FleetStation>({
		id: fc.constant(asStationId(id)),
		site: fc.constant(asSiteId(`site-${id}`)),
		enrolledAt: fc.constantFrom(null, 1),
		revokedAt: fc.constant(null),
		lastSeenAt: fc.constantFrom(null, 1, 2),
		clockOffset: fc.constantFrom(null, 40),
		report: anyReport,
		forks: fc.nat(1),
		runsTwice: fc.boolean(),
		forksReviewed: fc.constantFrom(null, { by: "lin", at: 1, forks: 1 }),
		refused: fc.constantFrom([], [{ code: "BATCH_INVALID", count: 1, lastAt: 1 }]),
		codeUntil: fc.constantFrom(null, 9),
		commands: fc.constant([]),
	});
const anyPicture: fc.Arbitrary<SharedSnapshot> = fc.record({
	time: fc.nat(9),
	documents: fc.constantFrom([], [{ kind: "catalogue" as const, version: 1, issuedAt: 1, publishedBy: "lin" }]),
	backup: fc.record({ made: fc.boolean(), missingSince: fc.constantFrom(null, 1) }),
	disk: fc.constantFrom(null, { state: "low" as const, freePercent: 4 }),
	refused: fc.constantFrom([], [{ code: "TOKEN_REFUSED", count: 1, lastAt: 1 }]),
	stations: fc.subarray(IDS).chain((ids) => fc.tuple(...ids.map(anyStation))),
});
const viewed = (shared: SharedSnapshot): FleetSnapshot => ({ ...shared, administrator: "lin", version: "1" });
const sorted = ({ stations, ...rest }: FleetSnapshot) => ({
	...rest,
	stations: stations.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
});

test("whoever is told the changes sees the same as who is told the whole", () => {
	fc.assert(
		fc.property(anyPicture, anyPicture, (before, after) => {
			const changes = changesBetween(before, after);
			const travelled = changes && (JSON.parse(JSON.stringify(changes)) as typeof changes);
			const seen = travelled ? withChanges(viewed(before), travelled) : { ...viewed(before), time: after.time };
			expect(sorted(seen)).toEqual(sorted(viewed(after)));
		}),
		{ seed: SEED, numRuns: 500 },
	);
});

test("only what changed is told, and nothing where nothing did", () => {
	const own = (waiting: number, lastSeenAt: number): FleetStation => ({
		id: asStationId("a"),
		site: asSiteId("site-a"),
		enrolledAt: 1,
		revokedAt: null,
		lastSeenAt,
		clockOffset: null,
		report: { ...report, waiting },
		forks: 0,
		runsTwice: false,
		forksReviewed: null,
		refused: [],
		codeUntil: null,
		commands: [],
	});
	const at = (time: number, ...stations: FleetStation[]): SharedSnapshot => ({
		time,
		documents: [],
		backup: { made: true, missingSince: null },
		disk: null,
		refused: [],
		stations,
	});
	expect(changesBetween(at(1, own(1, 1)), at(2, own(1, 1)))).toBeUndefined();
	expect(changesBetween(at(1, own(1, 1)), at(2, own(2, 5)))).toEqual({
		time: 2,
		gone: [],
		stations: [{ id: "a", fields: { lastSeenAt: 5 }, report: { waiting: 2 } }],
	});
});

/** A fleet of one number, read when the watch is refreshed. */
function openWatch() {
	const shown = { time: 0, reads: 0, fails: false };
	const watch = openFleetWatch({
		intervalMs: 3_600_000,
		async readSnapshot() {
			shown.reads += 1;
			if (shown.fails) throw new Error("the database is away");
			return {
				time: shown.time,
				documents: [],
				backup: { made: true, missingSince: shown.time },
				disk: null,
				refused: [],
				stations: [],
			};
		},
	});
	const ending = new AbortController();
	const follow = () => watch.follow(ending.signal);
	const next = async (updates: AsyncGenerator<FleetUpdate>) => (await updates.next()).value as FleetUpdate | undefined;
	return { watch, shown, ending, follow, next };
}

test("all who follow share one snapshot: first the whole, then the changes, the same text for each", async () => {
	const { watch, shown, ending, follow, next } = openWatch();
	const [one, other] = [follow(), follow()];
	expect(await Promise.all([next(one), next(other)])).toMatchObject([{ kind: "whole" }, { kind: "whole" }]);
	expect(shown.reads).toBe(1);
	shown.time = 7;
	watch.refresh();
	const told = await Promise.all([next(one), next(other)]);
	expect(told[0]).toMatchObject({ kind: "changes", text: expect.stringContaining('"missingSince":7') });
	expect(told[1]).toEqual(told[0]);
	watch.refresh();
	expect(await Promise.all([next(one), next(other)])).toEqual([{ kind: "nothing" }, { kind: "nothing" }]);
	expect(shown.reads).toBe(3);
	ending.abort();
	expect(await next(one)).toBeUndefined();
});

test("who reads slowly is told all that was missed, or the whole where that is long ago", async () => {
	const { watch, shown, ending, follow, next } = openWatch();
	const [quick, slow] = [follow(), follow()];
	await Promise.all([next(quick), next(slow)]);
	const turn = async () => {
		shown.time += 1;
		watch.refresh();
		await next(quick);
	};
	await turn();
	await turn();
	const missed = [await next(slow), await next(slow)];
	expect(missed.map((told) => told?.kind === "changes" && told.text)).toEqual([
		expect.stringContaining('"missingSince":1'),
		expect.stringContaining('"missingSince":2'),
	]);
	for (let count = 0; count < 40; count += 1) await turn();
	expect(await next(slow)).toMatchObject({ kind: "whole", snapshot: { time: shown.time } });
	ending.abort();
});

test("a database that is away ends the streams; nobody who follows, nobody who looks", async () => {
	const { watch, shown, follow, next } = openWatch();
	const one = follow();
	await next(one);
	shown.fails = true;
	watch.refresh();
	await expect(next(one)).rejects.toThrow("the database is away");
	const looks = shown.reads;
	watch.refresh();
	shown.fails = false;
	const another = follow();
	expect(await next(another)).toMatchObject({ kind: "whole" });
	expect(shown.reads).toBe(looks + 1);
	await another.return();
});
