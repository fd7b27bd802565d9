import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Topics } from "../../../../protocol/api/board.ts";
import { type Checklist, checklistSchema } from "../../../../protocol/api/checklist.ts";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { endWithFile } from "../../../fixtures/spawned-process.ts";
import { openTestStation, type TestStationOptions } from "../../../fixtures/station.ts";
import { emptyFolder, TOP } from "../../../fixtures/station-folder.ts";

async function openLists({ flags = [], atEnd }: Pick<TestStationOptions, "flags" | "atEnd"> = {}) {
	const opened = await openTestStation({ flags, ...(atEnd && { atEnd }) });
	const { call, folder } = opened;
	const read = async (topics: string, language = "en", answers = ""): Promise<Checklist> =>
		checklistSchema.parse(
			(await call("GET", `/api/checklist?topics=${topics}&language=${language}&answers=${answers}`)).body,
		);
	const papers = () => readdirSync(join(folder, "paper")).filter((name) => name.endsWith(".png")).length;
	return { ...opened, read, papers };
}

const namesOf = ({ documents }: Checklist) => documents.map(({ id }) => id);

test("an answer decides which papers are asked for, and a second question follows where one is needed", async () => {
	const { read } = await openLists();
	const first = await read("permanent-residence");
	expect(first.question).toMatchObject({ id: "application-basis" });
	expect(first.note).toBe("You may need other documents too.");
	expect(namesOf(first)).not.toContain("marriage-certificate");
	const second = await read("permanent-residence", "en", "pr-family");
	expect(second.question).toMatchObject({ id: "which-route" });
	const spouse = await read("permanent-residence", "en", "pr-family,pr-spouse");
	expect(spouse).toMatchObject({ question: null, note: null });
	expect(namesOf(spouse)).toEqual(expect.arrayContaining([...namesOf(first), "marriage-certificate", "spouse-id"]));
	const child = await read("permanent-residence", "en", "pr-family,pr-child");
	expect(namesOf(child)).not.toContain("no-criminal-record");
});

test("an answer of another question counts for nothing", async () => {
	const { read } = await openLists();
	expect(await read("permanent-residence-card", "en", "pr-spouse,nonsense")).toEqual(
		await read("permanent-residence-card"),
	);
});

test("each document is listed once, in the strictest form that a topic asks; photos of two sizes stay apart", async () => {
	const { read } = await openLists();
	const both = await read("permanent-residence,marriage", "en", "pr-family,pr-spouse");
	const ids = namesOf(both);
	expect(ids.filter((id) => id === "passport")).toHaveLength(1);
	expect(both.documents.find(({ id }) => id === "passport")).toMatchObject({
		name: "Passport",
		nameChinese: "护照",
		detail: "original · copy × 2",
		detailChinese: "原件 · 复印件 × 2",
	});
	expect(new Set(both.documents.map(({ key }) => key)).size).toBe(both.documents.length);
});

test("what is not sure is marked and names the hotline; what is sure is not", async () => {
	const { read } = await openLists();
	const [unsure] = (await read("work-permit")).topics;
	expect(unsure?.facts.find(({ kind }) => kind === "decision")?.lines).toEqual(["up to 20 working days ※"]);
	expect(unsure?.warnings).toEqual(["※ Please confirm with 12345"]);
	const [sure] = (await read("permanent-residence-card")).topics;
	expect(sure?.warnings).toEqual([]);
	expect(sure?.facts.find(({ kind }) => kind === "fee")?.lines).toEqual([
		"CNY\u00a0300 (renewal or change)",
		"CNY\u00a0600 (lost or damaged)",
	]);
	expect(sure?.facts.find(({ kind }) => kind === "deadline")?.lines[0]).toBe("at least 30 days before it expires");
});

test("past its date an entry says that it may have changed", async () => {
	const folder = emptyFolder();
	cpSync(join(TOP, "resources/catalogue"), folder, { recursive: true });
	const file = join(folder, "services.json");
	const services: Record<string, unknown>[] = JSON.parse(readFileSync(file, "utf8"));
	const old = { assured_date: "2020-01-01", confirm_by: "2020-02-01" };
	writeFileSync(file, JSON.stringify(services.map((one) => (one.id === "marriage" ? { ...one, ...old } : one))));
	const { read } = await openLists({ flags: ["--catalogue", folder] });
	expect((await read("marriage")).topics[0]?.warnings.join()).toContain("may have changed");
	expect((await read("education")).topics[0]?.warnings.join()).not.toContain("may have changed");
});

test("topics that only other sites offer have a list too, and unknown ones are refused", async () => {
	const { call, read } = await openLists({ flags: ["--site", "service-centre-1"] });
	expect((await read("provident-fund")).topics[0]?.name).toBe("Housing provident fund");
	expect(await call("GET", "/api/checklist?topics=nothing")).toMatchObject({ body: { code: "TOPIC_UNKNOWN" } });
	expect(await call("GET", "/api/checklist?topics=")).toMatchObject({ status: 400 });
	expect(await call("GET", "/api/checklist?topics=marriage&language=xx")).toMatchObject({
		body: { code: "LANGUAGE_UNKNOWN" },
	});
});

test("the kiosk alone prints it, once for a key, and without a ticket", async () => {
	const { call, station, papers } = await openLists();
	const body = {
		topics: ["permanent-residence"],
		answers: ["pr-family", "pr-spouse"],
		language: "ar",
		key: "list-key-1",
	};
	expect(await call("POST", "/api/checklist/print", { body })).toMatchObject({ body: { code: "KIOSK_KEY_REQUIRED" } });
	const print = () => call("POST", "/api/checklist/print", { body, token: station.kioskKey });
	expect((await Promise.all([print(), print()])).map(({ status }) => status)).toEqual([204, 204]);
	expect(papers()).toBe(1);
	expect((await call("GET", "/api/board")).body).toMatchObject({ waitingCount: 0 });
});

describe("in every language", () => {
	const atEnd = endWithFile();
	let lists: Awaited<ReturnType<typeof openLists>>;
	beforeAll(async () => {
		lists = await openLists({ atEnd });
	});

	test.each(LANGUAGES)("%s: every topic has a whole list in its own words, with every answer", async (language) => {
		const { call, read } = lists;
		const { topics } = (await call("GET", "/api/topics")).body as unknown as Topics;
		for (const { id } of topics) {
			const answers: string[] = [];
			for (let asked = 0; asked < 3; asked++) {
				const list = await read(id, language, answers.join());
				const texts = JSON.stringify([list.documents, list.topics, list.labels, list.note, list.question]);
				expect(texts, id).not.toMatch(/\{\{|undefined|"name":""/);
				expect(list.takeHome, id).not.toBeNull();
				const option = list.question?.options.at(-1);
				if (!option) break;
				answers.push(option.id);
			}
		}
	});
});

test("any answers at all give a list, and never throw", async () => {
	const { read } = await openLists();
	await fc.assert(
		fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z-]{0,20}$/), { maxLength: 12 }), async (answers) => {
			expect((await read("newborn,education", "fr", answers.join())).topics).toHaveLength(2);
		}),
		{ numRuns: 20 },
	);
});
