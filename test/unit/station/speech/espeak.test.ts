import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { readCatalogueFiles } from "../../../../station/catalogue/read-catalogue-files.ts";
import { clipsOf, clipsToCall } from "../../../../station/speech/clips.ts";
import { makeClips } from "../../../../station/speech/make-clips.ts";
import { readSources } from "../../../../station/speech/read-spoken-texts.ts";
import { espeak } from "../../../../station/speech/speech-program.ts";
import { sourceFiles } from "../../../fixtures/station.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

/* The real program, where it is installed: what it would say, as the phonemes that it prints. */

const files = sourceFiles();
const catalogue = readCatalogueFiles(files.catalogue);
const sourcesOf = (language: (typeof LANGUAGES)[number]) => readSources(files, catalogue, language);
const installed = spawnSync("espeak-ng", ["--version"]).error === undefined;

function phonemes(voice: string, text: string): string {
	const { stdout, status } = spawnSync("espeak-ng", ["-q", "-x", "-v", voice, "--stdin"], { input: text });
	expect(status, `${voice}: ${text}`).toBe(0);
	return stdout.toString().trim();
}

if (installed)
	describe("espeak-ng", () => {
		test.each(LANGUAGES)("says all clips of %s in that language's own voice", (language) => {
			const { manifest } = sourcesOf(language);
			// Thai it cannot say at all, and is given nothing of.
			if (language === "th") return;
			const read = clipsOf(sourcesOf(language)).flatMap(({ id, reading }) => (reading ? [[id, reading] as const] : []));
			// What it cannot say it says in English: letters' names, "Chinese letter", tones as numbers.
			expect(phonemes(manifest.voice, read.map(([, reading]) => reading).join("\n\n"))).not.toMatch(/\(en\)/);
			const call = new Set(clipsToCall(manifest));
			for (const kind of [/^letter-/, /^digit-/]) {
				const spelled = read.filter(([id]) => call.has(id) && kind.test(id)).map(([, reading]) => reading);
				const sounds = phonemes(manifest.voice, spelled.join("\n\n")).split(/\n+/);
				expect(sounds).toHaveLength(spelled.length);
				// Chinese has its tones; no two letters sound the same, nor two digits.
				if (language === "zh-Hans") expect(sounds.filter((sound) => !/\d/.test(sound))).toEqual([]);
				expect(sounds.filter((sound, place) => sounds.indexOf(sound) !== place)).toEqual([]);
			}
			for (const [id, reading] of read)
				if (id.startsWith("call-")) expect(phonemes(manifest.voice, reading), id).not.toBe("");
		});

		test("leaves no dead air: a call's clips end with their sound", async () => {
			const folder = emptyFolder();
			const { voice } = sourcesOf("en").manifest;
			await makeClips([{ id: "digit-8", text: "8", reading: "8" }], { folder, program: espeak("espeak-ng", voice) });
			const sound = readFileSync(join(folder, "digit-8.wav"));
			const rate = sound.readUInt32LE(24);
			const samples = Array.from({ length: Math.floor((sound.length - 44) / 2) }, (_, place) =>
				Math.abs(sound.readInt16LE(44 + place * 2)),
			);
			const quiet = samples.length - 1 - samples.findLastIndex((loudness) => loudness > 300);
			expect(quiet / rate).toBeLessThan(0.06);
		});
	});
else
	test("espeak-ng is not installed here: what it would say is not looked at", () => {
		process.stderr.write("espeak-ng is not installed: the spoken words are checked without it.\n");
		expect(installed).toBe(false);
	});
