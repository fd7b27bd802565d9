import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What a process did to its disk, in its order (record-writes.c). */
export type DiskRecord =
	| { kind: "write"; file: string; offset: number; data: Buffer }
	| { kind: "truncate"; file: string; length: number }
	| { kind: "sync"; file: string }
	| { kind: "unlink"; file: string }
	| { kind: "mark"; what: string };

export function readRecords(bytes: Buffer): DiskRecord[] {
	const records: DiskRecord[] = [];
	for (let at = 0; at < bytes.length; ) {
		const kind = String.fromCharCode(bytes[at] ?? 0);
		const number = Number(bytes.readBigUInt64LE(at + 1));
		const pathEnd = at + 17 + bytes.readUInt32LE(at + 9);
		const file = basename(bytes.toString("utf8", at + 17, pathEnd));
		const end = pathEnd + bytes.readUInt32LE(at + 13);
		const data = bytes.subarray(pathEnd, end);
		if (kind === "W") records.push({ kind: "write", file, offset: number, data });
		else if (kind === "T") records.push({ kind: "truncate", file, length: number });
		else if (kind === "S") records.push({ kind: "sync", file });
		else if (kind === "U") records.push({ kind: "unlink", file });
		else records.push({ kind: "mark", what: data.toString() });
		at = end;
	}
	return records;
}

type Change = Extract<DiskRecord, { kind: "write" | "truncate" }>;

/** A sector is written whole or not at all; a write of many may be torn between any two. */
const SECTOR = 512;

/**
 * The disk as the records leave it. What was written since a file's last sync may be there, or not, each write for
 * itself and in any order; what was synced is there.
 */
export class Disk {
	readonly #synced = new Map<string, Buffer>();
	readonly #waiting = new Map<string, Change[]>();

	apply(record: DiskRecord): void {
		if (record.kind === "mark") return;
		const { file } = record;
		if (record.kind === "unlink") {
			this.#synced.delete(file);
			this.#waiting.delete(file);
		} else if (record.kind === "sync") {
			this.#synced.set(file, this.#with(file, this.#waiting.get(file) ?? []));
			this.#waiting.set(file, []);
		} else {
			const waiting = this.#waiting.get(file) ?? [];
			this.#waiting.set(file, waiting);
			waiting.push(record);
		}
	}

	/** All that was written is taken for kept: where the proof begins. */
	settle(): void {
		for (const file of this.#waiting.keys()) this.apply({ kind: "sync", file });
	}

	/** What the next start finds after a cut now, in a new folder. `keeps` says of each waiting write how much of it, 0 to 1, is there. */
	layOut(folder: string, keeps: () => number): void {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		for (const file of new Set([...this.#synced.keys(), ...this.#waiting.keys()])) {
			const kept = (this.#waiting.get(file) ?? []).flatMap((change): Change[] => {
				const part = keeps();
				if (change.kind === "truncate" || part >= 1) return part > 0 ? [change] : [];
				const sectors = Math.floor((change.data.length / SECTOR) * part);
				return sectors === 0 ? [] : [{ ...change, data: change.data.subarray(0, sectors * SECTOR) }];
			});
			writeFileSync(join(folder, file), this.#with(file, kept));
		}
	}

	#with(file: string, changes: readonly Change[]): Buffer {
		const before = this.#synced.get(file) ?? Buffer.alloc(0);
		const ends = changes.map((one) => (one.kind === "write" ? one.offset + one.data.length : 0));
		let image = Buffer.alloc(Math.max(before.length, ...ends));
		before.copy(image);
		let length = before.length;
		for (const change of changes) {
			if (change.kind === "truncate") {
				image.fill(0, change.length);
				length = change.length;
				if (length > image.length) image = Buffer.concat([image, Buffer.alloc(length - image.length)]);
			} else {
				change.data.copy(image, change.offset);
				length = Math.max(length, change.offset + change.data.length);
			}
		}
		return image.subarray(0, length);
	}
}
