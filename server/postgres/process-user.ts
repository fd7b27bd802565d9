import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, statSync } from "node:fs";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";

/** The user as whom PostgreSQL runs if the server runs as root, which PostgreSQL refuses to run as. */
export interface ProcessUser {
	name: string;
	uid: number;
	gid: number;
}

const NAME = "postgres";

/**
 * The user for PostgreSQL and the folder of its files, made ready for that user. Undefined if the server does not run as
 * root: PostgreSQL then runs as the server's own user. Creates the user postgres if the machine has none. Throws UserError
 * DATABASE_NOT_STARTED.
 */
export function prepareUser(data: string, databaseFolder: string): ProcessUser | undefined {
	if (process.getuid?.() !== 0) return undefined;
	// The user has to pass through the data folder; what lies in it has modes of its own.
	chmodSync(data, 0o711);
	if (existsSync(databaseFolder)) {
		const { uid, gid } = statSync(databaseFolder);
		if (uid !== 0) return { name: nameOf(uid), uid, gid };
	}
	const user = findUser() ?? createUser();
	makeFolder(databaseFolder);
	chmodSync(databaseFolder, 0o700);
	chownSync(databaseFolder, user.uid, user.gid);
	return user;
}

function findUser(): ProcessUser | undefined {
	const [uid, gid] = ["-u", "-g"].map((flag) => Number.parseInt(outputOf("id", [flag, NAME]) ?? "", 10));
	if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) return undefined;
	return { name: NAME, uid, gid };
}

function createUser(): ProcessUser {
	spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
	const user = findUser();
	if (user) return user;
	throw new UserError(
		"DATABASE_NOT_STARTED",
		`PostgreSQL never runs as root, and this machine has no user ${NAME}. Create one, run the server as another user, or name a database of your own with --database.`,
	);
}

function nameOf(uid: number): string {
	return outputOf("id", ["-un", String(uid)]) ?? String(uid);
}

/** The first line that a program prints; undefined if it fails or is not there. */
function outputOf(program: string, args: string[]): string | undefined {
	const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
	return status === 0 ? stdout.trim() : undefined;
}
