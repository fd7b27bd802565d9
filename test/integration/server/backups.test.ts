import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { backup, event, stream } from "../../../db/server/schema/events.ts";
import { station } from "../../../db/server/schema/stations.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import { claimExport, lastBackup, markOwnBackup } from "../../../server/export/backups.ts";
import { exportServer } from "../../../server/export/export-server.ts";
import { filesToDelete, nameOfExport, startExports } from "../../../server/export/scheduled-export.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { asSiteId, randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { makeEvents, makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());
beforeEach(async () => {
	for (const table of [backup, event, stream]) await opened.database.delete(table);
});

/** A station whose events came at these moments, one at each. */
async function stationWith(...moments: number[]) {
	const id = randomId<StationId>();
	await opened.database.insert(station).values({ id, site: asSiteId("a-site") });
	const store = openPostgresEventStore(opened.database);
	let head: Parameters<typeof makeEvents>[1];
	for (const receivedAt of moments) {
		const { batch, events, head: next } = makeEvents(1, head);
		await store.handshake(id, makeHello(batch.stream), receivedAt);
		const checked = events.map((one) => ({ ...one, at: 1_000, standsFor: null }));
		await store.append({ ...batch, station: id, events: checked, receivedAt });
		head = next;
	}
	const backedUpSeq = async () =>
		(await opened.database.select().from(stream).where(eq(stream.station, id)))[0]?.backedUpSeq;
	return { backedUpSeq };
}

/** A server's schedule, each hour, by a clock of its own. */
function schedule(folder: string, { keep = 2, clock = { now: NOW } } = {}) {
	const warned: string[] = [];
	const log = pino({ level: "error" }, { write: (line) => void warned.push(line) });
	let end: () => Promise<void> = async () => {};
	/** Starts the server anew: it looks at once. */
	const poll = async () => {
		await end();
		end = startExports(opened.database, { everyHours: 1, folder, keep }, { version: "0", clock: () => clock.now, log });
	};
	onTestFinished(() => end());
	return { poll, clock, warned, files: () => readdirSync(folder).toSorted() };
}

test("an export is written when one is due, the newest stay, and stations learn how far they stand in it", async () => {
	const folder = emptyFolder();
	writeFileSync(join(folder, "notes.txt"), "of somebody else");
	writeFileSync(join(folder, `${nameOfExport(NOW - 25 * HOUR)}.17.part`), "left by a kill");
	writeFileSync(join(folder, `${nameOfExport(NOW)}.18.part`), "of another instance, under way");
	const { backedUpSeq } = await stationWith(NOW - HOUR, NOW - HOUR);
	const { poll, clock, files } = schedule(folder);
	const names = Array.from({ length: 3 }, (_, turn) => nameOfExport(NOW + turn * HOUR));
	const whole = () => files().filter((name) => name.endsWith(".export"));
	await poll();
	await expect.poll(whole).toEqual([names[0]]);
	await expect.poll(backedUpSeq).toBe(2);
	await expect.poll(() => lastBackup(opened.database)).toEqual({ method: "export", at: NOW });
	clock.now += HOUR - 1;
	expect(await claimExport(opened.database, clock.now, HOUR)).toBe(false);
	clock.now += 1;
	await poll();
	await expect.poll(whole).toEqual(names.slice(0, 2));
	clock.now += HOUR;
	await poll();
	await expect.poll(files).toEqual(["notes.txt", names[1], names[2], `${nameOfExport(NOW)}.18.part`].toSorted());
});

test("of two instances one exports; what one left undone another does an hour later", async () => {
	const claims = () => Promise.all([1, 2, 3].map(() => claimExport(opened.database, NOW, 24 * HOUR)));
	expect((await claims()).filter(Boolean)).toHaveLength(1);
	expect(await claimExport(opened.database, NOW + HOUR - 1, 24 * HOUR)).toBe(false);
	expect(await claimExport(opened.database, NOW + HOUR, 24 * HOUR)).toBe(true);
	await exportServer(opened.database, { out: join(emptyFolder(), "by-hand.export"), version: "0", now: NOW + HOUR });
	expect(await claimExport(opened.database, NOW + 24 * HOUR, 24 * HOUR)).toBe(false);
	expect(await claimExport(opened.database, NOW + 25 * HOUR, 24 * HOUR)).toBe(true);
});

test("a clock that had run a year ahead does not keep a server from exporting", async () => {
	const out = join(emptyFolder(), "ahead.export");
	await exportServer(opened.database, { out, version: "0", now: NOW + 365 * 24 * HOUR });
	expect(await claimExport(opened.database, NOW, HOUR)).toBe(true);
});

test("where nothing can be written the server says so, marks nothing, and leaves no part", async () => {
	const { backedUpSeq } = await stationWith(NOW - HOUR);
	const folder = join(emptyFolder(), "file");
	writeFileSync(folder, "not a folder");
	const { poll, warned } = schedule(folder);
	await poll();
	await expect.poll(() => warned.length).toBe(1);
	expect(await backedUpSeq()).toBe(0);
	expect(await lastBackup(opened.database)).toBeUndefined();
});

test("a server that leaves breaks its export off: no half file, nothing marked, no connection held", async () => {
	const { backedUpSeq } = await stationWith(NOW - HOUR);
	const folder = emptyFolder();
	const leaving = new AbortController();
	const out = join(folder, "broken-off.export");
	const exporting = exportServer(opened.database, { out, version: "0", now: NOW, signal: leaving.signal });
	leaving.abort();
	await expect(exporting).rejects.toThrow();
	expect(readdirSync(folder)).toEqual([]);
	expect(await backedUpSeq()).toBe(0);
});

test("an administrator's own backup marks what came before it began, but for what was under way", async () => {
	const began = NOW;
	const { backedUpSeq } = await stationWith(NOW - HOUR, NOW - 10 * MINUTE - 1, NOW - 10 * MINUTE, NOW + 1);
	const older = await stationWith(NOW - 2 * HOUR);
	const none = await stationWith(NOW);
	expect(await markOwnBackup(opened.database, began)).toBe(2);
	expect([await backedUpSeq(), await older.backedUpSeq(), await none.backedUpSeq()]).toEqual([2, 1, 0]);
	expect(await lastBackup(opened.database)).toEqual({ method: "own", at: began });
	// Never back.
	expect(await markOwnBackup(opened.database, began - HOUR)).toBe(0);
	expect(await backedUpSeq()).toBe(2);
	expect(await markOwnBackup(opened.database, began + HOUR)).toBeGreaterThan(0);
	expect([await backedUpSeq(), await none.backedUpSeq()]).toEqual([4, 1]);
});

test("what is deleted is the server's own and older than what stays, whatever lies in the folder", () => {
	const at = fc.integer({ min: 0, max: 400 }).map((hours) => NOW - hours * HOUR);
	const name = fc.oneof(
		at.map(nameOfExport),
		at.map((then) => `${nameOfExport(then)}.12.part`),
		fc.constantFrom("server.export", "paihao-server-.export", "notes.txt"),
	);
	fc.assert(
		fc.property(fc.uniqueArray(name), fc.integer({ min: 1, max: 5 }), (others, keep) => {
			const written = nameOfExport(NOW);
			const files = [...new Set([...others, written])];
			const deleted = filesToDelete(files, { written, keep, now: NOW });
			const left = files.filter((file) => !deleted.includes(file));
			const isExport = (file: string) => /^paihao-server-\d.*\.export$/.test(file);
			expect(left).toContain(written);
			expect(left.filter(isExport)).toHaveLength(Math.min(keep, files.filter(isExport).length));
			const oldestLeft = left.filter(isExport).toSorted()[0] ?? "";
			for (const file of deleted.filter(isExport)) expect(file < oldestLeft).toBe(true);
			for (const file of deleted) expect(file).toMatch(/^paihao-server-\d/);
		}),
	);
});

test("a server looks each minute whether one is due", async () => {
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	onTestFinished(() => void vi.useRealTimers());
	const folder = emptyFolder();
	const { poll, clock, files } = schedule(folder);
	await poll();
	await expect.poll(files).toEqual([nameOfExport(NOW)]);
	await expect.poll(() => lastBackup(opened.database)).toEqual({ method: "export", at: NOW });
	clock.now += HOUR;
	vi.advanceTimersByTime(MINUTE);
	await expect.poll(files).toEqual([nameOfExport(NOW), nameOfExport(NOW + HOUR)]);
});
