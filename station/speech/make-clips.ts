import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { Clip } from "./clips.ts";

export interface MakeDeps {
	/** The folder of one language's made clips. */
	folder: string;
	/** A program that takes espeak-ng's options: -v VOICE -s WORDS-A-MINUTE -z -w FILE --stdin. */
	program: string;
	voice: string;
}

export interface Made {
	made: number;
	/** Said the same before. */
	kept: number;
	/** What the program cannot read: only a recording can say it. */
	unreadable: string[];
}

/** What the clips in the folder say, and how, so that one is made again when its sentence, the voice or the pace changed. */
const SAID = "said.json";
/** espeak-ng's words a minute; its usual 175 is hard to follow in a hall. */
const PACE = "145";
const AT_ONCE = 2;

/**
 * Makes one language's clips with a speech program that is installed beside the station: a process of its own for
 * each clip, never a part of the product (espeak-ng is GPL). A clip is there whole or not at all.
 * Throws UserError SPEECH_PROGRAM_MISSING or SPEECH_PROGRAM_FAILED.
 */
export async function makeClips(clips: readonly Clip[], deps: MakeDeps): Promise<Made> {
	const { folder, voice } = deps;
	mkdirSync(folder, { recursive: true });
	const said = readSaid(folder);
	const readings = clips.flatMap(({ id, reading }) => (reading === undefined ? [] : [{ id, reading }]));
	const saying = (reading: string) => [voice, PACE, reading].join("|");
	const due = readings.filter(({ id, reading }) => said[id] !== saying(reading));
	const left = due.values();
	const work = async () => {
		for (const { id, reading } of left) {
			const file = join(folder, `${id}.wav`);
			await speak(reading, `${file}.part`, deps);
			renameSync(`${file}.part`, file);
			said[id] = saying(reading);
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
	const wanted = new Set(readings.map(({ id }) => id));
	for (const id of Object.keys(said).filter((id) => !wanted.has(id))) {
		rmSync(join(folder, `${id}.wav`), { force: true });
		delete said[id];
	}
	writeFileSync(join(folder, SAID), `${JSON.stringify(said, null, "\t")}\n`);
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	const unreadable = clips.flatMap(({ id, reading }) => (reading === undefined ? [id] : []));
	return { made: due.length, kept: readings.length - due.length, unreadable };
}

function readSaid(folder: string): Record<string, string> {
	try {
		return JSON.parse(readFileSync(join(folder, SAID), "utf8")) as Record<string, string>;
	} catch {
		return {};
	}
}

function speak(text: string, file: string, { program, voice }: MakeDeps): Promise<void> {
	return new Promise((resolve, reject) => {
		// -z: without the 0.4 s of silence after each text, of which a call of seven clips would have three seconds.
		const speaking = spawn(program, ["-v", voice, "-s", PACE, "-z", "-w", file, "--stdin"], {
			stdio: ["pipe", "ignore", "pipe"],
		});
		let complaint = "";
		speaking.stderr.setEncoding("utf8").on("data", (part: string) => {
			complaint += part;
		});
		speaking.once("error", (cause) =>
			reject(
				new UserError(
					"SPEECH_PROGRAM_MISSING",
					`There is no speech program ${program}. Install espeak-ng beside the station, or name a program like it with --program.`,
					{ cause },
				),
			),
		);
		speaking.once("close", (code) => {
			if (code === 0) return resolve();
			const why = complaint.trim().split("\n").at(-1) ?? "";
			reject(
				new UserError(
					"SPEECH_PROGRAM_FAILED",
					`${program} did not speak ${JSON.stringify(text)} with the voice ${voice} (${why || `exit code ${code}`}). Install that voice, or record the clip.`,
				),
			);
		});
		speaking.stdin.on("error", () => {});
		speaking.stdin.end(text);
	});
}
