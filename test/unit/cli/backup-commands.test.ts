import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets } from "../../../station/app/secrets.ts";
import { runInProcess } from "../../fixtures/command-line.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../fixtures/ticket-service.ts";

/** Runs a command line; returns the line of JSON that it printed. */
async function run(argv: string[], cwd: string): Promise<Record<string, unknown>> {
	return JSON.parse(await runInProcess(argv, { cwd }));
}

test("keys, backup and restore as docs/guide/backup.md says it, and what is missing is named", async () => {
	const cwd = emptyFolder();
	const station = openTestTicketService();
	openSecrets(station.folder);
	station.tickets.issue(request(), MONDAY_NINE);
	const backup = (...argv: string[]) => run(["backup", ...argv], cwd);
	await backup("key", "--out", "keys");
	const asked = ["--data", station.folder, "--out", "one.backup"];
	await expect(backup(...asked)).rejects.toMatchObject({ code: "KEY_MISSING" });
	copyFileSync(join(cwd, "keys/backup-public-key.pem"), join(station.folder, "backup-public-key.pem"));
	expect(await backup(...asked)).toMatchObject({ site: "a-site", events: 1, backup: join(cwd, "one.backup") });
	await expect(backup("--data", station.folder, "--out", "no/such/one.backup")).rejects.toMatchObject({
		code: "BACKUP_NOT_WRITABLE",
		message: expect.stringMatching(/could not be written: there is no such folder\. Name another place with --out\.$/),
	});
	const restored = await run(["restore", "one.backup", "--data", "new", "--key", "keys/backup-private-key.pem"], cwd);
	expect(restored).toMatchObject({ restored: join(cwd, "new"), events: 1 });
	expect(existsSync(join(cwd, "new/station.db"))).toBe(true);
	for (const argv of [["--out", "x"], ["--data", "x"], ["nonsense", "--out", "x"], ["--nonsense"]])
		await expect(backup(...argv)).rejects.toMatchObject({ code: "USAGE", exitCode: 2 });
	for (const argv of [[], ["one.backup"], ["one.backup", "two", "--data", "x", "--key", "y"]])
		await expect(run(["restore", ...argv], cwd)).rejects.toMatchObject({ code: "USAGE", exitCode: 2 });
});
