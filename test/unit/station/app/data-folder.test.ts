import {
	chmodSync,
	copyFileSync,
	existsSync,
	readdirSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import type { StationId } from "../../../../protocol/model/ids.ts";
import { openStationFolder } from "../../../../station/app/data-folder.ts";
import { openEnrolmentStore } from "../../../../station/app/secrets.ts";
import { openEventLog } from "../../../../station/events/event-log.ts";
import { asSiteId, newRandomId, randomId } from "../../../fixtures/ids.ts";
import { emptyFolder, MIGRATIONS } from "../../../fixtures/station-folder.ts";

const SITE = asSiteId("a-site");
const NEW_ID = newRandomId;

/** The folder of a station that has run once. */
function usedFolder(): string {
	const data = emptyFolder();
	const { database, close } = openStationFolder({ data, site: SITE }, MIGRATIONS);
	openEventLog(database, { newId: NEW_ID, streamId: randomId(), site: SITE, now: 0 });
	close();
	return data;
}

function codeOf(data: string, site = SITE): string {
	try {
		openStationFolder({ data, site: asSiteId(site) }, MIGRATIONS).close();
		return "opened";
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		return (error as UserError).code;
	}
}

test("a folder opens again with the same secrets", () => {
	const data = usedFolder();
	const first = openStationFolder({ data, site: SITE }, MIGRATIONS);
	first.close();
	const second = openStationFolder({ data, site: SITE }, MIGRATIONS);
	second.close();
	expect(second.secrets).toEqual(first.secrets);
});

test("a folder without a ticket takes another site, one that is enrolled does not", () => {
	const data = usedFolder();
	expect(codeOf(data, asSiteId("another-site"))).toBe("opened");
	expect(codeOf(data)).toBe("opened");
	const station = "00000000-0000-7000-8000-000000000001" as StationId;
	openEnrolmentStore(data).keepEnrolment({ server: "https://queue.example", station, privateKey: "AAAA" });
	expect(codeOf(data, asSiteId("another-site"))).toBe("SITE_CHANGED");
	expect(codeOf(data)).toBe("opened");
});

test.each([
	["gone", (data: string) => rmSync(join(data, "station.db"))],
	["empty", (data: string) => truncateSync(join(data, "station.db"))],
])("a database that is %s beside its secrets is not begun anew", (_, lose) => {
	const data = usedFolder();
	lose(data);
	const before = readdirSync(data);
	expect(codeOf(data)).toBe("DATA_INCOMPLETE");
	expect(readdirSync(data)).toEqual(before);
});

test("secrets that are gone beside a used database are not made anew", () => {
	const data = usedFolder();
	const secrets = join(data, "secrets.json");
	copyFileSync(secrets, `${secrets}.kept`);
	rmSync(secrets);
	expect(codeOf(data)).toBe("SECRETS_MISSING");
	expect(existsSync(secrets)).toBe(false);
	copyFileSync(`${secrets}.kept`, secrets);
	expect(codeOf(data)).toBe("opened");
});

test("damaged secrets are refused before anything is written", () => {
	const data = emptyFolder();
	writeFileSync(join(data, "secrets.json"), "{");
	expect(codeOf(data)).toBe("SECRETS_DAMAGED");
	expect(readdirSync(data)).toEqual(["secrets.json"]);
});

test("what a crash at the first start left behind opens", () => {
	const data = emptyFolder();
	writeFileSync(join(data, "station.db"), "");
	expect(codeOf(data)).toBe("opened");
});

test.skipIf(process.platform === "win32")(
	"no other user reads the folder, also where it was made with wider rights",
	() => {
		const data = usedFolder();
		chmodSync(data, 0o755);
		for (const name of readdirSync(data)) chmodSync(join(data, name), 0o644);
		const { close } = openStationFolder({ data, site: SITE }, MIGRATIONS);
		const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
		expect(modeOf(data)).toBe("700");
		const files = readdirSync(data);
		expect(files).toEqual(expect.arrayContaining(["secrets.json", "station.db", "station.db-wal", "station.lock"]));
		expect(files.filter((name) => modeOf(join(data, name)) !== "600")).toEqual([]);
		close();
	},
);

test("a program that reads the database all the while keeps no station from starting", () => {
	const data = usedFolder();
	const reader = new Database(join(data, "station.db"), { readonly: true });
	reader.exec("BEGIN");
	reader.prepare("SELECT count(*) FROM event").get();
	expect(codeOf(data)).toBe("opened");
	reader.close();
});
