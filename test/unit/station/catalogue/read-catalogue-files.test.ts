import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { readCatalogueFiles } from "../../../../station/catalogue/read-catalogue-files.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { emptyFolder, TOP } from "../../../fixtures/station-folder.ts";

const DEFAULT = join(TOP, "resources/catalogue");

/** A copy of the default catalogue in which one file has been altered. */
function alteredCatalogue(file: string, alter: (json: never) => unknown): string {
	const folder = emptyFolder();
	cpSync(DEFAULT, folder, { recursive: true });
	const path = join(folder, file);
	const altered = alter(JSON.parse(readFileSync(path, "utf8")) as never);
	writeFileSync(path, typeof altered === "string" ? altered : JSON.stringify(altered));
	return folder;
}

type Entry = Record<string, unknown>;

describe("the default catalogue", () => {
	const files = readCatalogueFiles(DEFAULT);

	test("is whole: 19 topics, 19 sites, nothing left out", () => {
		expect(files.rejected).toEqual([]);
		expect(files.services).toHaveLength(19);
		expect(files.locations).toHaveLength(19);
		expect(files.locations.filter(({ example }) => !example).map(({ id }) => id)).toEqual([
			"permanent-residence-service-centre",
		]);
	});

	test("has every word in every language, and no word for what is not there", () => {
		const keysOf = (language: string) =>
			files.translations
				.filter((word) => word.language === language && word.field !== "reading")
				.map(({ entity, id, field }) => `${entity} ${id} ${field}`)
				.sort();
		const expected = keysOf("zh-Hans");
		expect(expected.length).toBeGreaterThan(150);
		for (const language of LANGUAGES) expect(keysOf(language), language).toEqual(expected);
	});

	test("says how its topics are typed and its documents said where their signs do not tell, and nowhere else", () => {
		const read = (entity: string, language: string) =>
			files.translations
				.filter((word) => word.field === "reading" && word.entity === entity && word.language === language)
				.map(({ id }) => id)
				.sort();
		const topics = files.services.map(({ id }) => id).sort();
		const documents = files.translations
			.filter(({ entity, field, language }) => entity === "document" && field === "name" && language === "zh-Hans")
			.map(({ id }) => id)
			.sort();
		for (const language of LANGUAGES) {
			const typed = language === "zh-Hans" || language === "ja";
			expect(read("service", language), language).toEqual(typed ? topics : []);
			expect(read("document", language), language).toEqual(language === "ja" ? documents : []);
		}
	});

	test("marks its examples in every language and gives them no address of a street", () => {
		for (const { id, example } of files.locations) {
			if (!example) continue;
			for (const { language, text } of files.translations.filter(
				(word) => word.id === id && word.field === "short_name",
			)) {
				expect(text, `${id} in ${language}`).toMatch(/[（(].+[)）]/);
			}
		}
	});

	test("says of every topic and site where it comes from and when it must be confirmed", () => {
		for (const { source, assured_date, confirm_by } of [...files.services, ...files.locations]) {
			expect(source.length).toBeGreaterThan(10);
			expect(confirm_by > assured_date).toBe(true);
		}
	});
});

const inZone = (timezone: string) =>
	alteredCatalogue("locations.json", (entries: Entry[]) => entries.map((entry) => ({ ...entry, timezone })));

test("a site that moves to an earlier zone between two starts keeps its day and its numbers, and closes nothing twice", async () => {
	const first = await openTestStation();
	expect(await first.issue()).toMatchObject({ body: { number: "B001" } });
	await first.close();
	const flags = ["--catalogue", inZone("America/Los_Angeles")];
	const second = await openTestStation({ folder: first.folder, flags });
	expect(await second.issue()).toMatchObject({ status: 201, body: { number: "B002", ahead: 1 } });
});

describe("a bad entry", () => {
	test("is left out and named; the station stays up with the rest", async () => {
		const folder = alteredCatalogue("services.json", (entries: Entry[]) =>
			entries.map((entry) => (entry.id === "work-permit" ? { ...entry, minutes: "twenty" } : entry)),
		);
		const { call, issue, warnings } = await openTestStation({ flags: ["--catalogue", folder] });
		expect((await call("GET", "/api/topics")).body.topics).toHaveLength(18);
		expect(await issue("work-permit")).toMatchObject({ status: 404 });
		expect(await issue("language-learning")).toMatchObject({ status: 201 });
		expect(warnings).toContainEqual(
			expect.objectContaining({
				file: "services.json",
				entry: "work-permit",
				reason: expect.stringContaining("minutes"),
			}),
		);
	});

	test("of the station's own site with a time zone that nobody knows stops the start with one sentence", async () => {
		const flags = ["--catalogue", inZone("Asia/Shangri-La"), "--site", "permanent-residence-service-centre"];
		await expect(openTestStation({ flags })).rejects.toThrow(/time zone "Asia\/Shangri-La"/);
	});

	const withDetails = (details: Entry) => (entries: Entry[]) => [{ ...entries[0], ...details }, ...entries.slice(1)];
	test.each<[string, string, (json: never) => unknown, string]>([
		[
			"a question that leads nowhere",
			"services.json",
			withDetails({ question: { id: "what-you-need", options: [{ id: "lost" }, { id: "damaged" }] } }),
			"leads nowhere",
		],
		[
			"a question with one answer",
			"services.json",
			withDetails({ question: { id: "what-you-need", options: [{ id: "lost", required_documents: ["passport"] }] } }),
			"question is left out",
		],
		[
			"an answer without words",
			"translations/zh-Hans.json",
			(file: { options: Entry }) => ({ ...file, options: { ...file.options, lost: {} } }),
			"options.lost",
		],
		[
			"a document without a Chinese name",
			"translations/zh-Hans.json",
			(file: { documents: Entry }) => ({ ...file, documents: { ...file.documents, passport: undefined } }),
			"passport it has no Chinese name",
		],
		["a fee without currency", "services.json", withDetails({ cost_options: [{ amount: 5 }] }), "currency"],
		["a fee in yuan signs", "services.json", withDetails({ cost_options: [{ amount: 5, currency: "¥" }] }), "ISO 4217"],
		["an address that is none", "services.json", withDetails({ url: "ask at the desk" }), "https://"],
		["an address without a secret way", "services.json", withDetails({ url: "http://example.org" }), "https://"],
		["a script as address", "services.json", withDetails({ application_url: "javascript:alert(1)" }), "https://"],
		[
			"a deadline of no event",
			"services.json",
			withDetails({ deadlines: [{ time: 3, unit: "day", event: "soon" }] }),
			"deadlines",
		],
		["a telephone of letters", "services.json", withDetails({ phone: "call us" }), "telephone"],
		[
			"a synonym that names two topics",
			"translations/en.json",
			(file: { services: Record<string, Entry> }) => ({
				...file,
				services: {
					...file.services,
					marriage: { ...file.services.marriage, keywords: ["wedding", "GREEN card"] },
				},
			}),
			'"GREEN card" names several topics',
		],
		[
			"a step that nobody wrote down",
			"services.json",
			withDetails({ steps: ["file-at-counter", "fly-to-the-moon"] }),
			"step fly-to-the-moon",
		],
	])("of %s costs that alone: every topic stays", (_, file, alter, said) => {
		const { rejected, services } = readCatalogueFiles(alteredCatalogue(file, alter));
		expect(services).toHaveLength(19);
		const lines = rejected.map((one) => `${one.file} ${one.entry} ${one.reason}`);
		expect(lines.join("\n")).toContain(said);
		expect(rejected.length).toBeLessThan(20);
	});

	test("one bad fee does not cost the good one beside it", () => {
		const fees = [{ amount: 5, currency: "CNY" }, { amount: 5 }];
		const { services } = readCatalogueFiles(alteredCatalogue("services.json", withDetails({ cost_options: fees })));
		expect(services[0]?.cost_options).toEqual([fees[0]]);
	});

	test.each([
		[
			"a topic of no group",
			"services.json",
			(entries: Entry[]) => [{ ...entries[0], group: "none" }, ...entries.slice(1)],
			"group none",
		],
		["a topic twice", "services.json", (entries: Entry[]) => [...entries, entries[0]], "another entry has the same id"],
		[
			"two groups with one letter",
			"groups.json",
			(entries: Entry[]) => entries.map((entry) => ({ ...entry, series: entry.series === "B" ? "A" : entry.series })),
			"series A",
		],
		[
			"the letter O",
			"groups.json",
			(entries: Entry[]) => entries.map((entry) => ({ ...entry, series: entry.series === "B" ? "O" : entry.series })),
			"never I, O or Q",
		],
		[
			"a site that closes before it opens",
			"locations.json",
			(entries: Entry[]) => [
				{ ...entries[0], schedules: [{ freq: "WEEKLY", byday: ["MO"], opens_at: "17:00", closes_at: "09:00" }] },
				...entries.slice(1),
			],
			"opens_at",
		],
		[
			"a word too long",
			"translations/fr.json",
			(translations: { services: Record<string, Entry> }) => ({
				...translations,
				services: { ...translations.services, "work-permit": { name: "x".repeat(99), description: "y" } },
			}),
			"services.work-permit",
		],
		["a language's file that is no JSON", "translations/th.json", () => "{", "the whole file"],
	])("%s", (_, file, alter, said) => {
		const { rejected, services, locations } = readCatalogueFiles(
			alteredCatalogue(file, alter as (json: never) => unknown),
		);
		expect(services.length * locations.length).toBeGreaterThan(0);
		expect(rejected.map(({ file, entry, reason }) => `${file} ${entry} ${reason}`).join("\n")).toContain(said);
		expect(rejected.some((one) => one.file === file)).toBe(true);
	});

	test("words that are missing fall back to English, and the gap is logged once", async () => {
		const folder = alteredCatalogue("translations/th.json", (translations: { services: Entry }) => ({
			...translations,
			services: { ...translations.services, "work-permit": undefined },
		}));
		const { call, warnings } = await openTestStation({ flags: ["--catalogue", folder] });
		for (let time = 0; time < 2; time += 1) {
			const { topics, fallbacks } = (await call("GET", "/api/topics?language=th")).body as {
				topics: { id: string; name: string }[];
				fallbacks: Record<string, string>;
			};
			const name = topics.find(({ id }) => id === "work-permit")?.name ?? "";
			expect(name).toContain("Work permit");
			// So that the screen can say which language it is in.
			expect(fallbacks[name]).toBe("en");
		}
		expect((await call("GET", "/api/topics?language=fr")).body.fallbacks).toBeUndefined();
		expect(warnings.filter(({ what }) => what === "service work-permit (name) in th")).toHaveLength(1);
	});

	test("only when nothing valid is left does the catalogue close, with one sentence", () => {
		expect(() => readCatalogueFiles(alteredCatalogue("services.json", () => []))).toThrow(/holds no valid topic/);
		expect(() => readCatalogueFiles(emptyFolder())).toThrow(/holds no valid topic.*--catalogue/);
	});
});

test("Hangul that an editor saved in parts is composed: no text becomes too long, and none differs", () => {
	const folder = join(emptyFolder(), "catalogue");
	cpSync(DEFAULT, folder, { recursive: true });
	const korean = join(folder, "translations/ko.json");
	writeFileSync(korean, readFileSync(korean, "utf8").normalize("NFD"));
	expect(readCatalogueFiles(folder)).toEqual(readCatalogueFiles(DEFAULT));
});
