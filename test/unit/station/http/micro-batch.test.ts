import fc from "fast-check";
import { expect, test } from "vitest";
import { microBatch, shareCommit } from "../../../../station/http/micro-batch.ts";

test("each caller gets its own answer, in whatever turns the calls come", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.array(fc.integer(), { minLength: 1, maxLength: 30 }),
			async (scheduler, inputs) => {
				const seen: number[] = [];
				const double = microBatch((batch: number[]) => {
					seen.push(...batch);
					return batch.map((input) => input * 2);
				});
				const calls = inputs.map((input) => scheduler.schedule(Promise.resolve()).then(() => double(input)));
				await scheduler.waitAll();
				expect(await Promise.all(calls)).toEqual(inputs.map((input) => input * 2));
				expect(seen.toSorted()).toEqual(inputs.toSorted());
			},
		),
	);
});

test("calls of one turn share a batch, and its error reaches each of them and no later call", async () => {
	const batches: string[][] = [];
	const call = microBatch((batch: string[]) => {
		batches.push(batch);
		if (batch.includes("bad")) throw new Error("The disk is full.");
		return batch;
	});
	const first = await Promise.allSettled([call("good"), call("bad")]);
	expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
	expect(await call("later")).toBe("later");
	expect(batches).toEqual([["good", "bad"], ["later"]]);
});

test("work that shares a commit is answered once all of it is written, and refused by itself", async () => {
	const told: string[] = [];
	const together = shareCommit((works) => {
		const refusals = works.map((work) => {
			try {
				work();
				return undefined;
			} catch (error) {
				return error instanceof RangeError ? error : new Error("It is of another kind.");
			}
		});
		told.push("written");
		return refusals;
	});
	const answers = await Promise.allSettled([
		together(() => 1).finally(() => told.push("answered")),
		together(() => {
			throw new RangeError("refused");
		}),
		together(() => "three"),
	]);
	expect(answers).toMatchObject([
		{ status: "fulfilled", value: 1 },
		{ status: "rejected", reason: { message: "refused" } },
		{ status: "fulfilled", value: "three" },
	]);
	expect(told).toEqual(["written", "answered"]);
});
