import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { station } from "../../../db/server/schema/stations.ts";
import { writeAppend } from "../../../protocol/sync/append-body.ts";
import { openAdministrators } from "../../../server/fleet/administrators.ts";
import { enrolledStation } from "../../fixtures/enrolled-station.ts";
import { answered, openFleetPageAt } from "../../fixtures/fleet-page.ts";
import { asSiteId } from "../../fixtures/ids.ts";
import { openRunningServer } from "../../fixtures/running-server.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeEvents, makeHello } from "../../fixtures/sync-events.ts";
import { openTransactionPooler } from "../../fixtures/transaction-pooler.ts";

/* docs/guide/scale.md: a pooler in transaction mode between server and database. */

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let pooler: Awaited<ReturnType<typeof openTransactionPooler>>;

beforeAll(async () => {
	opened = await openTestDatabase();
	pooler = await openTransactionPooler(opened.url);
});
afterAll(async () => {
	await pooler?.close();
	await opened?.close();
});

test("the pooler of the test loses a statement's name between transactions, as one in transaction mode does", async () => {
	const client = new Pool({ connectionString: pooler.url, max: 1 });
	onTestFinished(() => client.end());
	const named = drizzle({ client }).select().from(station).prepare("a name");
	await named.execute();
	await expect(named.execute()).rejects.toThrow();
});

test("behind a pooler in transaction mode every request is answered as without one", async () => {
	const { database, url } = opened;
	const server = await openRunningServer({ database: pooler.url, directDatabase: url });
	onTestFinished(() => server.close());
	const { token } = await enrolledStation(database);
	const headers = { authorization: `Bearer ${await token(Date.now())}`, "content-type": "application/json" };
	const ask = async (path: string, body?: string) => {
		const answer = await fetch(`${server.origin}/sync/${path}`, { headers, ...(body && { method: "POST", body }) });
		await answer.arrayBuffer();
		return answer.status;
	};
	const { events, batch } = makeEvents(20);
	expect(await ask("handshake", JSON.stringify({ ...makeHello(batch.stream), clock: Date.now() }))).toBe(200);
	expect(await ask("append", writeAppend(batch))).toBe(200);
	const asked = await Promise.all(
		Array.from({ length: 40 }, (_, turn) => {
			if (turn % 4 === 0) return ask("network");
			if (turn % 4 === 1)
				return ask("known", JSON.stringify({ ids: events.slice(0, turn / 4 + 1).map(({ id }) => id) }));
			return ask("poll?after=0");
		}),
	);
	expect(asked.filter((status) => status !== 200)).toEqual([]);

	const name = "it";
	const password = await openAdministrators(database).add(name);
	const page = openFleetPageAt(server.origin);
	answered(await page.session.open({ name, password }));
	answered(await page.enrolmentCodes.create({ site: asSiteId("another-site") }));
	expect(answered(await page.fleet.read()).stations).toHaveLength(2);
	expect(pooler.transactions()).toBeGreaterThan(asked.length);
	expect(server.errors).toEqual([]);
});
