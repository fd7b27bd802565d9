import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import { readCatalogueFiles } from "../../station/catalogue/read-catalogue-files.ts";
import { clipsOf } from "../../station/speech/clips.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../../station/speech/library.ts";
import { makeClips } from "../../station/speech/make.ts";
import { readSources } from "../../station/speech/sources.ts";
import type { Call, Command } from "../command.ts";

export const speechCommand: Command = {
	name: "speech",
	summary: "make the clips that the board and the kiosk speak with, list them, or print what to record",
	help: `Use: paihao speech make --data DIR [--language TAG]... [--program PROGRAM]
     paihao speech list --data DIR             prints what each language has: recorded, made, missing
     paihao speech script --language TAG       prints each clip's name and what it says, to be recorded

"make" speaks each clip with espeak-ng, which is installed beside the station and never a part of it (Debian:
apt-get install espeak-ng). A recording of the same name, DIR/speech/recorded/TAG/NAME.opus (or .ogg, .mp3, .wav),
is used instead and never written over. The station may be running. What has no clip is not said at all.

  --data DIR          the station's folder, or PAIHAO_DATA
  --language TAG      one of ${LANGUAGES.join(", ")}; all of them where none is named
  --program PROGRAM   a program with espeak-ng's options (-v VOICE -s PACE -z -w FILE --stdin)
  --catalogue DIR     the station's own catalogue, where it has one: its topics and documents are spoken too`,
	async run(call) {
		const { action, data, languages, program, catalogue } = readOptions(call);
		const files = readCatalogueFiles(catalogue ?? call.files.catalogue);
		const sourcesOf = (language: Language) => readSources(call.files, files, language);
		if (action === "script") {
			for (const language of languages)
				for (const { id, text } of clipsOf(sourcesOf(language))) process.stdout.write(`${language}\t${id}\t${text}\n`);
			return;
		}
		const folder = join(requireData(data), SPEECH_FOLDER);
		if (action === "list") {
			for (const one of openSpeechLibrary(folder, sourcesOf).health()) process.stdout.write(`${JSON.stringify(one)}\n`);
			return;
		}
		const failed: Language[] = [];
		for (const language of languages) {
			const sources = sourcesOf(language);
			const parts = { folder: join(folder, "made", language), program, voice: sources.manifest.voice };
			try {
				const { made, kept, unreadable } = await makeClips(clipsOf(sources), parts);
				process.stdout.write(`${JSON.stringify({ language, made, kept, onlyToRecord: unreadable.length })}\n`);
			} catch (error) {
				// One voice that is not installed keeps no other language from speaking.
				if (!(error instanceof UserError && error.code === "SPEECH_PROGRAM_FAILED")) throw error;
				failed.push(language);
				process.stdout.write(`${JSON.stringify({ language, failed: error.message })}\n`);
			}
		}
		if (failed.length > 0)
			throw new UserError(
				"SPEECH_INCOMPLETE",
				`Not all clips were made: ${failed.join(", ")}. Run it again when that is mended.`,
			);
	},
};

const ACTIONS = ["make", "list", "script"] as const;

function readOptions({ argv, env, cwd }: Call) {
	const options = {
		data: { type: "string" },
		language: { type: "string", multiple: true },
		program: { type: "string" },
		catalogue: { type: "string" },
	} as const;
	let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
	try {
		parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
	} catch (error) {
		throw usage(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	}
	const { values, positionals } = parsed;
	const action = ACTIONS.find((one) => one === positionals[0]);
	if (action === undefined || positionals.length > 1) throw usage("Say one of make, list and script.");
	const data = values.data ?? env.PAIHAO_DATA;
	return {
		action,
		data: data === undefined ? undefined : resolve(cwd, data),
		languages: values.language === undefined ? LANGUAGES : values.language.map(requireLanguage),
		program: values.program ?? "espeak-ng",
		catalogue: values.catalogue === undefined ? undefined : resolve(cwd, values.catalogue),
	};
}

function requireLanguage(tag: string): Language {
	const language = LANGUAGES.find((one) => one === tag);
	if (language === undefined) throw usage(`There is no language ${tag}. Name one of ${LANGUAGES.join(", ")}.`);
	return language;
}

function requireData(data: string | undefined): string {
	if (data === undefined) throw usage("Name the station's folder with --data DIR or PAIHAO_DATA.");
	return data;
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
