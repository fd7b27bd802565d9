import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../protocol/model/language.ts";
import { makeClips } from "../../../../station/speech/make-clips.ts";
import { bestProgram, type Installed, ownProgram } from "../../../../station/speech/speech-program.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

const NONE: Installed = { hasProgram: () => false, exists: () => false };
const ALL: Installed = { hasProgram: () => true, exists: () => true };
const programsOf = (installed: Installed) =>
	LANGUAGES.map((language): [Language, string] => [
		language,
		bestProgram(language, "voice", installed).run("text", "file.wav").program,
	]);

test("the best program that is installed speaks: Open JTalk Japanese, SVOX Pico five languages, espeak-ng the others", () => {
	expect(new Set(programsOf(NONE).map(([, program]) => program))).toEqual(new Set(["espeak-ng"]));
	expect(Object.fromEntries(programsOf(ALL))).toMatchObject({
		...{ ja: "open_jtalk", en: "pico2wave", fr: "pico2wave", de: "pico2wave", it: "pico2wave", es: "pico2wave" },
		...{ "zh-Hans": "espeak-ng", ko: "espeak-ng", ru: "espeak-ng", ar: "espeak-ng", pt: "espeak-ng", th: "espeak-ng" },
	});
	// A program without its dictionary or voice says nothing.
	const withoutVoice = { hasProgram: () => true, exists: (path: string) => !path.endsWith(".htsvoice") };
	expect(bestProgram("ja", "ja", withoutVoice).run("", "").program).toBe("espeak-ng");
});

test("any program can speak: its words, with the file and the text in their places", () => {
	const given = ownProgram("piper --model '/opt/my voices/de.onnx' --output_file {file}");
	expect(given.run("Nummer $& 5", "/tmp/a.wav")).toEqual({
		program: "piper",
		args: ["--model", "/opt/my voices/de.onnx", "--output_file", "/tmp/a.wav"],
		input: "Nummer $& 5",
	});
	const inArguments = ownProgram('speak "--out={file}" {text}');
	expect(inArguments.run("Nummer $& 5", "/tmp/a.wav")).toEqual({
		program: "speak",
		args: ["--out=/tmp/a.wav", "Nummer $& 5"],
		input: "",
	});
	for (const command of ["piper --model de.onnx", "{file}", ""])
		expect(() => ownProgram(command)).toThrow(expect.objectContaining({ code: "SPEECH_COMMAND", exitCode: 2 }));
});

test("it is given what is written, also where espeak-ng can read nothing, and a program that writes no sound is named", async () => {
	const folder = emptyFolder();
	const thai = { id: "call-1", text: "หมายเลข", reading: undefined };
	writeFileSync(
		join(folder, "speak.mjs"),
		'import { writeFileSync } from "node:fs"; writeFileSync(...process.argv.slice(2));',
	);
	const node = `"${process.execPath}"`;
	const own = ownProgram(`${node} ${join(folder, "speak.mjs")} {file} {text}`);
	expect(await makeClips([thai], { folder, program: own })).toEqual({ made: 1, kept: 0, unreadable: [] });
	expect(await readFile(join(folder, "call-1.wav"), "utf8")).toBe(thai.text);
	await expect(
		makeClips([{ ...thai, id: "call-2" }], { folder, program: ownProgram(`${node} --eval 0 {file}`) }),
	).rejects.toMatchObject({ code: "SPEECH_PROGRAM_FAILED", message: expect.stringContaining("it wrote no sound") });
});
