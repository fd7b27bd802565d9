import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../fixtures/spawned-process.ts";
import { writeSpeechProgram } from "../../fixtures/speech-program.ts";
import { emptyFolder } from "../../fixtures/station-folder.ts";

test("a voice that is not installed is told, keeps no other language from being made, and ends in 1", async () => {
	const data = emptyFolder();
	const { program, given } = writeSpeechProgram(emptyFolder(), { withoutVoice: "de" });
	const languages = ["de", "th", "en"].flatMap((language) => ["--language", language]);
	const made = await runCommand(["speech", "make", "--data", data, "--program", program, ...languages]);
	expect(made.code).toBe(1);
	const lines = made.stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(lines.map(({ language }) => language)).toEqual(["de", "th", "en"]);
	expect(lines[0]?.failed).toContain("voice de");
	expect(lines[1]).toMatchObject({ made: 0 });
	expect(lines[2]).toMatchObject({ kept: 0, onlyToRecord: 0 });
	expect(made.stderr).toContain("Not all clips were made: de.");
	expect(readFileSync(given, "utf8")).toContain("en-gb\tNumber");
	expect(JSON.parse(readFileSync(join(data, "speech/made/en/said.json"), "utf8"))).toMatchObject({
		"call-1": "voice en-gb, pace 145|Number",
	});
});
