import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { UserError } from "../../../../lib/errors.ts";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { SENTENCES } from "../../../../protocol/model/speech.ts";
import { readCatalogueFiles } from "../../../../station/catalogue/read-catalogue-files.ts";
import { clipsOf, clipsToCall } from "../../../../station/speech/clips.ts";
import { openSpeechLibrary } from "../../../../station/speech/library.ts";
import { makeClips } from "../../../../station/speech/make-clips.ts";
import { readSources } from "../../../../station/speech/read-spoken-texts.ts";
import { espeak } from "../../../../station/speech/speech-program.ts";
import { writeSpeechProgram } from "../../../fixtures/speech-program.ts";
import { sourceFiles } from "../../../fixtures/station.ts";
import { emptyFolder, TOP } from "../../../fixtures/station-folder.ts";

const files = sourceFiles();
const catalogue = readCatalogueFiles(files.catalogue);
const sourcesOf = (language: (typeof LANGUAGES)[number]) => readSources(files, catalogue, language);
const onlyLetters = (text: string) => text.replace(/[\s\p{P}]/gu, "");

describe.each(LANGUAGES)("what is spoken in %s", (language) => {
	const sources = sourcesOf(language);
	const { manifest } = sources;

	test("a call says what the board shows, in the same order", () => {
		const board = JSON.parse(readFileSync(join(TOP, "resources/languages/board", `${language}.json`), "utf8"));
		const said = (manifest.sentences.call ?? []).map((part) => manifest.clips[part] ?? part).join(" ");
		expect(onlyLetters(said)).toBe(onlyLetters(board.call.replaceAll("{{", "{").replaceAll("}}", "}")));
	});

	test("every sentence is there, with the gaps that it needs", () => {
		const gaps = SENTENCES.map((sentence) => [
			sentence,
			(manifest.sentences[sentence] ?? []).filter((part) => part.startsWith("{")).toSorted(),
		]);
		expect(Object.fromEntries(gaps)).toEqual({
			call: ["{counter}", "{number}"],
			number: ["{number}"],
			wait: ["{from}", "{to}"],
			waitAbout: ["{from}"],
			waitLeast: ["{from}"],
			ahead: ["{count}"],
			people: ["{count}"],
		});
	});

	test("every part of every sentence is a clip, and every number can be called", () => {
		const known = new Set(clipsOf(sources).map(({ id }) => id));
		const parts = Object.values(manifest.sentences).flat();
		for (const part of parts) expect(part.startsWith("{") || known.has(part), part).toBe(true);
		expect(clipsToCall(manifest).filter((id) => /^letter-[A-Z]$|^digit-\d$/.test(id))).toHaveLength(36);
		const readable = clipsOf(sources).filter(({ reading }) => reading !== undefined);
		if (language === "th") expect(readable).toEqual([]);
		else expect(clipsToCall(manifest).filter((id) => !readable.some((clip) => clip.id === id))).toEqual([]);
	});
});

describe("what the program is given", () => {
	const readingsOf = (language: (typeof LANGUAGES)[number]) =>
		new Map(clipsOf(sourcesOf(language)).map(({ id, reading }) => [id, reading]));

	test("is never what it reads wrongly: kanji, Thai, Arabic without its vowels", () => {
		expect([...readingsOf("ja").values()].filter((text) => /\p{Script=Han}/u.test(text ?? ""))).toEqual([]);
		expect([...readingsOf("th").values()].filter((text) => text !== undefined)).toEqual([]);
		const arabic = [...readingsOf("ar").values()].filter((text) => /\p{Script=Arabic}{2}/u.test(text ?? ""));
		expect(arabic.filter((text) => !/[\u064b-\u0652]/.test(text ?? ""))).toEqual([]);
		expect(readingsOf("ar").get("kiosk.topics.title")).toBeUndefined();
	});

	test("is kana for all that is said in Japanese, with the particles as they are said: わ and え", () => {
		const japanese = [...readingsOf("ja")];
		expect(japanese.filter(([, reading]) => reading === undefined).map(([id]) => id)).toEqual([]);
		const spaced = japanese.filter(([id, reading]) => /[はへ]($|[\s、。？])/u.test(reading ?? "") && id !== "letter-H");
		expect(spaced).toEqual([]);
		for (const stale of Object.keys(sourcesOf("ja").manifest.readings))
			expect(readingsOf("ja").has(stale), stale).toBe(true);
	});

	test("is respelled where a word or a letter alone would be said wrongly, and nowhere else", () => {
		expect(readingsOf("ru").get("topic.work-permit")).toBe("Разрешение на работу (эй, би, си)");
		expect(readingsOf("ru").get("kiosk.staff.title")).toBe("Обратитесь ксотруднику");
		expect(readingsOf("ko").get("topic.talent-policy")).toContain("알비자");
		expect(readingsOf("en").get("topic.work-permit")).toBe("Work permit (A, B, C)");
	});
});

describe("making clips", () => {
	const clip = (id: string, text: string) => ({ id, text, reading: text });
	const kanji = { id: "kanji", text: "番", reading: undefined };

	test("each is made once, made again when it says something else, and goes when nobody says it any more", async () => {
		const folder = emptyFolder();
		const { program, given } = writeSpeechProgram(folder);
		const parts = { folder: join(folder, "made/en"), program: espeak(program, "en-gb") };
		const first = [clip("call-1", "Number"), clip("digit-1", "1"), clip("old", "old"), kanji];
		expect(await makeClips(first, parts)).toEqual({ made: 3, kept: 0, unreadable: ["kanji"] });
		const second = [clip("call-1", "Ticket"), clip("digit-1", "1")];
		expect(await makeClips(second, parts)).toEqual({ made: 1, kept: 1, unreadable: [] });
		expect(readdirSync(parts.folder).toSorted()).toEqual(["call-1.wav", "digit-1.wav", "said.json"]);
		const said = readFileSync(given, "utf8").trim().split("\n");
		expect(said.toSorted()).toEqual(["en-gb\t1", "en-gb\tNumber", "en-gb\tTicket", "en-gb\told"]);
	});

	test("another voice says all of them anew", async () => {
		const folder = emptyFolder();
		const { program, given } = writeSpeechProgram(folder);
		const make = (voice: string) =>
			makeClips([clip("call-1", "请")], { folder: join(folder, "made/zh-Hans"), program: espeak(program, voice) });
		await make("cmn");
		expect(await make("cmn-latn-pinyin")).toMatchObject({ made: 1, kept: 0 });
		expect(await make("cmn-latn-pinyin")).toMatchObject({ made: 0, kept: 1 });
		expect(readFileSync(given, "utf8")).toBe("cmn\t请\ncmn-latn-pinyin\t请\n");
	});

	test("a program that is not there, or that fails, is named in a sentence, and what was made is kept", async () => {
		const folder = emptyFolder();
		const made = join(folder, "made/en");
		const failure = (clips: Parameters<typeof makeClips>[0], program: string) =>
			makeClips(clips, { folder: made, program: espeak(program, "en-gb") }).then(
				() => "made",
				(error: UserError) => error.code,
			);
		expect(await failure([clip("a", "a")], join(folder, "nothing"))).toBe("SPEECH_PROGRAM_MISSING");
		const { program } = writeSpeechProgram(folder);
		expect(await failure([clip("a", "a"), clip("b", "unspeakable")], program)).toBe("SPEECH_PROGRAM_FAILED");
		expect(existsSync(join(made, "a.wav"))).toBe(true);
		expect(existsSync(join(made, "b.wav"))).toBe(false);
	});
});

describe("the library", () => {
	const put = (folder: string, path: string) => {
		mkdirSync(join(folder, path, ".."), { recursive: true });
		writeFileSync(join(folder, path), path);
	};

	test("a recording stands before what was made, other files are no clips, and health counts them", async () => {
		const folder = emptyFolder();
		const library = openSpeechLibrary(folder, sourcesOf);
		expect(library.health().map(({ calls }) => calls)).toEqual(LANGUAGES.map(() => false));
		for (const file of ["made/en/call-1.wav", "recorded/en/call-1.opus", "made/en/call-2.wav", "made/en/said.json"])
			put(folder, file);
		expect(library.read("en").clips).toEqual({
			"call-1": "/speech/recorded/en/call-1.opus",
			"call-2": "/speech/made/en/call-2.wav",
		});
		expect(await (await library.open("recorded/en/call-1.opus"))?.text()).toBe("recorded/en/call-1.opus");
		for (const id of clipsToCall(sourcesOf("en").manifest)) put(folder, `made/en/${id}.wav`);
		const english = library.health().find(({ language }) => language === "en");
		expect(english).toMatchObject({ recorded: 1, calls: true });
	});

	test.each(["../station.db", "made/../../secrets.json", "made/en/..wav", "made/en/said.json", "recorded/en/"])(
		"nothing beside the clips can be read: %s",
		async (path) => {
			const folder = emptyFolder();
			put(folder, "made/en/said.json");
			put(folder, "../secrets.json");
			expect(await openSpeechLibrary(folder, sourcesOf).open(path)).toBeUndefined();
		},
	);
});
