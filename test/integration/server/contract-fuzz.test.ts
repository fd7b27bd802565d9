import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeFleetApi } from "../../../server/http/fleet-api.ts";
import { anyRequest, operationsOf } from "../../fixtures/contract-fuzz/request-plan.ts";
import { SERVER_ACCESS } from "../../fixtures/contract-fuzz/server-access.ts";
import { nameOf, openServerFuzz } from "../../fixtures/contract-fuzz/server-fuzz.ts";
import { PLAIN_OPERATIONS } from "../../fixtures/contract-fuzz/server-operations.ts";
import { measureHeap } from "../../fixtures/heap.ts";
import { openRunningServer } from "../../fixtures/running-server.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";

/* Requests made from the server's OpenAPI document and from the schemas of the sync, over HTTP to the whole server. */

const SHORT = 2_000;
/** `npm run test:long` sends more, and looks at the memory. */
const REQUESTS = Number(process.env.PAIHAO_TEST_REQUESTS ?? SHORT);
/** The short form goes the same way each time, the long one a new way. */
const SEED = Number(process.env.PAIHAO_SEED ?? (REQUESTS > SHORT ? Date.now() % 2 ** 31 : 20_261_201));
/** Requests that are sent together: those without the right first. */
const GROUP = 20;
const DOCUMENT = await describeFleetApi("1.2.3")();
const OPERATIONS = [...operationsOf(DOCUMENT, "/fleet/api"), ...PLAIN_OPERATIONS];

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let server: Awaited<ReturnType<typeof openRunningServer>>;
beforeAll(async () => {
	opened = await openTestDatabase();
	server = await openRunningServer({ database: opened.url });
});
afterAll(async () => {
	await server?.close();
	await opened?.close();
});

test("a row written by hand says of every operation who may call it", () => {
	expect(OPERATIONS.map(({ id }) => id).toSorted()).toEqual(Object.keys(SERVER_ACCESS).toSorted());
});

test("whoever sends whatever: no 5xx, nothing done without the right, every refusal with its code", async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	const fuzz = await openServerFuzz(server.origin, opened.database);
	const group = fc.array(anyRequest(OPERATIONS, DOCUMENT, nameOf), { minLength: GROUP, maxLength: GROUP });
	const send = (requests: number, seed: number) =>
		fc.assert(
			fc.asyncProperty(group, (plans) => fuzz.fire(plans)),
			// One server goes through all requests: what failed is not tried again in a smaller form.
			{ seed, numRuns: Math.ceil(requests / GROUP), endOnFailure: true },
		);
	await send(Math.min(REQUESTS, SHORT), SEED);
	if (REQUESTS > SHORT) {
		const before = measureHeap();
		await send(REQUESTS - SHORT, SEED + 1);
		const after = measureHeap();
		console.log(JSON.stringify({ heapBefore: before, heapAfter: after }));
		expect(after / before).toBeLessThan(1.1);
	}
	console.log(JSON.stringify(fuzz.counts));
	expect(server.errors).toEqual([]);
}, 7_200_000);

test("a method that no Request can have is refused with a code", async () => {
	const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
		request(`${server.origin}/fleet/api/session`, { method: "TRACE" }, async (response) =>
			resolve({ status: response.statusCode, body: await text(response) }),
		)
			.on("error", reject)
			.end();
	});
	expect(answer.status).toBe(405);
	expect(JSON.parse(answer.body)).toMatchObject({ defined: true, code: "METHOD_NOT_ALLOWED" });
});

test("an answer that comes before the whole body says that the connection ends, so that no other request follows", async () => {
	const headersOf = (length: number, written: string) =>
		new Promise<Record<string, unknown>>((resolve, reject) => {
			const headers = { "content-type": "application/json", "content-length": length };
			const agent = new Agent({ keepAlive: true });
			const asking = request(`${server.origin}/fleet/api/session`, { method: "POST", headers, agent }, (response) => {
				resolve({ status: response.statusCode, connection: response.headers.connection });
				response.resume();
				asking.destroy();
				agent.destroy();
			});
			asking.on("error", reject);
			asking.write(written);
		});
	expect(await headersOf(1_000_000, "{")).toEqual({ status: 413, connection: "close" });
	expect(await headersOf(2, "[]")).toEqual({ status: 400, connection: "keep-alive" });
});
