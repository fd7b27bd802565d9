import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { station } from "../../../db/server/schema/stations.ts";
import { stationDay, ticketHistory } from "../../../db/server/schema/statistics.ts";
import { seededRandom } from "../../../lib/seeded-random.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import { redactOldEvents } from "../../../server/retention/retention.ts";
import { openFleetStatistics } from "../../../server/statistics/fleet-statistics.ts";
import { rebuildStatistics } from "../../../server/statistics/rebuild.ts";
import { sumUp } from "../../../server/statistics/sum-up.ts";
import { redactTickets } from "../../../server/statistics/ticket-events.ts";
import { firstHead, type Head } from "../../../station/events/hash-chain.ts";
import { enrolledStation } from "../../fixtures/enrolled-station.ts";
import { asSiteId, randomId } from "../../fixtures/ids.ts";
import { copyLog, goOn, type JourneyLog } from "../../fixtures/random-visits.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeHello, requestOf } from "../../fixtures/sync-events.ts";

const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_201);
const MORNING = Date.UTC(2026, 10, 23, 1);

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

const daysOf = (id: StationId) =>
	opened.database
		.select({ serviceDay: stationDay.serviceDay, rollUp: stationDay.rollUp })
		.from(stationDay)
		.where(eq(stationDay.station, id))
		.orderBy(stationDay.serviceDay);

/** A station that appends what it likes, from two disks if it must. */
async function makeStation(site: string) {
	const own = await enrolledStation(opened.database);
	const append = async (from: Head, events: readonly { text: string; hash: string }[]) => {
		const answer = await own.append(requestOf(from, events));
		if (answer.status !== 200) throw new Error(JSON.stringify(answer));
	};
	const openLog = async (): Promise<JourneyLog> => {
		const head = firstHead(randomId());
		await own.post("handshake", makeHello(head.stream));
		return { head, at: MORNING, tickets: [] };
	};
	await opened.database
		.update(station)
		.set({ site: asSiteId(site) })
		.where(eq(station.id, own.id));
	return { id: own.id, append, openLog };
}

test("late, forked, redacted, in whatever order: what was added bit by bit is what the events give at once", async () => {
	const random = seededRandom(SEED);
	const { id, append, openLog } = await makeStation("first-site");
	const first = await openLog();
	const advance = async (log: JourneyLog, count: number) => {
		const from = log.head;
		await append(from, goOn(log, count, random));
	};
	await advance(first, 40);
	// A copied disk: both go on, with the same tickets, and their events come by turns.
	const { head } = await openLog();
	const copy = { ...copyLog(first), head };
	for (let turn = 0; turn < 12; turn += 1) {
		await advance(random() < 0.5 ? first : copy, 1 + Math.floor(random() * 30));
		// Now after each turn, now after several.
		if (random() < 0.6) await sumUp(opened.database);
		// The next service day begins.
		if (turn === 6) first.at += 20 * 3_600_000;
		if (turn === 8) await redactOldEvents(opened.database, MORNING + 3_600_000, redactTickets);
	}
	await sumUp(opened.database);
	const before = await daysOf(id);
	expect(before.length).toBeGreaterThan(1);
	const has = (group: string) => before.some(({ rollUp }) => rollUp.includes(`"${group}"`));
	expect([has("language/"), has("language/en")]).toEqual([true, true]);
	const rebuilt = await rebuildStatistics(opened.database);
	expect(rebuilt.mended, `seed ${SEED}`).toEqual([]);
	expect(await daysOf(id), `seed ${SEED}`).toEqual(before);
});

test("a roll-up that is not what the events say is found and mended, and the page's sum is made again", async () => {
	const { id, append, openLog } = await makeStation("second-site");
	const log = await openLog();
	const events = goOn(log, 300, seededRandom(SEED));
	await append({ ...log.head, seq: 0, hash: "0".repeat(64) }, events);
	const { read } = openFleetStatistics(opened.database);
	const question = { from: "2026-11-23", to: "2026-11-24", withinMinutes: 20 };
	const good = await read(question, MORNING);
	expect(good.total.visits).toBeGreaterThan(20);
	await opened.database.update(stationDay).set({ rollUp: "{}" }).where(eq(stationDay.station, id));
	await opened.database.delete(ticketHistory).where(eq(ticketHistory.station, id));
	const rebuilt = await rebuildStatistics(opened.database);
	expect(rebuilt.mended).toContainEqual({ station: id, serviceDay: "2026-11-23" });
	expect(await read(question, MORNING)).toEqual(good);
});

test("all sites are the sum of each; few visits are not told; counters are one site's alone", async () => {
	const { read } = openFleetStatistics(opened.database);
	const { append, openLog } = await makeStation("small-site");
	const log = await openLog();
	const from = log.head;
	const events = goOn(log, 3, () => 0.1);
	await append(from, events);
	const question = { from: "2026-11-23", to: "2026-11-24", withinMinutes: 20 };
	const all = await read(question, MORNING);
	expect(all.counters).toEqual([]);
	// With the small one another is hidden, or the total would tell it.
	expect(all.sites.map(({ visits }) => visits === null)).toEqual([expect.any(Boolean), expect.any(Boolean), true]);
	expect(all.sites.filter(({ visits }) => visits === null)).toHaveLength(2);
	expect(all.sites[2]).toEqual({
		...{ site: "small-site", visits: null, arrivals: null, noShows: null, abandoned: null, closed: null },
		...{ meanWaitMs: null, serviceLevel: null },
	});
	const told = all.sites.find(({ visits }) => visits !== null);
	const one = await read({ ...question, site: told?.site }, MORNING);
	expect(one).toMatchObject({ site: told?.site, total: { visits: told?.visits, noShows: told?.noShows } });
	expect(one.counters.length).toBeGreaterThan(1);
	const ofAll = await Promise.all(
		["first-site", "second-site"].map((site) => read({ ...question, site: asSiteId(site) }, MORNING)),
	);
	expect(all.total.visits).toBe(ofAll.reduce((sum, { total }) => sum + (total.visits ?? 0), 3));
	expect((await read({ ...question, site: asSiteId("small-site") }, MORNING)).total.visits).toBeNull();
});
