import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import {
	closeSync,
	createReadStream,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	readSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { hasDatabase, openForReading, openStationDatabase, type StationDatabase } from "../../db/station/open.ts";
import { stream } from "../../db/station/schema/events.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make-folder.ts";
import { makePrivate } from "../../lib/private-folder.ts";
import { giveToFolderOwner } from "../../lib/write-private-file.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { verifyFile, verifyStation } from "../events/verify.ts";
import {
	BACKUP_FILES,
	type BackupHeader,
	contentDecipher,
	headerSchema,
	MAGIC,
	TAG_BYTES,
	unwrapKey,
} from "./envelope.ts";
import { fingerprintOf } from "./keys.ts";

export interface RestoreRequest {
	file: string;
	/** The folder to be: missing or empty. */
	data: string;
	privateKey: KeyObject;
	migrations: string;
	/** UTC milliseconds. */
	now: number;
	/** Reads a folder's secrets; undefined if there are none. */
	readSecrets(folder: string): object | undefined;
	/** Continues the restored log in a new stream. */
	forkLog(database: StationDatabase, now: number): void;
}

/** Longer than any header. */
const HEADER_BYTES = 65_536;
/** Everything is written here first. A restore that was interrupted starts again from nothing. */
const STAGING = "restoring";

/**
 * Brings a station's folder back. What the station did after the backup is not in it, and another disk may still
 * write the old stream: so the log continues in a new one, and every number of the backup stays issued. Until the
 * contents are whole, verified and on the disk, the folder holds nothing that a station would start with. Throws
 * UserError BACKUP_UNREADABLE, BACKUP_BROKEN, KEY_OTHER, FOLDER_NOT_EMPTY, SITE_CHANGED and what opening a
 * database throws.
 */
export async function restoreBackup(request: RestoreRequest): Promise<BackupHeader> {
	const { file, data, privateKey, migrations } = request;
	const { header, headerLine, from } = readHeader(file);
	const mine = fingerprintOf(createPublicKey(privateKey));
	if (header.envelope.recipient !== mine)
		throw new UserError(
			"KEY_OTHER",
			`The backup was sealed to the key ${header.envelope.recipient}; this is ${mine}. Name the private key of that pair with --key.`,
		);
	requireEmpty(data, header.site, migrations);
	const wasThere = existsSync(data);
	const staging = join(data, STAGING);
	try {
		makeFolder(data);
		rmSync(staging, { recursive: true, force: true });
		mkdirSync(staging, { mode: 0o700 });
		try {
			await decrypt({ file, from, header, headerLine, privateKey, staging });
		} catch (cause) {
			throw broken(file, "it is not as it was written: cut off or altered", cause);
		}
		requireUndamaged(request, staging);
		beginStream(request, staging, header);
		// The database last: a station refuses to start on a folder with secrets alone.
		for (const { name } of header.files.toReversed()) renameSync(join(staging, name), join(data, name));
		rmSync(staging, { recursive: true, force: true });
		makePrivate(
			data,
			header.files.map(({ name }) => name),
		);
		for (const { name } of header.files) giveToFolderOwner(join(data, name));
		syncFolder(data);
		return header;
	} catch (error) {
		rmSync(wasThere ? staging : data, { recursive: true, force: true });
		throw error;
	}
}

function readHeader(file: string): { header: BackupHeader; headerLine: string; from: number } {
	try {
		const start = Buffer.alloc(HEADER_BYTES);
		const descriptor = openSync(file, "r");
		const read = readSync(descriptor, start, 0, HEADER_BYTES, 0);
		closeSync(descriptor);
		if (start.toString("latin1", 0, MAGIC.length) !== MAGIC) throw new Error("not a backup");
		const from = start.subarray(0, read).indexOf("\n", MAGIC.length) + 1;
		const headerLine = start.toString("utf8", MAGIC.length, from);
		return { header: headerSchema.parse(JSON.parse(headerLine)), headerLine, from };
	} catch (cause) {
		throw new UserError("BACKUP_UNREADABLE", `${file} is not a backup that this version of Paihao reads.`, { cause });
	}
}

function requireEmpty(data: string, site: SiteId, migrations: string): void {
	if (!existsSync(data) || isUnfinished(data)) return;
	const own = hasDatabase(data) ? siteOf(data, migrations) : undefined;
	if (own !== undefined && own !== site)
		throw new UserError(
			"SITE_CHANGED",
			`The folder ${data} holds the tickets of ${own}, the backup those of ${site}. Name an empty folder with --data.`,
		);
	throw new UserError(
		"FOLDER_NOT_EMPTY",
		`The folder ${data} is not empty and was left as it is. Name an empty folder with --data.`,
	);
}

/** Empty, or as a restore leaves it that was killed before the database came to its place: the last step. */
function isUnfinished(data: string): boolean {
	const names = readdirSync(data);
	return (
		names.length === 0 ||
		(names.includes(STAGING) &&
			!hasDatabase(data) &&
			names.every((name) => name === STAGING || BACKUP_FILES.some((file) => file === name)))
	);
}

function siteOf(data: string, migrations: string): SiteId | undefined {
	const { database, close } = openForReading(data, migrations);
	try {
		return database.select({ site: stream.site }).from(stream).get()?.site;
	} finally {
		close();
	}
}

interface EncryptedContents {
	file: string;
	/** Where the contents begin. */
	from: number;
	header: BackupHeader;
	headerLine: string;
	privateKey: KeyObject;
	staging: string;
}

/** Writes the contents as files. Throws whatever shows that they are not as they were written. */
async function decrypt({ file, from, header, headerLine, privateKey, staging }: EncryptedContents): Promise<void> {
	const end = statSync(file).size - TAG_BYTES;
	if (end <= from) throw new Error("It ends with its header.");
	const tag = Buffer.alloc(TAG_BYTES);
	const descriptor = openSync(file, "r");
	readSync(descriptor, tag, 0, TAG_BYTES, end);
	closeSync(descriptor);
	const decipher = contentDecipher(unwrapKey(header.envelope, privateKey), header.envelope, headerLine, tag);
	await pipeline(createReadStream(file, { start: from, end: end - 1 }), decipher, createGunzip(), async (source) => {
		const files = header.files.values();
		let open = openNext();
		for await (let chunk of source as AsyncIterable<Buffer>) {
			while (chunk.length > 0) {
				if (!open) throw new Error("There is more in it than its header says.");
				chunk = open.take(chunk);
				if (open.isFull()) open = openNext();
			}
		}
		if (open) throw new Error("There is less in it than its header says.");

		function openNext(): Filling | undefined {
			for (;;) {
				const { value } = files.next();
				if (!value) return undefined;
				const filling = fill(join(staging, value.name), value);
				if (!filling.isFull()) return filling;
			}
		}
	});
}

interface Filling {
	/** Writes what belongs to this file, and returns the rest. */
	take(chunk: Buffer): Buffer;
	isFull(): boolean;
}

function fill(path: string, { bytes, sha256 }: BackupHeader["files"][number]): Filling {
	const descriptor = openSync(path, "wx", 0o600);
	const hash = createHash("sha256");
	let missing = bytes;
	const finish = () => {
		fsyncSync(descriptor);
		closeSync(descriptor);
		if (hash.digest("hex") !== sha256) throw new Error(`${path} has another digest than the header says.`);
	};
	if (missing === 0) finish();
	return {
		take(chunk) {
			const own = chunk.subarray(0, missing);
			writeSync(descriptor, own);
			hash.update(own);
			missing -= own.length;
			if (missing === 0) finish();
			return chunk.subarray(own.length);
		},
		isFull: () => missing === 0,
	};
}

/** Refuses a backup of a station that was damaged already, with a message that says so. */
function requireUndamaged({ file, migrations, readSecrets }: RestoreRequest, staging: string): void {
	if (!readSecrets(staging)) throw broken(file, "it has no secrets.json");
	const { database, close } = openForReading(staging, migrations);
	try {
		const damage = verifyFile(database);
		if (damage?.kind === "differs") throw broken(file, `${damage.place}: ${damage.what}`);
	} finally {
		close();
	}
}

/** Brings the backup of an older version up to date, holds its log against its tables, and goes on in a new stream. */
function beginStream({ file, migrations, now, forkLog }: RestoreRequest, staging: string, header: BackupHeader): void {
	const { database, close } = openStationDatabase(staging, migrations);
	try {
		const confirmation = verifyStation(database);
		if (confirmation.kind === "differs") throw broken(file, `${confirmation.place}: ${confirmation.what}`);
		if (confirmation.events !== header.events || confirmation.head !== header.head)
			throw broken(file, "its log ends elsewhere than its header says");
		forkLog(database, now);
	} finally {
		close();
	}
	for (const side of ["station.db-wal", "station.db-shm", "station.lock"]) rmSync(join(staging, side), { force: true });
	const descriptor = openSync(join(staging, "station.db"), "r");
	fsyncSync(descriptor);
	closeSync(descriptor);
}

/** A new name is on the disk when its folder is. Windows does it by itself and refuses to be asked. */
function syncFolder(folder: string): void {
	if (process.platform === "win32") return;
	const descriptor = openSync(folder, "r");
	fsyncSync(descriptor);
	closeSync(descriptor);
}

function broken(file: string, why: string, cause?: unknown): UserError {
	return new UserError(
		"BACKUP_BROKEN",
		`The backup ${file} cannot be used: ${why}. Nothing was restored; try another one.`,
		{
			cause,
		},
	);
}
