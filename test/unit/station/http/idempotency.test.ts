import { expect, test } from "vitest";
import { printOnce } from "../../../../station/http/idempotency.ts";

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

test("whoever asks again waits for the print that is under way, and later hears that it is out", async () => {
	const { ends, print } = printer();
	const once = printOnce();
	const both = Promise.all([once("the-key", print), once("the-key", print)]);
	ends[0]?.out();
	await both;
	await once("the-key", print);
	expect(ends).toHaveLength(1);
});

test("another key is another print; what failed may be asked for again", async () => {
	const { ends, print } = printer();
	const once = printOnce();
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
