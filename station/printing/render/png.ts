import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import { type Bitmap, bytesPerRow } from "../bitmap.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** 203 dots an inch, as PNG counts them. */
const DOTS_PER_METRE = 7992;

/** A bitmap as a PNG file of one bit a pixel (PNG specification, third edition). */
export async function encodePng(bitmap: Bitmap): Promise<Uint8Array> {
	const { width, height, rows } = bitmap;
	const stride = bytesPerRow(width);
	const lines = new Uint8Array((stride + 1) * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < stride; x++) {
			// In PNG a set bit is white. Each line begins with its filter, here 0 for none.
			lines[y * (stride + 1) + 1 + x] = ~(rows[y * stride + x] ?? 0);
		}
	}
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, width);
	view.setUint32(4, height);
	header[8] = 1;
	const size = new Uint8Array(9);
	new DataView(size.buffer).setUint32(0, DOTS_PER_METRE);
	new DataView(size.buffer).setUint32(4, DOTS_PER_METRE);
	size[8] = 1;
	const data = await promisify(deflate)(lines, { level: 6 });
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", header),
		chunk("pHYs", size),
		chunk("IDAT", data),
		chunk("IEND", new Uint8Array()),
	]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, "latin1");
	bytes.set(data, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
	return bytes;
}
