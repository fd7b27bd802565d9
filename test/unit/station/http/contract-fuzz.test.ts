import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { DAY_MS } from "../../../../lib/time/durations.ts";
import { describeStationApi } from "../../../../station/http/station-api.ts";
import { anyRequest, operationsOf } from "../../../fixtures/contract-fuzz/request-plan.ts";
import { STATION_ACCESS } from "../../../fixtures/contract-fuzz/station-access.ts";
import { nameOf, openStationFuzz } from "../../../fixtures/contract-fuzz/station-fuzz.ts";
import { measureHeap } from "../../../fixtures/heap.ts";

/* Requests made from the station's own OpenAPI document, by everybody who may come and many who may not. */

const SHORT = 8_000;
/** `npm run test:long` sends more, and looks at the memory. */
const REQUESTS = Number(process.env.PAIHAO_TEST_REQUESTS ?? SHORT);
/** The short form goes the same way each time, the long one a new way. */
const SEED = Number(process.env.PAIHAO_SEED ?? (REQUESTS > SHORT ? Date.now() % 2 ** 31 : 20_261_201));
const DOCUMENT = await describeStationApi("1.2.3")();
const OPERATIONS = operationsOf(DOCUMENT, "/api");

test("a row written by hand says of every operation who may call it", () => {
	expect(OPERATIONS.map(({ id }) => id).toSorted()).toEqual(Object.keys(STATION_ACCESS).toSorted());
});

test("whoever sends whatever: no 5xx, nothing done without the right, every refusal with its code", async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	const fuzz = await openStationFuzz(onTestFinished);
	const send = (numRuns: number, seed: number) =>
		fc.assert(
			fc.asyncProperty(anyRequest(OPERATIONS, DOCUMENT, nameOf), (plan) => fuzz.fire(plan)),
			// One station goes through all requests: what failed is not tried again in a smaller form.
			{ seed, numRuns, endOnFailure: true },
		);
	/** At the beginning of a day, which has no tickets. */
	const measureMorning = async () => {
		fuzz.clock.now += DAY_MS;
		await fuzz.call("GET", "/api/board");
		return measureHeap();
	};
	await send(Math.min(REQUESTS, SHORT), SEED);
	if (REQUESTS > SHORT) {
		const before = await measureMorning();
		await send(REQUESTS - SHORT, SEED + 1);
		const after = await measureMorning();
		console.log(JSON.stringify({ heapBefore: before, heapAfter: after }));
		expect(after / before).toBeLessThan(1.1);
	}
	console.log(JSON.stringify(fuzz.counts));
	expect(fuzz.warnings.filter(({ level }) => Number(level) >= 50)).toEqual([]);
}, 7_200_000);
