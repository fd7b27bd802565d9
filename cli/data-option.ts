import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../lib/errors.ts";
import type { Call } from "./command.ts";

/** The data folder of commands that look at a station: --data DIR or PAIHAO_DATA. */
export function readDataOption({ argv, env, cwd }: Call): { data: string; positionals: string[] } {
	const { values, positionals } = parse(argv);
	const data = values.data ?? env.PAIHAO_DATA;
	if (data === undefined)
		throw new UserError("USAGE", "Name the station's folder with --data DIR or PAIHAO_DATA.", { exitCode: 2 });
	return { data: resolve(cwd, data), positionals };
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({ args: [...argv], options: { data: { type: "string" } }, allowPositionals: true });
	} catch (error) {
		throw new UserError("USAGE", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error), {
			exitCode: 2,
		});
	}
}
