import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./errors.ts";

/** What a program leaves in its data folder at its first start, and the other does not. */
export const FOLDER_MARKS = {
	station: ["station.db", "secrets.json"],
	server: ["server.lock", "postgres", "signing-keys.json"],
} as const;

type Owner = keyof typeof FOLDER_MARKS;

/** Throws UserError DATA_FOREIGN if the folder is the data folder of the other program. */
export function refuseFolderOf(owner: Owner, folder: string): void {
	const found = FOLDER_MARKS[owner].find((name) => existsSync(join(folder, name)));
	if (found === undefined) return;
	throw new UserError(
		"DATA_FOREIGN",
		`The folder ${folder} is a ${owner}'s (it has ${found}). Name another folder with --data.`,
	);
}
