import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { UserError } from "../../../lib/errors.ts";
import { text } from "../../../lib/settings/setting.ts";
import { readServerPlace } from "../../../server/app/configuration.ts";
import { markOwnBackup } from "../../../server/export/backups.ts";
import { exportServer } from "../../../server/export/export-server.ts";
import { importServer } from "../../../server/export/import-server.ts";
import { type Context, defineCommand } from "../../define-command.ts";
import { migrationsOf, PLACE_OPTIONS, requireServer, withServerDatabase } from "./place.ts";

const EXPORT_OPTIONS = {
	...PLACE_OPTIONS,
	out: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "the export's file; an existing file is never overwritten",
		isRequired: true,
		isFlagOnly: true,
	},
} as const;

const BACKUP_OPTIONS = {
	...PLACE_OPTIONS,
	at: {
		schema: z.iso.datetime({ offset: true }),
		expected: "a moment with its offset, such as 2026-11-23T02:00:00+08:00",
		placeholder: "INSTANT",
		help: "when the backup began, such as 2026-11-23T02:00:00+08:00",
		isRequired: true,
		isFlagOnly: true,
	},
} as const;

export function exportCommand(context: Context): Command {
	return defineCommand(context, {
		name: "export",
		summary: "write everything that the server knows into one file, also while it runs",
		options: EXPORT_OPTIONS,
		async run(invocation) {
			const out = resolve(invocation.cwd, invocation.options().out);
			const { version } = invocation.files;
			const { rows, sha256 } = await withServerDatabase(requireServer(invocation), (database) =>
				exportServer(database, { out, version, now: Date.now() }),
			);
			invocation.print({ export: out, rows, sha256 }, `The export is in ${out} (SHA-256 ${sha256}).`);
		},
	});
}

export function importCommand(context: Context): Command {
	return defineCommand(context, {
		name: "import",
		summary: "fill a new, empty server from an export",
		operands: "<file>",
		options: PLACE_OPTIONS,
		async run(invocation) {
			const file = resolve(invocation.cwd, invocation.operands[0] ?? "");
			const place = { ...readServerPlace(invocation), migrations: migrationsOf(invocation) };
			const { rows } = await withServerDatabase(place, (database) => importServer(database, file));
			invocation.print({ imported: file, rows }, `The server in ${place.data} is filled from ${file}.`);
		},
	});
}

export function markBackupCommand(context: Context): Command {
	return defineCommand(context, {
		name: "mark-backup",
		summary: "record that a backup of PostgreSQL by other means exists",
		description: "Stations then know that the backup has their events up to the moment when it began.",
		options: BACKUP_OPTIONS,
		async run(invocation) {
			const { at } = invocation.options();
			const began = Date.parse(at);
			if (began > Date.now())
				throw new UserError("USAGE", `--at is ${at}. It must be a moment in the past.`, { exitCode: 2 });
			const streams = await withServerDatabase(requireServer(invocation), (database) => markOwnBackup(database, began));
			invocation.print({ backedUpSeq: at, streams });
		},
	});
}
