import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { shareFiles } from "../../lib/http/shared-files.ts";
import { LANGUAGES, type Language } from "../../protocol/model/language.ts";
import type { Speech, SpeechHealth, SpeechManifest } from "../../protocol/model/speech.ts";
import { clipsOf, clipsToCall, type Sources } from "./clips.ts";

/*
 * The data folder's speech: recorded/<language>/<clip> is what people spoke, made/<language>/<clip> what a program
 * made. A recording is preferred to a made clip and is never overwritten.
 */

export const SPEECH_FOLDER = "speech";
export const KINDS = ["recorded", "made"] as const;
export type ClipKind = (typeof KINDS)[number];

/** What browsers of the stations play. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
	".opus": "audio/ogg; codecs=opus",
	".ogg": "audio/ogg",
	".mp3": "audio/mpeg",
	".wav": "audio/wav",
};
const PATH = /^(recorded|made)\/([\w-]+)\/(\w[\w.-]*)$/;

export interface SpeechLibrary {
	/** The clips of a language that are there now. */
	read(language: Language): Speech;
	health(): SpeechHealth[];
	/** The sound under an address that `read` told, without "/speech/"; undefined where there is none. */
	open(path: string): Promise<Response | undefined>;
}

/** Reads the folder each time: clips may be made or recorded while the station runs. */
export function openSpeechLibrary(folder: string, sourcesOf: (language: Language) => Sources): SpeechLibrary {
	// What is said comes with the program and the catalogue: to go through it again for each look at the health took 5 ms.
	const known = new Map<Language, { manifest: SpeechManifest; wanted: ReadonlySet<string> }>();
	const answerFile = shareFiles();
	const spokenIn = (language: Language) => {
		const found = known.get(language);
		if (found) return found;
		const sources = sourcesOf(language);
		const spoken = { manifest: sources.manifest, wanted: new Set(clipsOf(sources).map(({ id }) => id)) };
		known.set(language, spoken);
		return spoken;
	};
	/** File names by clip, recordings before what was made. */
	const filesOf = (language: Language) => {
		const { manifest, wanted } = spokenIn(language);
		const found = new Map<string, { kind: ClipKind; file: string }>();
		for (const kind of KINDS)
			for (const file of list(join(folder, kind, language))) {
				const id = file.slice(0, -extname(file).length);
				if (wanted.has(id) && MEDIA_TYPES[extname(file)] !== undefined && !found.has(id)) found.set(id, { kind, file });
			}
		return { manifest, wanted, found };
	};

	return {
		read(language) {
			const { manifest, found } = filesOf(language);
			const clips = [...found].map(([id, { kind, file }]) => [id, `/speech/${kind}/${language}/${file}`]);
			return { language, sentences: manifest.sentences, clips: Object.fromEntries(clips) };
		},
		health: () =>
			LANGUAGES.map((language) => {
				const { manifest, wanted, found } = filesOf(language);
				const kinds = [...found.values()].map(({ kind }) => kind);
				const recorded = kinds.filter((kind) => kind === "recorded").length;
				const made = kinds.length - recorded;
				const calls = clipsToCall(manifest).every((id) => found.has(id));
				return { language, recorded, made, missing: wanted.size - kinds.length, calls };
			}),
		async open(path) {
			const type = MEDIA_TYPES[extname(path)];
			if (type === undefined || !PATH.test(path)) return undefined;
			return answerFile(join(folder, path), { "content-type": type, "cache-control": "no-cache" });
		},
	};
}

function list(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
