import { describe, expect, test } from "vitest";
import { findFaults, isAllowed } from "../../../scripts/check-packages.ts";
import { findSecrets } from "../../../scripts/check-secrets.ts";

describe("packages", () => {
	const sound = { license: "MIT", integrity: "sha512-x" };
	const faultsOf = (one: object, scripts = {}) =>
		findFaults({ "": {}, "node_modules/@a/b": { ...sound, ...one } }, scripts);

	test("an install script that nobody decided on is named, and one that is kept from running is not", () => {
		expect(faultsOf({ hasInstallScript: true })).toEqual([expect.stringContaining("@a/b has an install script")]);
		expect(faultsOf({ hasInstallScript: true }, { "@a/b": false })).toEqual([]);
	});

	test("a licence that is not on the list, none at all, and a missing digest are named", () => {
		expect(faultsOf({ license: "GPL-3.0-only" })).toEqual([expect.stringContaining("GPL-3.0-only")]);
		expect(faultsOf({ license: undefined })).toEqual([expect.stringContaining("no licence")]);
		expect(faultsOf({ integrity: undefined })).toEqual([expect.stringContaining("no digest")]);
		expect(faultsOf({})).toEqual([]);
	});

	test.each([
		["(MIT OR GPL-3.0)", true],
		["MIT AND GPL-3.0", false],
		["MIT AND (CC0-1.0 OR X)", true],
		["SEE LICENSE IN LICENSE", false],
	])("%s may be passed on: %s", (licence, expected) => expect(isAllowed(licence)).toBe(expected));
});

describe("secrets", () => {
	// In parts: the check reads this file too.
	const key = `-----BEGIN ${"PRIVATE KEY"}-----\nMIGHAgEAMBMGByqGSM49AgEG\n`;
	test.each([
		["a private key", key],
		["a key of AWS", `id = ${"AKIA"}IOSFODNN7ABCDEFG`],
		["a token of GitHub", `${"ghp"}_${"a1".repeat(18)}`],
		["a token of npm", `//registry/:${"_authToken"}=0123456789`],
		["a signed token", `${"eyJ"}hbGciOiJFZERTQSJ9.${"eyJ"}zdWIiOiIxMjM0NTY3ODkwIn0.${"s".repeat(30)}`],
		["a password in an address", `postgres://paihao:${"hunter2hunter2"}@db.example/paihao`],
	])("%s is found, by its line and without itself", (what, text) => {
		expect(findSecrets("lib/a.ts", `// first line\n${text}`)).toEqual([`lib/a.ts:2 looks like ${what}.`]);
	});

	test("what only speaks of keys is none", () => {
		const text = 'const BEGIN = "-----BEGIN PRIVATE KEY-----"; postgres://USER:PASSWORD@HOST/db; Bearer TOKEN';
		expect(findSecrets("lib/a.ts", text)).toEqual([]);
	});
});
