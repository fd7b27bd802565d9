import { expect, test } from "vitest";
import { openResources } from "../../../lib/resources.ts";

test("what was opened is closed in reverse order when a later step throws, also if one fails to close", async () => {
	const closed: string[] = [];
	const opening = openResources(async (opened) => {
		opened.defer(() => void closed.push("first"));
		opened.defer(() => Promise.reject(new Error("does not close")));
		opened.defer(async () => void closed.push("third"));
		throw new Error("port in use");
	});
	await expect(opening).rejects.toThrow("port in use");
	expect(closed).toEqual(["third", "first"]);
});

test("what was opened stays open until it is closed, then closes once", async () => {
	const closed: string[] = [];
	const { name, close } = await openResources(async (opened) => {
		for (const one of ["first", "second"]) opened.defer(() => void closed.push(one));
		return { name: "all" };
	});
	expect({ name, closed }).toEqual({ name: "all", closed: [] });
	await close();
	await close();
	expect(closed).toEqual(["second", "first"]);
});
