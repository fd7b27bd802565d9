import { UserError } from "../../lib/errors.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Clip } from "./clips.ts";

/** A run of a speech program, for one clip. */
export interface Run {
	program: string;
	args: readonly string[];
	/** For its standard input; none where the text stands among the arguments. */
	input: string;
}

/** How clips of one language are spoken: by a program that is installed beside the station, never a part of the product. */
export interface SpeechProgram {
	/** Kept with each clip, which is made again where another program or voice is to speak. */
	name: string;
	/** What it is given of a clip; undefined where it cannot read that, and only a recording can say it. */
	textOf(clip: Clip): string | undefined;
	/** Writes the sound of a text as a WAV file. */
	run(text: string, file: string): Run;
}

/** espeak-ng's words a minute; its usual 175 is hard to follow in a hall. */
const PACE = "145";

/** espeak-ng, or a program with its options. It is given readings, with what it says wrong respelled. */
export function espeak(program: string, voice: string): SpeechProgram {
	return {
		name: `voice ${voice}, pace ${PACE}`,
		textOf: ({ reading }) => reading,
		// -z: without the 0.4 s of silence after each text, of which a call of seven clips would have three seconds.
		run: (text, file) => ({ program, args: ["-v", voice, "-s", PACE, "-z", "-w", file, "--stdin"], input: text }),
	};
}

/** Where Debian's packages put what Open JTalk needs. */
const JTALK = {
	dictionary: "/var/lib/mecab/dic/open-jtalk/naist-jdic",
	voice: "/usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice",
};
/** SVOX Pico's languages. */
const PICO: Partial<Record<Language, string>> = { en: "en-GB", fr: "fr-FR", de: "de-DE", it: "it-IT", es: "es-ES" };

/** Open JTalk, for Japanese. It is given kana, which it cannot misread. */
const openJtalk: SpeechProgram = {
	name: "open_jtalk nitech_jp_atr503_m001",
	textOf: ({ reading }) => reading,
	run: (text, file) => ({
		program: "open_jtalk",
		args: ["-x", JTALK.dictionary, "-m", JTALK.voice, "-ow", file],
		input: text,
	}),
};

function pico(tag: string): SpeechProgram {
	return {
		name: `pico2wave ${tag}`,
		textOf: ({ text }) => text,
		run: (text, file) => ({ program: "pico2wave", args: ["-l", tag, "-w", file, text], input: "" }),
	};
}

/**
 * A program of IT's own, such as `piper --model de.onnx --output_file {file}`: its words, where {file} is the sound to
 * write and {text} the text, which else comes on standard input. Words with spaces stand in quotation marks. Texts are
 * given as they are written. Throws UserError SPEECH_COMMAND.
 */
export function ownProgram(command: string): SpeechProgram {
	const [program, ...words] = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
		([, double, single, bare]) => double ?? single ?? bare ?? "",
	);
	if (!program || !words.some((word) => word.includes("{file}")))
		throw new UserError(
			"SPEECH_COMMAND",
			`The command "${command}" does not say where the sound goes. Write {file} in its place, as in "piper --model voice.onnx --output_file {file}".`,
			{ exitCode: 2 },
		);
	const isGivenText = words.some((word) => word.includes("{text}"));
	return {
		name: command,
		textOf: ({ text }) => text,
		run: (text, file) => ({
			program,
			// Replaced by functions: a $ in a text is only a $.
			args: words.map((word) => word.replaceAll(/\{(file|text)\}/g, (_, gap) => (gap === "file" ? file : text))),
			input: isGivenText ? "" : text,
		}),
	};
}

export interface Installed {
	/** Whether a program is on the PATH. */
	hasProgram(name: string): boolean;
	exists(path: string): boolean;
}

/** The best program that is there: Open JTalk for Japanese, SVOX Pico for five languages, else espeak-ng. */
export function bestProgram(language: Language, voice: string, { hasProgram, exists }: Installed): SpeechProgram {
	const tag = PICO[language];
	if (language === "ja" && hasProgram("open_jtalk") && Object.values(JTALK).every(exists)) return openJtalk;
	if (tag !== undefined && hasProgram("pico2wave")) return pico(tag);
	return espeak("espeak-ng", voice);
}
