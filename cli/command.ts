import type { AssetPaths } from "../station/app/asset-paths.ts";

export interface Command {
	name: string;
	/** One line in the overview. */
	summary: string;
	/** What --help prints. */
	help: string;
	/** Throws PlainError for what a person can mend; may set process.exitCode. */
	run(call: Call): Promise<void>;
}

export interface Call {
	argv: readonly string[];
	env: Readonly<Record<string, string | undefined>>;
	cwd: string;
	/** The product's top folder. */
	top: string;
	files: AssetPaths;
}
