import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { Clip } from "./clips.ts";
import type { SpeechProgram } from "./speech-program.ts";

export interface MakeDeps {
	/** The folder of one language's made clips. */
	folder: string;
	program: SpeechProgram;
}

export interface Made {
	made: number;
	/** Said the same before. */
	kept: number;
	/** What the program cannot read: only a recording can say it. */
	unreadable: string[];
}

/** What the clips in the folder say, and by whom, so that one is made again when its sentence, the voice or the pace changed. */
const SAID = "said.json";
const AT_ONCE = 2;

/**
 * Makes one language's clips with a speech program that is installed beside the station: a process of its own for
 * each clip, never a part of the product (espeak-ng is GPL). A clip is there whole or not at all.
 * Throws UserError SPEECH_PROGRAM_MISSING or SPEECH_PROGRAM_FAILED.
 */
export async function makeClips(clips: readonly Clip[], deps: MakeDeps): Promise<Made> {
	const { folder, program } = deps;
	mkdirSync(folder, { recursive: true });
	const said = readSaid(folder);
	const texts = clips.map((clip) => ({ id: clip.id, text: program.textOf(clip) }));
	const readable = texts.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }]));
	const saying = (text: string) => `${program.name}|${text}`;
	const due = readable.filter(({ id, text }) => said[id] !== saying(text));
	const left = due.values();
	const work = async () => {
		for (const { id, text } of left) {
			// Some programs write to no name but one that ends so.
			const part = join(folder, `${id}.part.wav`);
			await speak(text, part, program);
			renameSync(part, join(folder, `${id}.wav`));
			said[id] = saying(text);
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
	const wanted = new Set(readable.map(({ id }) => id));
	for (const id of Object.keys(said).filter((id) => !wanted.has(id))) {
		rmSync(join(folder, `${id}.wav`), { force: true });
		delete said[id];
	}
	writeFileSync(join(folder, SAID), `${JSON.stringify(said, null, "\t")}\n`);
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	const unreadable = texts.flatMap(({ id, text }) => (text === undefined ? [id] : []));
	return { made: due.length, kept: readable.length - due.length, unreadable };
}

function readSaid(folder: string): Record<string, string> {
	try {
		return JSON.parse(readFileSync(join(folder, SAID), "utf8")) as Record<string, string>;
	} catch {
		return {};
	}
}

function speak(text: string, file: string, speech: SpeechProgram): Promise<void> {
	const { program, args, input } = speech.run(text, file);
	return new Promise((resolve, reject) => {
		const speaking = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"] });
		let complaint = "";
		speaking.stderr.setEncoding("utf8").on("data", (part: string) => {
			complaint += part;
		});
		speaking.once("error", (cause) =>
			reject(
				new UserError(
					"SPEECH_PROGRAM_MISSING",
					`There is no speech program ${program}. Install it, or name another with --program or --with.`,
					{ cause },
				),
			),
		);
		speaking.once("close", (code) => {
			const isWritten = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
			if (code === 0 && isWritten) return resolve();
			const why = complaint.trim().split("\n").at(-1) || (code === 0 ? "it wrote no sound" : `exit code ${code}`);
			reject(
				new UserError(
					"SPEECH_PROGRAM_FAILED",
					`${program} did not speak ${JSON.stringify(text)} (${speech.name}: ${why}). Install that voice, or record the clip.`,
				),
			);
		});
		speaking.stdin.on("error", () => {});
		speaking.stdin.end(input);
	});
}
