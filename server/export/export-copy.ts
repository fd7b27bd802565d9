import type { z } from "zod";
import type { StationId, StreamId } from "../../protocol/model/ids.ts";
import { exportRowSchema } from "./export-format.ts";
import { eventRowSchema, readLines, streamRowSchema } from "./read-export.ts";

export interface StationInExport {
	station: StationId;
	streams: { stream: StreamId; from: { stream: StreamId; seq: number } | null }[];
	events: Map<string, { seq: number; text: string; hash: string }[]>;
}

/**
 * Reads from an export the station that has one of the streams; undefined where it has none of them. Reads the file
 * twice: only the streams tell which events belong to the station. Throws what readLines throws.
 */
export async function readStationOfExport(
	file: string,
	own: ReadonlySet<string>,
): Promise<StationInExport | undefined> {
	const rows = await rowsOf(file, (name) => name === "stream");
	const all = rows.map(([, row]) => streamRowSchema.parse(row));
	const station = all.find(({ id }) => own.has(id))?.station;
	if (station === undefined) return undefined;
	const events: StationInExport["events"] = new Map();
	for (const [, row] of await rowsOf(file, (name, row) => name === "event" && row.station === station)) {
		const { stream, seq, text, hash } = eventRowSchema.parse(row);
		const ofStream = events.get(stream);
		if (ofStream) ofStream.push({ seq, text, hash });
		else events.set(stream, [{ seq, text, hash }]);
	}
	const streams = all
		.filter((one) => one.station === station)
		.map(({ id, from_stream: stream, from_seq: seq }) => ({
			stream: id,
			from: stream === null || seq === null ? null : { stream, seq },
		}));
	return { station, streams, events };
}

type Row = z.infer<typeof exportRowSchema>;

async function rowsOf(file: string, isWanted: (name: string, row: Record<string, unknown>) => boolean): Promise<Row[]> {
	const rows: Row[] = [];
	await readLines(file, async (line) => {
		const [name, row] = exportRowSchema.parse(JSON.parse(line));
		if (isWanted(name, row)) rows.push([name, row]);
	});
	return rows;
}
