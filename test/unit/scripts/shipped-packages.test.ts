import { resolve } from "node:path";
import { expect, test } from "vitest";
import { packagesBeside, shippedPackages } from "../../../scripts/package/shipped-packages.ts";
import { TOP } from "../../fixtures/station-folder.ts";

const top = resolve(TOP);
const namesOf = (packages: { name: string }[]) => packages.map(({ name }) => name);

test("what a package needs ships with it, however the checkout's folder is written", () => {
	// node-thermal-printer asks for pngjs when it is loaded: without it no station starts.
	expect(namesOf(packagesBeside(top))).toEqual(expect.arrayContaining(["better-sqlite3", "pngjs", "pg-protocol"]));
	expect(packagesBeside(`${top}/`)).toEqual(packagesBeside(top));
});

test("the notices name what is bundled, and what that depends on", () => {
	const names = namesOf(shippedPackages(top));
	expect(names).toEqual(expect.arrayContaining([...namesOf(packagesBeside(top)), "react", "scheduler", "zod"]));
	expect(new Set(names).has("vitest")).toBe(false);
});
