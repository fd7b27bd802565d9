import { createHash, type KeyObject } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, linkSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { hasDatabase, openForReading } from "../../db/station/open.ts";
import { STREAMS_IN_ORDER, stream } from "../../db/station/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { removeUnfinished, removeUnfinishedOf } from "../../lib/remove-unfinished.ts";
import { whyNotWritten } from "../../lib/system-error.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { BACKUP_FILES, type BackupHeader, contentCipher, MAGIC, wrapKey } from "./envelope.ts";

/** The folder of a copy, with the process that makes it. */
const COPIES = /^backup-(\d+)-/;

export interface BackupRequest {
	/** The station's folder; the station may be running. */
	data: string;
	/** The file to be: never written over. */
	out: string;
	recipient: KeyObject;
	migrations: string;
	version: string;
	/** UTC milliseconds. */
	now: number;
}

/**
 * Writes an encrypted backup of a station's folder, also while the station runs: SQLite copies its own file as of
 * one moment (VACUUM INTO), and the copy stays in the station's folder until it is sealed. What is named `out` is
 * whole and on the disk, or not there. Throws UserError BACKUP_EXISTS, BACKUP_NOT_WRITABLE, DATA_INCOMPLETE and
 * what opening a database throws.
 */
export async function writeBackup(request: BackupRequest): Promise<BackupHeader> {
	const { data, out, recipient, migrations, version, now } = request;
	if (existsSync(out)) throw exists(out);
	if (hasDatabase(data) && !existsSync(join(data, "secrets.json")))
		throw new UserError(
			"DATA_INCOMPLETE",
			`The folder ${data} has a station's database, but secrets.json is gone: a backup of it could not be used.`,
		);
	const { database, close } = openForReading(data, migrations);
	try {
		// A copy is not encrypted yet: one that a kill left must not stay.
		removeUnfinished(data, (name) => Number(COPIES.exec(name)?.[1] ?? Number.NaN) || undefined);
		const copies = mkdtempSync(join(data, `backup-${process.pid}-`));
		try {
			const copy = join(copies, "station.db");
			database.$client.prepare("vacuum into ?").run(copy);
			const { site, events, head } = endOf(copies, migrations);
			const paths = BACKUP_FILES.map((name) => ({ name, path: join(name === "station.db" ? copies : data, name) }));
			const present = paths.filter(({ path }) => existsSync(path));
			const files: BackupHeader["files"] = [];
			for (const { name, path } of present)
				files.push({ name, bytes: statSync(path).size, sha256: await digestOf(path) });
			const { key, envelope } = wrapKey(recipient);
			const header: BackupHeader = { site, createdAt: now, version, events, head, files, envelope };
			await writeWhole(
				out,
				header,
				key,
				present.map(({ path }) => path),
			);
			return header;
		} finally {
			rmSync(copies, { recursive: true, force: true });
		}
	} finally {
		close();
	}
}

/** What the copy holds: the copy is asked, not the station, which has gone on since. */
function endOf(folder: string, migrations: string): { site: SiteId; events: number; head: string } {
	const { database, close } = openForReading(folder, migrations);
	try {
		const last = database
			.select()
			.from(stream)
			.orderBy(...STREAMS_IN_ORDER)
			.all()
			.at(-1);
		if (last) return { site: last.site, events: last.base + last.seq, head: last.head };
	} finally {
		close();
	}
	throw new UserError("STATION_NEW", "No station has run in this folder yet: there is nothing to back up.");
}

async function writeWhole(out: string, header: BackupHeader, key: Buffer, paths: string[]): Promise<void> {
	const part = `${out}.${process.pid}.part`;
	const headerLine = `${JSON.stringify(header)}\n`;
	const cipher = contentCipher(key, header.envelope, headerLine);
	const contents = async function* () {
		for (const path of paths) yield* createReadStream(path);
	};
	const sealed = async function* (source: AsyncIterable<Buffer>) {
		yield Buffer.from(MAGIC + headerLine);
		yield* source;
		yield cipher.getAuthTag();
	};
	try {
		removeUnfinishedOf(dirname(out), basename(out));
		const target = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
		await pipeline(contents, createGzip(), cipher, sealed, target);
		// A link fails where the name is taken: of two backups to one name the second does not replace the first.
		linkSync(part, out);
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") throw exists(out);
		throw new UserError(
			"BACKUP_NOT_WRITABLE",
			`The backup ${out} could not be written: ${whyNotWritten(cause)}. Name another place with --out.`,
			{ cause },
		);
	} finally {
		rmSync(part, { force: true });
	}
}

async function digestOf(path: string): Promise<string> {
	const hash = createHash("sha256");
	for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
	return hash.digest("hex");
}

function exists(out: string): UserError {
	return new UserError("BACKUP_EXISTS", `${out} is there already and was left as it is. Name another file with --out.`);
}
