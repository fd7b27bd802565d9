import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openStationDatabase } from "../../../../db/station/open.ts";
import { stream } from "../../../../db/station/schema/events.ts";
import { UserError } from "../../../../lib/errors.ts";
import { FIRST_HASH } from "../../../../protocol/events/event.ts";
import { appendBatches } from "../../../../server/ingest/append.ts";
import { forkLog } from "../../../../station/app/fork-log.ts";
import { openSecrets, readSecrets } from "../../../../station/app/secrets.ts";
import { makeBackupKeys, readPrivateKey, readPublicKey } from "../../../../station/backup/keys.ts";
import { restoreBackup } from "../../../../station/backup/restore-backup.ts";
import { writeBackup } from "../../../../station/backup/write-backup.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { pushStreams, type ServerCalls } from "../../../../station/sync/push/push-streams.ts";
import { openStreamRepository } from "../../../../station/sync/stream-repository.ts";
import { asSiteId, asStationId, asStreamId } from "../../../fixtures/ids.ts";
import { MemoryStore } from "../../../fixtures/memory-store.ts";
import { emptyFolder, MIGRATIONS } from "../../../fixtures/station-folder.ts";
import { makeHello } from "../../../fixtures/sync-events.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

let folder: string;
let keys: ReturnType<typeof makeBackupKeys>;
let out: string;

beforeEach(() => {
	folder = emptyFolder();
	keys = makeBackupKeys(join(folder, "keys"));
	out = join(folder, "station.backup");
});

/** A station at work: its book is open, three tickets are given. */
function stationAtWork() {
	const station = openTestTicketService();
	openSecrets(station.folder);
	for (let count = 0; count < 3; count += 1) station.tickets.issue(request(), MONDAY_NINE);
	return station;
}

/** The migrations as the first version had them. */
function firstMigration(to: string): string {
	cpSync(MIGRATIONS, to, { recursive: true });
	const file = join(to, "meta/_journal.json");
	const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: object[] };
	writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
	return to;
}

const backUp = (data: string) =>
	writeBackup({
		data,
		out,
		recipient: readPublicKey(keys.publicKey),
		migrations: MIGRATIONS,
		version: "0",
		now: MONDAY_NINE,
	});

const restore = (data: string, key = keys.privateKey) =>
	restoreBackup({
		...{ file: out, data, privateKey: readPrivateKey(key), migrations: MIGRATIONS, now: MONDAY_NINE },
		...{ readSecrets, forkLog },
	});

async function codeOf(work: Promise<unknown>): Promise<string> {
	const error: unknown = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(UserError);
	return (error as UserError).code;
}

describe("a backup", () => {
	test("made while the station runs, and restored: all is there, and no number that it knew is given again", async () => {
		const station = stationAtWork();
		expect(await backUp(station.folder)).toMatchObject({ site: "a-site", events: 3 });
		station.tickets.issue(request(), MONDAY_NINE);
		const data = join(folder, "restored");
		await restore(data);
		expect(readdirSync(data).toSorted()).toEqual(["secrets.json", "station.db"]);
		expect(statSync(join(data, "secrets.json")).mode & 0o777).toBe(0o600);
		expect(readSecrets(data)).toEqual(readSecrets(station.folder));

		const restored = openTestTicketService(data);
		expect(verifyStation(restored.database)).toMatchObject({ kind: "agrees", events: 3, tickets: 3 });
		expect(restored.eventLog.id()).not.toBe(station.eventLog.id());
		expect(restored.tickets.issue(request(), MONDAY_NINE).ticket.number).toBe("B004");
		expect(verifyStation(restored.database)).toMatchObject({ kind: "agrees", events: 4 });
	});

	test("of an older version is restored and brought up to date", async () => {
		const old = join(folder, "old");
		const migrations = firstMigration(join(folder, "migrations"));
		const { database, close } = openStationDatabase(old, migrations);
		database
			.insert(stream)
			.values({ id: asStreamId("old"), site: asSiteId("a-site"), base: 0, seq: 0, head: FIRST_HASH, openedAt: 0 })
			.run();
		close();
		openSecrets(old);
		await backUp(old);
		const data = join(folder, "restored");
		await restore(data);
		expect(verifyStation(openTestTicketService(data).database)).toMatchObject({ kind: "agrees", events: 0 });
	});

	test("is not readable without the private key, and leaves nothing behind in the station's folder", async () => {
		const station = stationAtWork();
		const before = readdirSync(station.folder).toSorted();
		await backUp(station.folder);
		expect(readdirSync(station.folder).toSorted()).toEqual(before);
		const bytes = readFileSync(out);
		expect(bytes.includes("SQLite format")).toBe(false);
		expect(bytes.includes(openSecrets(station.folder).kioskKey)).toBe(false);
		expect(statSync(out).mode & 0o777).toBe(0o600);
		expect(await codeOf(backUp(station.folder))).toBe("BACKUP_EXISTS");
		expect(readFileSync(out).equals(bytes)).toBe(true);
	});

	test("what the station gave to the server after it, the restored one is told of and does not lose", async () => {
		const store = new MemoryStore();
		const callsOf: ServerCalls = {
			handshake: async (handshake) => ({
				cursors: await store.handshake(asStationId("one"), handshake),
				time: MONDAY_NINE,
			}),
			prepare: async (request) => () =>
				appendBatches(request, {
					append: (batch) => store.append(batch),
					station: asStationId("one"),
					receivedAt: MONDAY_NINE,
				}),
			known: (ids) => store.known(asStationId("one"), ids),
			hashes: (stream, seqs) => store.hashes(asStationId("one"), stream, seqs),
		};
		const pushFrom = ({ database, newId }: ReturnType<typeof openTestTicketService>) =>
			pushStreams({
				log: openStreamRepository(database, newId),
				calls: callsOf,
				clock: () => MONDAY_NINE,
				report: () => makeHello(asStreamId(crypto.randomUUID())).report,
			});
		const station = stationAtWork();
		await backUp(station.folder);
		station.tickets.issue(request(), MONDAY_NINE);
		expect(await pushFrom(station)).toMatchObject({ events: 4, serverAhead: 0 });
		await restore(join(folder, "restored"));
		const restored = openTestTicketService(join(folder, "restored"));
		restored.tickets.issue(request(), MONDAY_NINE);
		// One event of the old stream is beyond the backup: a number that may have been given twice. Nothing is refused.
		expect(await pushFrom(restored)).toEqual({ events: 1, forks: 0, serverAhead: 1, hasMore: false });
		expect(store.everything("one")).toHaveLength(5);
		expect(verifyStation(restored.database)).toMatchObject({ kind: "agrees", events: 4 });
	});
});

describe("what cannot be restored changes nothing", () => {
	test("another key, a file that is cut off, altered anywhere, or none", async () => {
		await backUp(stationAtWork().folder);
		const other = makeBackupKeys(join(folder, "others"));
		const data = join(folder, "restored");
		expect(await codeOf(restore(data, other.privateKey))).toBe("KEY_OTHER");
		const whole = readFileSync(out);
		for (const bytes of [100, whole.length - 1, whole.length - 40, 20]) {
			truncateSync(out, bytes);
			expect(await codeOf(restore(data))).toBe(bytes > 1_000 ? "BACKUP_BROKEN" : "BACKUP_UNREADABLE");
			writeFileSync(out, whole);
		}
		const altered = [
			whole.length - 1,
			whole.length - 100,
			whole.indexOf('"createdAt":') + 12,
			whole.indexOf('"wrapped":"') + 15,
			whole.indexOf('"ephemeral":"') + 60,
		];
		for (const place of altered) {
			const bytes = Buffer.from(whole);
			const was = bytes[place] ?? 0;
			bytes[place] = place > whole.length - 200 ? was ^ 1 : was === 0x31 ? 0x32 : 0x31;
			writeFileSync(out, bytes);
			expect(await codeOf(restore(data)), `byte ${place}`).toBe("BACKUP_BROKEN");
		}
		writeFileSync(out, "hello");
		expect(await codeOf(restore(data))).toBe("BACKUP_UNREADABLE");
		rmSync(out);
		expect(await codeOf(restore(data))).toBe("BACKUP_UNREADABLE");
		expect(readdirSync(folder).toSorted()).toEqual(["keys", "others"]);
	});

	test("a folder that holds something, this site's tickets, or another site's", async () => {
		await backUp(stationAtWork().folder);
		const used = stationAtWork();
		const before = readFileSync(join(used.folder, "station.db"));
		expect(await codeOf(restore(used.folder))).toBe("FOLDER_NOT_EMPTY");
		used.database.$client.exec("update stream set site = 'another'");
		expect(await codeOf(restore(used.folder))).toBe("SITE_CHANGED");
		expect(readFileSync(join(used.folder, "station.db")).equals(before)).toBe(true);
		expect(readdirSync(used.folder)).not.toContain("restoring");
	});

	test("a station that was damaged when it was backed up", async () => {
		const station = stationAtWork();
		station.database.$client.exec("update ticket set state = 'finished' where number = 'B002'");
		await backUp(station.folder);
		expect(await codeOf(restore(join(folder, "restored")))).toBe("BACKUP_BROKEN");
		expect(readdirSync(folder)).not.toContain("restored");
	});

	test("keys: none is written over, and each half is taken for itself only", async () => {
		expect(() => makeBackupKeys(join(folder, "keys"))).toThrow(expect.objectContaining({ code: "KEY_EXISTS" }));
		expect(() => readPublicKey(keys.privateKey)).toThrow(expect.objectContaining({ code: "KEY_UNREADABLE" }));
		expect(() => readPrivateKey(keys.publicKey)).toThrow(expect.objectContaining({ code: "KEY_UNREADABLE" }));
		expect(statSync(keys.privateKey).mode & 0o777).toBe(0o600);
	});
});
