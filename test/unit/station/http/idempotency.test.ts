import { expect, test } from "vitest";
import { makeIdempotent } from "../../../../station/http/idempotency.ts";

function printer() {
	const ends: { out(): void; fail(): void }[] = [];
	return {
		ends,
		print: () =>
			new Promise<void>((resolve, reject) => {
				ends.push({ out: resolve, fail: () => reject(new Error("no paper")) });
			}),
	};
}

test("the same key waits for the print in flight, and later gets its result", async () => {
	const { ends, print } = printer();
	const once = makeIdempotent();
	const both = Promise.all([once("the-key", print), once("the-key", print)]);
	ends[0]?.out();
	await both;
	await once("the-key", print);
	expect(ends).toHaveLength(1);
});

test("another key prints again; a failed print can be retried", async () => {
	const { ends, print } = printer();
	const once = makeIdempotent();
	const failing = once("one-key", print);
	const other = once("other-key", print);
	ends[0]?.fail();
	ends[1]?.out();
	await expect(failing).rejects.toThrow("no paper");
	await other;
	const again = once("one-key", print);
	ends[2]?.out();
	await again;
	expect(ends).toHaveLength(3);
});
