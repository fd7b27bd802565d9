import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { checkCatalogue, fileReader } from "../../../protocol/catalogue/check-catalogue.ts";
import { readHsds } from "../../../protocol/catalogue/hsds/read-hsds.ts";
import { writeHsds } from "../../../protocol/catalogue/hsds/write-hsds.ts";
import { CATALOGUE } from "../../fixtures/catalogue-body.ts";

/* The specification's own schemas and examples: test/fixtures/hsds/README.md. */
const FOLDER = join(import.meta.dirname, "../../fixtures/hsds");
const options = { language: "en", timezone: "Asia/Shanghai", today: "2026-11-30" } as const;
let uuids = 0;
const known = new Map<string, string>();
const uuidOf = (name: string) => {
	const uuid = known.get(name) ?? `00000000-0000-4000-8000-${String(++uuids).padStart(12, "0")}`;
	known.set(name, uuid);
	return uuid;
};

const example = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, "examples", `${name}.json`), "utf8"));

/** The schemas as the specification checks its own examples: nothing beyond them is allowed anywhere. */
function openValidator() {
	const ajv = new Ajv2020({ strict: false, allErrors: true });
	ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
	ajv.addFormat("email", /^\S+@\S+$/);
	ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:\S+$/i);
	for (const file of readdirSync(join(FOLDER, "schema"))) {
		const schema = JSON.parse(readFileSync(join(FOLDER, "schema", file), "utf8"));
		ajv.addSchema({ ...schema, additionalProperties: false }, file);
	}
	return (schema: string, data: unknown) => (ajv.validate(schema, data) ? [] : (ajv.errors ?? []));
}

const MONDAY = { freq: "WEEKLY", byday: "MO", opens_at: "09:00", closes_at: "17:00" };
const SATURDAY = { ...MONDAY, byday: "SA" };

type Service = Record<string, unknown> & { service_at_locations: { location: Record<string, unknown> }[] };

describe("the specification's own examples", () => {
	test.each([
		["a service", "service_full"],
		["an organization with its services", "organization_full"],
		["a service at a location", "service_at_location_full"],
	])("%s is imported, and the rest is named", (_, name) => {
		const { body, leftOut, assumed } = readHsds(example(name), options);
		const { services, locations, rejected } = checkCatalogue(fileReader(body));
		expect(rejected).toEqual([]);
		expect(services.map(({ id, status }) => [id, status])).toEqual([["community-counselling", "active"]]);
		expect(locations).toMatchObject([
			{
				id: "mycity-civic-center",
				// The example says three hours from UTC.
				timezone: "Etc/GMT-3",
				schedules: [
					{ freq: "WEEKLY", byday: ["TH", "FR"], opens_at: "10:00", closes_at: "18:00", until: "2005-01-01" },
				],
				services: ["community-counselling"],
			},
		]);
		// The example is on no place of the earth.
		expect(leftOut).toContainEqual({
			entry: "location MyCity Civic Center",
			what: "latitude 100 and longitude 101 are no place on the earth",
		});
		const unused = leftOut.find(({ entry }) => entry === "service Community Counselling")?.what ?? "";
		for (const member of ["eligibility_description", "alert", "email", "phones"]) expect(unused).toContain(member);
		expect(assumed.some(({ what }) => what.includes("15 minutes"))).toBe(true);
	});

	test("a page of an API is imported", () => {
		const { body } = readHsds(example("service_list"), options);
		expect(checkCatalogue(fileReader(body)).services).toHaveLength(1);
	});

	test("a topic that is defunct is not offered", () => {
		const service = { ...(example("service_full") as object), status: "defunct" };
		const { notOffered, services } = checkCatalogue(fileReader(readHsds(service, options).body));
		expect([services.length, notOffered]).toEqual([0, [{ id: "community-counselling", status: "defunct" }]]);
	});

	test("lists and places that are null are as if they were left out", () => {
		const nulls = { phones: null, attributes: null, required_documents: null, schedules: null };
		const found = { id: "s1", name: "Advice", status: "active", ...nulls };
		const location = {
			id: "l1",
			name: "Hall",
			location_type: "physical",
			latitude: null,
			addresses: null,
			schedules: null,
		};
		const { body } = readHsds([found, { ...location, longitude: null }], options);
		const { services } = checkCatalogue(fileReader(body));
		expect(services.map(({ id }) => id)).toEqual(["advice"]);
	});

	test("members in another form, and organizations without anything, are named", () => {
		const service = { id: "s1", name: "Advice", status: "active", assured_date: "30/11/2026", url: 7 };
		const { leftOut } = readHsds([service, { id: "o1", name: "Empty office" }], options);
		expect(leftOut).toContainEqual({
			entry: "service Advice",
			what: 'its assured_date is not understood: "30/11/2026"',
		});
		expect(leftOut).toContainEqual({ entry: "service Advice", what: "its url is not understood: 7" });
		expect(leftOut).toContainEqual({
			entry: "organization Empty office",
			what: "It has no services and no locations.",
		});
	});

	test("entities of one id are told apart by their kind; a second one of a kind is named where it differs", () => {
		const organization = { id: "1", name: "City office" };
		const service = { id: "1", name: "Advice", status: "active", organization };
		const same = readHsds([service, service], options);
		expect(checkCatalogue(fileReader(same.body)).services.map(({ id }) => id)).toEqual(["advice"]);
		expect(same.leftOut.filter(({ what }) => what.includes("twice"))).toEqual([]);
		const { leftOut } = readHsds([service, { ...service, name: "Housing" }], options);
		expect(leftOut).toContainEqual({
			entry: "service Housing",
			what: "Its id is there twice, with another name: the first counts.",
		});
	});

	test.each([
		["a service's own", { schedules: [SATURDAY] }, {}],
		["a service's at the place", {}, { schedules: [SATURDAY] }],
	])("%s hours beside the site's are named, also of a second service", (_, ofService, ofPlace) => {
		const location = { id: uuidOf("l"), location_type: "physical", name: "Hall", schedules: [MONDAY] };
		const service = (name: string) => ({
			...{ id: uuidOf(name), name, status: "active", ...ofService },
			service_at_locations: [{ location, ...ofPlace }],
		});
		const { leftOut } = readHsds([service("Tax"), service("Visa")], options);
		const named = leftOut.filter(({ what }) => what === "its own schedules at Hall: the site's hours count");
		expect(named.map(({ entry }) => entry)).toEqual(["service Tax", "service Visa"]);
	});

	test("hours that have ended are named: the site never opens", () => {
		const ended = { ...MONDAY, valid_to: "2020-01-01" };
		const { assumed } = readHsds(
			{ id: uuidOf("l"), location_type: "physical", name: "Hall", schedules: [ended] },
			options,
		);
		expect(assumed).toContainEqual({
			entry: "location Hall",
			what: "it never opens: its schedules ended, the last on 2020-01-01",
		});
	});

	test.each([
		["-5", { timezone: "Etc/GMT+5" }, undefined],
		["8", { timezone: "Asia/Shanghai" }, undefined],
		["CST", { timezone: "Asia/Shanghai", schedules: [] }, "a time zone that is no number of hours from UTC"],
	])("a schedule's time zone as the text %j", (timezone, expected, remark) => {
		const location = { id: uuidOf("l"), location_type: "physical", name: "Hall", schedules: [{ ...MONDAY, timezone }] };
		const { body, leftOut } = readHsds(location, options);
		expect(body["locations.json"]).toMatchObject([expected]);
		expect(leftOut.map(({ what }) => what).find((what) => what.includes("time zone"))).toEqual(
			remark === undefined ? undefined : expect.stringContaining(remark),
		);
	});

	test("lists in lists, however deep, are named", () => {
		const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
		expect(readHsds(deep, options).leftOut).toEqual([{ entry: "an entry", what: "It is not an object." }]);
	});

	test("what is no HSDS is named, not guessed", () => {
		const { leftOut } = readHsds([7, { name: "no id" }, { id: "x", status: "gone", name: "X" }], options);
		expect(leftOut).toHaveLength(3);
	});
});

describe("the default catalogue", () => {
	const { page, leftOut } = writeHsds(CATALOGUE, { language: "en", uuidOf });
	const { contents } = page as { contents: Service[] };

	test("fits the specification's schemas, without a member beyond them", () => {
		const errorsOf = openValidator();
		expect(contents.length).toBeGreaterThan(10);
		for (const service of contents) expect(errorsOf("service.json", service)).toEqual([]);
	});

	test("comes back the same, in every language", () => {
		const { body, leftOut: lost } = readHsds(JSON.parse(JSON.stringify(page)), { ...options, language: "de" });
		const [before, after] = [CATALOGUE, body].map((one) => checkCatalogue(fileReader(one)));
		expect(after?.rejected).toEqual([]);
		expect(lost).toEqual([]);
		const byId = <T extends { id: string }>(list: readonly T[] = []) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
		expect(byId(after?.services)).toEqual(byId(before?.services));
		const sites = (list: typeof after) =>
			byId(list?.locations).map((one) => ({ ...one, services: one.services.toSorted() }));
		expect(sites(after)).toEqual(sites(before));
		expect(byId(after?.groups)).toEqual(byId(before?.groups));
		const words = (list: typeof after) =>
			new Set(list?.translations.map((one) => `${one.entity} ${one.id} ${one.language} ${one.field} ${one.text}`));
		expect(words(after)).toEqual(words(before));
	});

	test("what HSDS cannot say is named", () => {
		expect(leftOut.map(({ what }) => what).join(" ")).toMatch(/series, minutes.*counters.*one language/);
	});

	test("exception days and statuses come back, and are named", () => {
		const body = structuredClone(CATALOGUE);
		const [site] = body["locations.json"] as Record<string, unknown>[];
		const [topic] = body["services.json"] as Record<string, unknown>[];
		if (!site || !topic) throw new Error("The catalogue has a site and a topic.");
		site.exceptions = [{ date: "2026-10-01", until: "2026-10-08", hours: [] }];
		topic.status = "temporarily closed";
		const written = writeHsds(body, { language: "en", uuidOf });
		expect(written.leftOut.some(({ what }) => what.includes("exception days"))).toBe(true);
		const { locations, notOffered } = checkCatalogue(fileReader(readHsds(written.page, options).body));
		expect(locations.find(({ id }) => id === site.id)?.exceptions).toEqual(site.exceptions);
		expect(notOffered).toEqual([{ id: topic.id, status: "temporarily closed" }]);
	});
});
