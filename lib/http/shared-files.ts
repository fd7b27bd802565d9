import { readFile, stat } from "node:fs/promises";

/** What is handed on at a time: little enough for progress to show, and for a slow reader to hold little. */
const PART_BYTES = 64 * 1024;

/** Answers with the bytes of a file; undefined where it cannot be read. */
export type AnswerFile = (file: string, headers: Readonly<Record<string, string>>) => Promise<Response | undefined>;

/**
 * Reads files for answers. All that read one file at a time share its bytes: a hundred slow readers must not hold it a
 * hundred times. What nobody reads is not kept.
 */
export function shareFiles(): AnswerFile {
	const reading = new Map<string, Promise<Buffer>>();
	const read = new Map<string, { changed: string; bytes: WeakRef<Buffer> }>();

	const bytesOf = async (file: string): Promise<Buffer> => {
		const { mtimeMs, size } = await stat(file);
		const changed = `${mtimeMs} ${size}`;
		const known = read.get(file);
		const bytes = known?.changed === changed ? known.bytes.deref() : undefined;
		if (bytes) return bytes;
		const key = `${file} ${changed}`;
		const pending = reading.get(key) ?? readFile(file).finally(() => reading.delete(key));
		reading.set(key, pending);
		const whole = await pending;
		read.set(file, { changed, bytes: new WeakRef(whole) });
		return whole;
	};
	return async (file, headers) => {
		try {
			const bytes = await bytesOf(file);
			return new Response(partsOf(bytes), { headers: { ...headers, "content-length": String(bytes.byteLength) } });
		} catch {
			return undefined;
		}
	};
}

/** A stream over the bytes themselves, without a copy; the next part when it is asked for. */
function partsOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
	let at = 0;
	return new ReadableStream<Uint8Array>(
		{
			pull(controller) {
				controller.enqueue(bytes.subarray(at, at + PART_BYTES));
				at += PART_BYTES;
				if (at >= bytes.byteLength) controller.close();
			},
		},
		{ highWaterMark: 0 },
	);
}
