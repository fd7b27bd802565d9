import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { openStationDatabase } from "../../../db/station/open.ts";
import { staff } from "../../../db/station/schema/staff.ts";
import { ticket } from "../../../db/station/schema/tickets.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { forkLog } from "../../../station/app/fork-log.ts";
import { openSecrets, readSecrets } from "../../../station/app/secrets.ts";
import { makeBackupKeys, PUBLIC_KEY_FILE, readPrivateKey } from "../../../station/backup/keys.ts";
import { restoreBackup } from "../../../station/backup/restore-backup.ts";
import { verifyFile, verifyStation } from "../../../station/events/verify.ts";
import { asSiteId } from "../../fixtures/ids.ts";
import { openRunningServer } from "../../fixtures/running-server.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import type { AtEnd } from "../../fixtures/spawned-process.ts";
import { openTestStation } from "../../fixtures/station.ts";
import { MIGRATIONS, TOP } from "../../fixtures/station-folder.ts";

/** A command that is killed at any of its changes to the files, and is then given again. */
interface Step {
	/** About how many changes it makes: where a kill may come. */
	changes: number;
	/** All that is before the step, in an empty folder. Only changes below `root` count. */
	prepare(root: string): Promise<Attempt> | Attempt;
}

export interface Attempt {
	args: readonly string[];
	/** How the command refuses to be given again where it was done before it was killed. */
	doneCode?: string;
	/** Throws where something is lost, doubled or half, after the command was given again. */
	check(): Promise<void> | void;
}

const SITE = "permanent-residence-service-centre";
const TICKETS = 5;
const RELEASED = join(TOP, "test/fixtures/releases/0.2.0");

const stationFlags = (root: string) => [
	...["station", "--data", join(root, "data"), "--printer", `virtual:${join(root, "paper")}`],
	...["--port", "0", "--headless", "--log-level", "error"],
];

/** That a station's folder opens, is undamaged, agrees with its own log and has so many tickets. */
function requireWhole(data: string, tickets: number): void {
	const { database, close } = openStationDatabase(data, MIGRATIONS);
	try {
		expect(verifyFile(database) ?? verifyStation(database)).toMatchObject({ kind: "agrees", tickets });
		const numbers = database.select({ number: ticket.number, day: ticket.serviceDay }).from(ticket).all();
		expect(new Set(numbers.map(({ number, day }) => `${day} ${number}`)).size).toBe(tickets);
		expect(readSecrets(data)).toBeDefined();
	} finally {
		close();
	}
}

/** What must be there before the first step: a station with tickets, its keys and backup, and a server. */
export async function openSteps(root: string, atEnd: AtEnd): Promise<Readonly<Record<string, Step>>> {
	const data = join(root, "station");
	mkdirSync(data);
	const station = await openTestStation({ folder: data, atEnd });
	for (let count = 0; count < TICKETS; count += 1) await station.issue();
	await station.close();
	const keys = makeBackupKeys(join(root, "keys"));
	cpSync(keys.publicKey, join(data, PUBLIC_KEY_FILE));
	const restored = (file: string, to: string) =>
		restoreBackup({
			...{ file, data: to, privateKey: readPrivateKey(keys.privateKey), migrations: MIGRATIONS },
			...{ now: Date.now(), readSecrets, forkLog },
		});
	const openServer = async () => {
		const database = await openTestDatabase();
		atEnd(() => database.close());
		const server = await openRunningServer({ database: database.url });
		atEnd(() => server.close());
		return { ...database, origin: server.origin };
	};
	let opening: ReturnType<typeof openServer> | undefined;
	/** One for all steps, and none where no step needs it. */
	const serverOfAll = () => {
		opening ??= openServer();
		return opening;
	};
	const withStation = (to: string) => cpSync(data, join(to, "data"), { recursive: true });

	return {
		"first start": {
			changes: 160,
			prepare: (to) => ({ args: stationFlags(to), check: () => requireWhole(join(to, "data"), 0) }),
		},
		migration: {
			changes: 160,
			prepare(to) {
				mkdirSync(join(to, "data"));
				writeFileSync(join(to, "data/station.db"), gunzipSync(readFileSync(join(RELEASED, "station.db.gz"))));
				cpSync(join(RELEASED, "secrets.json"), join(to, "data/secrets.json"));
				const { tickets } = JSON.parse(readFileSync(join(RELEASED, "release.json"), "utf8")) as { tickets: number };
				return { args: stationFlags(to), check: () => requireWhole(join(to, "data"), tickets) };
			},
		},
		backup: {
			changes: 40,
			prepare(to) {
				withStation(to);
				const before = readdirSync(join(to, "data"));
				const out = join(to, "out");
				mkdirSync(out);
				const file = join(out, "station.backup");
				return {
					args: ["backup", "--data", join(to, "data"), "--out", file],
					doneCode: "BACKUP_EXISTS",
					async check() {
						await restored(file, join(to, "again"));
						requireWhole(join(to, "again"), TICKETS);
						requireWhole(join(to, "data"), TICKETS);
						// No copy of the station stays behind, neither in its folder nor beside the backup.
						const extra = readdirSync(join(to, "data")).filter((name) => !before.includes(name));
						expect(extra.filter((name) => !name.startsWith("station."))).toEqual([]);
						expect(readdirSync(out)).toEqual(["station.backup"]);
					},
				};
			},
		},
		restore: {
			changes: 60,
			prepare(to) {
				const file = join(RELEASED, "station.backup");
				const key = join(RELEASED, readdirSync(RELEASED).find((name) => name.includes("private")) ?? "");
				const { tickets } = JSON.parse(readFileSync(join(RELEASED, "release.json"), "utf8")) as { tickets: number };
				return {
					args: ["restore", file, "--key", key, "--data", join(to, "data")],
					doneCode: "FOLDER_NOT_EMPTY",
					check() {
						requireWhole(join(to, "data"), tickets);
						expect(existsSync(join(to, "data/restoring/station.db"))).toBe(false);
					},
				};
			},
		},
		enrolment: {
			changes: 40,
			async prepare(to) {
				withStation(to);
				const { database, origin } = await serverOfAll();
				const { code } = await openEnrolment(database).makeCode(asSiteId(SITE), Date.now());
				return {
					args: ["enrol", "--data", join(to, "data"), "--server", origin, "--code", code],
					// It was enrolled, and the answer had no time to be told.
					doneCode: "ENROLMENT_CODE_INVALID",
					check() {
						requireWhole(join(to, "data"), TICKETS);
						expect(openSecrets(join(to, "data")).enrolment).toMatchObject({ server: origin });
					},
				};
			},
		},
		"staff account": {
			changes: 12,
			prepare(to) {
				withStation(to);
				return {
					args: ["staff", "add", "Li Na", "supervisor", "--data", join(to, "data")],
					check() {
						requireWhole(join(to, "data"), TICKETS);
						const opened = openStationDatabase(join(to, "data"), MIGRATIONS);
						expect(opened.database.select().from(staff).where(eq(staff.name, "Li Na")).all()).toHaveLength(1);
						opened.close();
					},
				};
			},
		},
		"server export": {
			changes: 5,
			async prepare(to) {
				const file = join(to, "server.export");
				const { url } = await serverOfAll();
				return {
					args: ["server", "export", "--database", url, "--data", join(root, "none"), "--out", file],
					doneCode: "EXPORT_EXISTS",
					check() {
						expect(readdirSync(to)).toEqual(["server.export"]);
						expect(existsSync(file)).toBe(true);
					},
				};
			},
		},
	};
}
