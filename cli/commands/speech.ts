import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { UserError } from "../../lib/errors.ts";
import { text } from "../../lib/settings/setting.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { readCatalogueFiles } from "../../station/catalogue/read-catalogue-files.ts";
import { clipsOf } from "../../station/speech/clips.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../../station/speech/library.ts";
import { makeClips } from "../../station/speech/make-clips.ts";
import { readSources } from "../../station/speech/read-spoken-texts.ts";
import { bestProgram, espeak, type Installed, ownProgram } from "../../station/speech/speech-program.ts";
import { type Context, defineCommand, type Invocation } from "../define-command.ts";

const TEXTS = {
	language: {
		schema: z.array(z.enum(LANGUAGES)),
		expected: `one of ${LANGUAGES.join(", ")}`,
		placeholder: "TAG",
		help: `a language, may be repeated: ${LANGUAGES.join(", ")}; all of them if none is named`,
		isFlagOnly: true,
	},
	catalogue: {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "the station's own catalogue, if it has one: its topics and documents are spoken too",
	},
} as const;
const MAKE = {
	data: DATA_FOLDER,
	...TEXTS,
	program: {
		...text("a program"),
		placeholder: "PROGRAM",
		help: "a program with espeak-ng's options (-v VOICE -s PACE -z -w FILE --stdin), for every language but those of --with; the best that is installed if none is named",
		isFlagOnly: true,
	},
	with: {
		schema: z.array(z.string().regex(new RegExp(`^(${LANGUAGES.join("|")})=.+`))),
		expected: "a language and a command, as de=piper --model voice.onnx --output_file {file}",
		placeholder: "TAG=COMMAND",
		help: "any program for one language, may be repeated: {file} is where the sound goes, {text} what is said, which else comes on standard input",
		isFlagOnly: true,
	},
} as const;
const LIST = { data: DATA_FOLDER, catalogue: TEXTS.catalogue } as const;

export function speechCommand(context: Context): Command {
	return defineCommand(context, {
		name: "speech",
		summary: "make the clips that the board and the kiosk speak with, list them, or print what to record",
		commands: [
			defineCommand(context, {
				name: "make",
				summary: "make the clips with the speech programs that are installed",
				description: `Speech programs are installed beside the station and are not part of it (Debian: apt-get install espeak-ng). Open JTalk
speaks Japanese where it is installed, SVOX Pico en, fr, de, it and es, espeak-ng the others. A recording of the same name, DIR/speech/recorded/TAG/NAME.opus (or .ogg, .mp3, .wav), is used instead and never overwritten. The station
may be running. Nothing is spoken where there is no clip.`,
				options: MAKE,
				run: makeSpeech,
			}),
			defineCommand(context, {
				name: "list",
				summary: "print what each language has: recorded, made, missing",
				options: LIST,
				async run(invocation) {
					const { data, catalogue } = invocation.options();
					const sourcesOf = sourceReader(invocation, catalogue);
					const library = openSpeechLibrary(join(resolve(invocation.cwd, data), SPEECH_FOLDER), sourcesOf);
					for (const health of library.health()) invocation.print(health);
				},
			}),
			defineCommand(context, {
				name: "script",
				summary: "print each clip's name and text, to be recorded",
				options: TEXTS,
				async run(invocation) {
					const { language: languages = LANGUAGES, catalogue } = invocation.options();
					const sourcesOf = sourceReader(invocation, catalogue);
					for (const language of languages)
						for (const { id, text } of clipsOf(sourcesOf(language)))
							invocation.stdout.write(`${language}\t${id}\t${text}\n`);
				},
			}),
		],
	});
}

async function makeSpeech(invocation: Invocation<typeof MAKE>): Promise<void> {
	const {
		data,
		language: languages = LANGUAGES,
		catalogue,
		program: named,
		with: commands = [],
	} = invocation.options();
	const own = new Map(
		commands.map((one) => [one.slice(0, one.indexOf("=")), ownProgram(one.slice(one.indexOf("=") + 1))]),
	);
	const sourcesOf = sourceReader(invocation, catalogue);
	const folder = join(resolve(invocation.cwd, data), SPEECH_FOLDER);
	const failed: Language[] = [];
	for (const language of languages) {
		const sources = sourcesOf(language);
		const { voice } = sources.manifest;
		const program =
			own.get(language) ??
			(named === undefined ? bestProgram(language, voice, installedIn(invocation.env)) : espeak(named, voice));
		try {
			const { made, kept, unreadable } = await makeClips(clipsOf(sources), {
				folder: join(folder, "made", language),
				program,
			});
			invocation.print({ language, by: program.name, made, kept, onlyToRecord: unreadable.length });
		} catch (error) {
			// A voice that is not installed keeps no other language from being made.
			if (!(error instanceof UserError && error.code === "SPEECH_PROGRAM_FAILED")) throw error;
			failed.push(language);
			invocation.print({ language, failed: error.message });
		}
	}
	if (failed.length > 0)
		throw new UserError(
			"SPEECH_INCOMPLETE",
			`Not all clips were made: ${failed.join(", ")}. Correct what the lines above name, then run this again.`,
		);
}

function installedIn({ PATH = "" }: Invocation<typeof MAKE>["env"]): Installed {
	const folders = PATH.split(delimiter).filter((folder) => folder !== "");
	return { exists: existsSync, hasProgram: (name) => folders.some((folder) => existsSync(join(folder, name))) };
}

function sourceReader({ cwd, files }: Context, catalogue: string | undefined) {
	const catalogueFiles = readCatalogueFiles(catalogue === undefined ? files.catalogue : resolve(cwd, catalogue));
	return (language: Language) => readSources(files, catalogueFiles, language);
}
