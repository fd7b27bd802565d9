import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServerDatabase } from "../../../db/server/open.ts";
import { type RunningServer, startServer } from "../../../server/app/start-server.ts";
import { openDocuments } from "../../../server/documents/documents.ts";
import { readSigningKeys } from "../../../server/documents/signing-keys.ts";
import { CATALOGUE } from "../../fixtures/catalogue-body.ts";
import { openFleetPageAt } from "../../fixtures/fleet-page.ts";
import { emptyServerFolder } from "../../fixtures/server-database.ts";
import { runCommand } from "../../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";

/* The server's commands as they are typed, beside one running server. */

const data = emptyServerFolder();
const DIRECTORY = join(TOP, "resources/catalogue");
const migrations = join(TOP, "db/server/migrations");
let server: RunningServer;

beforeAll(async () => {
	const settings = { host: "127.0.0.1", port: 0, version: "0", retentionDays: 90, screens: join(TOP, "out/renderer") };
	const log = pino({ level: "silent" });
	server = await startServer({ data, database: undefined, migrations, ...settings }, { log, clock: Date.now });
});
afterAll(async () => {
	await server?.close();
	rmSync(data, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommand([...args, "--data", data]);
const linesOf = (stdout: string) =>
	stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as Record<string, unknown>);
const keysIn = (file: string) => readFileSync(file, "utf8");

/** What the server's database says. */
async function newest(): Promise<number | undefined> {
	const url = readFileSync(join(data, "database-address"), "utf8").trim();
	const { database, close } = await openServerDatabase(url, migrations, { maxConnections: 1 });
	const found = (await openDocuments(database).newest()).find(({ kind }) => kind === "catalogue");
	await close();
	return found?.version;
}

test("catalogue check names what stations would not take, and publishes nothing", async () => {
	const good = await runCommand(["catalogue", "check", DIRECTORY]);
	expect(good).toMatchObject({ code: 0, stderr: "" });
	expect(linesOf(good.stdout)).toEqual([{ topics: 19, sites: 19, notOffered: [], errors: [] }]);

	const file = join(emptyFolder(), "catalogue.json");
	writeFileSync(file, JSON.stringify({ ...CATALOGUE, "groups.json": [] }));
	const faulty = await runCommand(["catalogue", "check", file]);
	expect(faulty.code).toBe(1);
	expect(faulty.stderr).toMatch(
		/^paihao catalogue check: The catalogue has \d+ errors\. Correct them first\. .*\[CATALOGUE_INVALID\]\n$/,
	);
	expect(linesOf(faulty.stdout)[0]?.errors).toContainEqual(expect.objectContaining({ reason: expect.any(String) }));

	expect(await runCommand(["catalogue", "check", "/nowhere"])).toMatchObject({
		code: 1,
		stderr: "paihao catalogue check: The catalogue /nowhere cannot be read: it is not there. [CATALOGUE_UNREADABLE]\n",
	});
	expect(await runCommand(["catalogue", "check"])).toMatchObject({ code: 2, stdout: "" });
	expect(await runCommand(["catalogue", "eat", DIRECTORY])).toMatchObject({ code: 2, stdout: "" });
});

test("catalogue publish shows what changes, signs and publishes; with a fault nothing", async () => {
	expect(await newest()).toBeUndefined();
	const published = await run("catalogue", "publish", DIRECTORY);
	expect(published).toMatchObject({ code: 0, stderr: "" });
	const [review, told] = linesOf(published.stdout);
	expect(review).toMatchObject({ errors: [], difference: { removed: [], changed: [] } });
	expect(told).toEqual({ published: "catalogue", version: await newest() });

	const folder = join(emptyFolder(), "catalogue");
	cpSync(DIRECTORY, folder, { recursive: true });
	writeFileSync(join(folder, "groups.json"), "[]");
	expect(await run("catalogue", "publish", folder)).toMatchObject({ code: 1 });
	expect(await newest()).toBe(told?.version);
});

test("catalogue rotate-keys: the server that runs publishes with the key that followed; --key is kept where it is", async () => {
	const file = join(data, "signing-keys.json");
	const rotated = await run("catalogue", "rotate-keys");
	expect(rotated).toMatchObject({ code: 0, stderr: "" });
	const keys = readSigningKeys(file);
	expect(linesOf(rotated.stdout)).toEqual([{ signer: keys?.current.publicKey, next: keys?.next.publicKey }]);

	const { stdout } = await run("server", "admin", "add", "lin");
	const page = openFleetPageAt(server.origin);
	const { password } = JSON.parse(stdout) as { password: string };
	await page.session.open({ name: "lin", password });
	// Twice rotated, neither of the keys that it began with is one that stations pin.
	expect((await run("catalogue", "rotate-keys")).code).toBe(0);
	expect((await page.catalogue.publish({ catalogue: CATALOGUE })).kind).toBe("ok");

	const away = join(emptyFolder(), "keys.json");
	cpSync(file, away);
	const before = keysIn(file);
	const rotatedAway = await run("catalogue", "rotate-keys", "--key", away);
	expect(linesOf(rotatedAway.stdout)).toEqual([
		{ signer: readSigningKeys(away)?.current.publicKey, next: readSigningKeys(away)?.next.publicKey },
	]);
	expect(keysIn(away)).not.toBe(before);
	expect(keysIn(file)).toBe(before);
	expect(statSync(away).mode & 0o777).toBe(0o600);
	cpSync(away, file);

	const replaced = await run("catalogue", "replace-keys");
	expect(replaced).toMatchObject({ code: 1, stdout: "" });
	expect(replaced.stderr).toContain("Nothing is lost");
	rmSync(file);
	const [anew] = linesOf((await run("catalogue", "replace-keys")).stdout);
	expect(anew).toMatchObject({
		signer: readSigningKeys(file)?.current.publicKey,
		signedAgain: [{ kind: "signers" }, { kind: "catalogue" }],
	});
	expect((await page.catalogue.publish({ catalogue: CATALOGUE })).kind).toBe("ok");

	const missing = await run("catalogue", "rotate-keys", "--key", "/nowhere.json");
	expect(missing).toMatchObject({ code: 1, stdout: "" });
	expect(missing.stderr).toContain("There is no file /nowhere.json.");
});

test("server code: for one site or for whichever has none; a site is a catalogue's id", async () => {
	const bound = JSON.parse((await run("server", "code", "--site", "site-a")).stdout) as object;
	const form = { code: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/), expiresAt: expect.any(Number) };
	expect(bound).toEqual({ ...form, site: "site-a", station: expect.any(String) });
	expect(JSON.parse((await run("server", "code")).stdout)).toEqual({ ...form, site: null });
	const refused = await run("server", "code", "--site", "Site A!");
	expect(refused).toMatchObject({ code: 2, stdout: "" });
	expect(refused.stderr).toContain('--site is "Site A!". It must be a site\'s id');
});

test("server remove takes back what was made for a code; server revoke voids it; neither knows a stranger", async () => {
	const made = async (site: string) =>
		(JSON.parse((await run("server", "code", "--site", site)).stdout) as { station: string }).station;
	const first = await made("site-b");
	expect(await run("server", "remove", first)).toMatchObject({ code: 0, stdout: "", stderr: "" });
	expect(await run("server", "remove", first)).toMatchObject({
		code: 1,
		stderr: "paihao server remove: The server knows no such station. [STATION_UNKNOWN]\n",
	});
	expect(await made("site-b")).not.toBe(first);
	expect(await run("server", "revoke", await made("site-c"))).toMatchObject({ code: 0, stdout: "", stderr: "" });
	for (const action of ["remove", "revoke"])
		for (const stranger of [crypto.randomUUID(), "site-c"])
			expect((await run("server", action, stranger)).stderr).toMatch(/^paihao server \w+: The server knows no /);
	expect(await run("server", "remove")).toMatchObject({ code: 2 });
});

test("server admin: accounts are listed, and removed with their sessions", async () => {
	await run("server", "admin", "add", "wang");
	const names = async () =>
		linesOf((await run("server", "admin", "list")).stdout).map(({ administrator }) => administrator);
	expect(await names()).toEqual(["lin", "wang"]);
	expect(await run("server", "admin", "remove", "wang")).toMatchObject({ code: 0, stdout: "" });
	expect(await names()).toEqual(["lin"]);
	const again = await run("server", "admin", "remove", "wang");
	expect(again).toMatchObject({ code: 1 });
	expect(again.stderr).toContain("There is no administrator called wang.");
});

test("server export and import: one file, once, into an empty server only", async () => {
	const out = join(emptyFolder(), "server.export");
	const exported = await run("server", "export", "--out", out);
	expect(exported).toMatchObject({ code: 0, stderr: "" });
	const [{ rows } = {}] = linesOf(exported.stdout);
	expect(rows).toMatchObject({ administrator: 1, document: expect.any(Number), signer: 2 });
	expect(statSync(out).mode & 0o777).toBe(0o600);
	expect((await run("server", "export", "--out", out)).stderr).toContain("exists already and was not changed");

	const into = emptyServerFolder();
	mkdirSync(into, { recursive: true });
	const imported = await runCommand(["server", "import", out, "--data", into]);
	expect(imported).toMatchObject({ code: 0, stderr: "" });
	expect(linesOf(imported.stdout)).toEqual([{ imported: out, rows }]);
	expect((await run("server", "import", out)).stderr).toContain("is not empty");
	expect(await run("server", "import")).toMatchObject({ code: 2 });
	writeFileSync(out, "no export");
	expect((await run("server", "import", out)).code).toBe(1);
});

test("a configuration is published to every station, or refused with what is wrong in it", async () => {
	const folder = emptyFolder();
	const file = join(folder, "configuration.json");
	writeFileSync(file, JSON.stringify({ phoneAddress: "https://queue.example" }));
	const published = await run("catalogue", "configure", file);
	expect(published).toMatchObject({ code: 0, stderr: "" });
	expect(linesOf(published.stdout)).toEqual([{ published: "configuration", version: expect.any(Number) }]);
	for (const text of ["{", '{"phoneAddress":"http://queue.example"}', '{"tea":true}']) {
		writeFileSync(file, text);
		const refused = await run("catalogue", "configure", file);
		expect(refused.code, text).toBe(1);
		expect(refused.stderr).toMatch(
			/^paihao catalogue configure: The (configuration|catalogue) .* cannot be (published|read): .*\n$/,
		);
	}
});
