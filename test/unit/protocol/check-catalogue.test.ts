import { expect, test } from "vitest";
import { checkCatalogue, fileReader } from "../../../protocol/catalogue/check-catalogue.ts";
import { findMissingTexts } from "../../../protocol/catalogue/missing-texts.ts";
import { CATALOGUE } from "../../fixtures/catalogue-body.ts";

type Entry = Record<string, unknown>;
type Files = Record<string, unknown>;

const check = (files: Files) => checkCatalogue(fileReader({ ...CATALOGUE, ...files }));
const whole = check({});
const services = structuredClone(CATALOGUE["services.json"]) as Entry[];
const read = (language: string) =>
	structuredClone(CATALOGUE[`translations/${language}.json`]) as Record<string, Record<string, Entry>>;

/** The first topic with other details. */
const withDetails = (details: Entry): Files => ({
	"services.json": [{ ...services[0], ...details }, ...services.slice(1)],
});
/** A question whose second answer asks for papers. */
const asking = (...answers: unknown[]) =>
	withDetails({
		question: { id: "which-route", options: [...answers, { id: "pr-phd", required_documents: ["passport"] }] },
	});
const withTopic = (language: string, topic: string, texts: Entry): Files => {
	const file = read(language);
	return {
		[`translations/${language}.json`]: {
			...file,
			services: { ...file.services, [topic]: { ...file.services?.[topic], ...texts } },
		},
	};
};
const leadsNowhere = { id: "what-you-need", options: [{ id: "lost" }, { id: "damaged" }] };
const withUrl = (url: string) => withDetails({ url });

test.each<[string, Files, string]>([
	[
		"a second question that leads nowhere",
		asking({ id: "pr-spouse", required_documents: ["passport"], question: leadsNowhere }),
		"the question after question which-route, pr-spouse, is left out",
	],
	[
		"a question that leads to itself",
		asking({ id: "pr-spouse", question: { ...leadsNowhere, id: "which-route" } }),
		"leads to itself",
	],
	[
		"a third question",
		asking({
			id: "pr-spouse",
			question: {
				id: "what-you-need",
				options: [
					{ id: "lost", required_documents: ["passport"] },
					{ id: "damaged", question: leadsNowhere },
				],
			},
		}),
		"two questions at most",
	],
	["two answers with one id", asking({ id: "pr-phd", required_documents: ["photo"] }), "two answers have the id"],
	[
		"a document without a number",
		asking({ id: "lost", required_documents: [{ document: "photo", originals: 0 }] }),
		"lost",
	],
	[
		"a document that is none",
		withDetails({ required_documents: ["passport", { document: "No Slug!" }] }),
		"required_documents",
	],
	["too many documents", withDetails({ required_documents: Array(17).fill("passport") }), "the first 16 are kept"],
	["a negative fee", withDetails({ cost_options: [{ amount: -5, currency: "CNY" }] }), "cost_options"],
	["a fee in letters", withDetails({ cost_options: [{ amount: "5", currency: "CNY" }] }), "cost_options"],
	[
		"a fee that ends below its beginning",
		withDetails({ cost_options: [{ amount: 5, amount_max: 4, currency: "CNY" }] }),
		"above amount",
	],
	["an address in another script", withUrl("https://例え.jp/入学"), "Latin letters"],
	["an address with a space", withUrl("https://example.org/a b"), "without spaces"],
	["an address that names another host first", withUrl("https://shanghai.gov.cn@example.org/"), "name or password"],
	["a script as address", withUrl("javascript:alert(1)//https://"), "https://"],
	["an address of ten million letters", withUrl(`https://example.org/${"a".repeat(10_000_000)}`), "url is left out"],
	["a telephone number without digits", withDetails({ phone: "+ - -" }), "telephone"],
	["a script as telephone number", withDetails({ phone: "javascript:1" }), "telephone"],
	[
		"facts to be confirmed before they were checked",
		withDetails({ assured_date: "2026-11-30", confirm_by: "2026-01-01" }),
		"confirm_by 2026-01-01 is before assured_date 2026-11-30",
	],
	[
		"an organization's telephone number that is none",
		{ "organizations.json": (CATALOGUE["organizations.json"] as Entry[]).map((one) => ({ ...one, phone: "call us" })) },
		"phone is left out",
	],
	["a topic twice at one site", { "locations.json": twiceOffered() }, ""],
	[
		"a synonym with a mark of direction",
		withTopic("en", "marriage", { keywords: ["wedding", "\u202egnidd"] }),
		"keywords",
	],
	["a synonym too long", withTopic("en", "marriage", { keywords: ["wedding", "x".repeat(41)] }), "keywords"],
	[
		"too many synonyms",
		withTopic("en", "marriage", { keywords: Array.from({ length: 41 }, (_, n) => `wed ${n}`) }),
		"rest is left out",
	],
	[
		"a synonym in wide letters that names two topics",
		withTopic("en", "marriage", { keywords: ["wedding", "ＧＲＥＥＮ　ｃａｒｄ"] }),
		"several topics",
	],
	[
		"a synonym that is another topic's name",
		withTopic("de", "marriage", { keywords: ["Hochzeit", "Sozialversicherung"] }),
		"several topics",
	],
	["ten megabytes of eligibility", withTopic("fr", "marriage", { eligibility: "x".repeat(10_000_000) }), "eligibility"],
	["a section that is none", { "translations/th.json": { ...read("th"), steps: "none" } }, "steps"],
	["a remark beside the sections", { "translations/th.json": { ...read("th"), $schema: "th.schema.json" } }, ""],
])("%s costs that alone", (_, files, said) => {
	const { services, locations, translations, rejected } = check(files);
	expect(services.map(({ id }) => id)).toEqual(whole.services.map(({ id }) => id));
	expect(locations.map(({ id, services }) => [id, services])).toEqual(
		whole.locations.map(({ id, services }) => [id, services]),
	);
	const names = (list: typeof translations) => list.filter(({ field }) => field === "name" || field === "description");
	const isSection = said === "steps";
	expect(names(translations).length).toBeGreaterThanOrEqual(names(whole.translations).length - (isSection ? 50 : 0));
	const lines = rejected.map(({ file, entry, reason }) => `${file} ${entry} ${reason}`);
	if (said === "") expect(lines).toEqual([]);
	else expect(lines.join("\n")).toContain(said);
	// Named shortly, whatever stood there.
	expect(lines.join("\n").length).toBeLessThan(10_000);
});

function twiceOffered(): Entry[] {
	const locations = CATALOGUE["locations.json"] as (Entry & { services: string[] })[];
	return locations.map((location) => ({ ...location, services: [...location.services, ...location.services] }));
}

test("an answer keeps its good documents, and the question its other answers", () => {
	const { services } = check(
		asking({
			id: "pr-spouse",
			required_documents: ["photo", { document: "passport", copies: -1 }],
			question: leadsNowhere,
		}),
	);
	expect(services[0]?.question).toEqual({
		id: "which-route",
		options: [
			{ id: "pr-spouse", required_documents: [{ document: "photo" }] },
			{ id: "pr-phd", required_documents: [{ document: "passport" }] },
		],
	});
});

test("facts that were due before they were checked are due when they were checked", () => {
	const { services } = check(withDetails({ assured_date: "2026-11-30", confirm_by: "2026-01-01" }));
	expect(services[0]).toMatchObject({ assured_date: "2026-11-30", confirm_by: "2026-11-30" });
});

test.each(["2027-02-29", "2026-13-01", "30 November 2026"])(
	"the date %s does not exist: its topic is left out and named",
	(date) => {
		const { services, rejected } = check(withDetails({ confirm_by: date }));
		expect(services).toHaveLength(whole.services.length - 1);
		expect(rejected[0]).toMatchObject({ file: "services.json", entry: "permanent-residence" });
		expect(rejected[0]?.reason).toContain("confirm_by");
	},
);

test("texts that are missing in a language are named for it, and are no errors", () => {
	expect(findMissingTexts(whole)).toEqual({});
	const file = read("th");
	const { marriage: _, ...rest } = file.services ?? {};
	const checked = check({ "translations/th.json": { ...file, services: rest } });
	expect(checked.rejected).toEqual([]);
	expect(findMissingTexts(checked)).toEqual({ th: ["service marriage (name)", "service marriage (description)"] });
});

test("HTML in a text is a text", () => {
	const name = "<img src=x onerror=alert(1)>";
	const { translations, rejected } = check(withTopic("en", "marriage", { name }));
	expect(rejected).toEqual([]);
	expect(translations).toContainEqual({ entity: "service", id: "marriage", language: "en", field: "name", text: name });
});
