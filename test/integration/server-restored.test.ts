import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Health } from "../../protocol/api/health.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import { asTopicId } from "../fixtures/ids.ts";
import { emptyServerFolder } from "../fixtures/server-database.ts";
import { openServerPage } from "../fixtures/server-page.ts";
import { runCommand, spawnReady } from "../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";

const SITE = "permanent-residence-service-centre";
/** After a server was away, a station asks for it again within a minute. */
const A_ROUND = { timeout: 100_000 };

// In the long form only (npm run test:long): it waits through the rests of both programs. The walks of test/sync/taking-walks
// bring the same server back in each run.
const LONG = process.env.PAIHAO_TEST_SYNC_KILLS !== undefined;

test.runIf(LONG)(
	"a server that was brought back from an older export goes on with a station that is further",
	{
		timeout: 400_000,
	},
	async () => {
		const page = await openServerPage();
		const folder = emptyFolder();
		const flags = ["--data", folder, "--printer", `virtual:${join(folder, "paper")}`, "--port", "0", "--headless"];
		const station = await spawnReady(["station", ...flags]);
		// A code for no site: the station says its own.
		const made = await runCommand(["server", "code", "--data", page.data]);
		const { code } = JSON.parse(made.stdout) as { code: string };
		const enrol = ["enrol", "--data", folder, "--server", page.origin, "--code", code];
		expect(await runCommand(enrol)).toMatchObject({ code: 0 });
		await expect.poll(async () => (await page.stationOf(SITE))?.lastSeenAt).toEqual(expect.any(Number));
		const taking = async () => ((await (await fetch(`${station.origin}/api/health`)).json()) as Health).sync.pull;
		const publish = async (data: string) => {
			const { stdout } = await runCommand(["catalogue", "publish", join(TOP, "resources/catalogue"), "--data", data]);
			return (JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { version: number }).version;
		};
		const close = (topic: TopicId) => ({ kind: "set-topic", topic, open: false }) as const;

		const before = await page.command(SITE, close(asTopicId("work-permit")));
		await expect.poll(() => page.outcomeOf(SITE, before)).toBe("done");
		const older = await publish(page.data);
		await expect.poll(taking).toMatchObject({ catalogue: older });
		const out = join(emptyFolder(), "server.export");
		expect(await runCommand(["server", "export", "--data", page.data, "--out", out])).toMatchObject({ code: 0 });

		// Of this the export knows nothing.
		const forgotten = await page.command(SITE, close(asTopicId("legal-advice")));
		await expect.poll(() => page.outcomeOf(SITE, forgotten)).toBe("done");
		const newer = await publish(page.data);
		await expect.poll(taking).toMatchObject({ catalogue: newer, command: forgotten });

		await page.server.end("SIGTERM");
		const data = emptyServerFolder();
		expect(await runCommand(["server", "import", out, "--data", data])).toMatchObject({ code: 0 });
		cpSync(join(page.data, "signing-keys.json"), join(data, "signing-keys.json"));
		const back = await openServerPage(data, new URL(page.origin).port);

		const after = await back.command(SITE, close(asTopicId("education")));
		expect(after).toBeGreaterThan(forgotten);
		await expect.poll(() => back.outcomeOf(SITE, after), A_ROUND).toBe("done");
		await expect.poll(taking, A_ROUND).toMatchObject({ catalogue: newer, refused: { DOCUMENT_OUTDATED: 1 } });
		const newest = await publish(data);
		await expect.poll(taking, A_ROUND).toMatchObject({ catalogue: newest, command: after });

		const id = (await back.stationOf(SITE))?.id ?? "";
		expect(await runCommand(["server", "revoke", id, "--data", data])).toMatchObject({ code: 0 });
		const refused = async () => ((await (await fetch(`${station.origin}/api/health`)).json()) as Health).sync.refused;
		await expect.poll(refused, A_ROUND).toBe("STATION_REVOKED");
	},
);
