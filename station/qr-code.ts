import { encode } from "uqr";
import type { QrCode } from "../protocol/model/qr-code.ts";

/** A text as a QR code for a screen. Level L, the coarsest modules: nothing on a screen is creased. */
export function drawQrCode(text: string): QrCode {
	const { data, size } = encode(text, { ecc: "L", border: 0 });
	const rows = data.map((row, y) =>
		row
			.flatMap((isBlack, x) => (isBlack && row[x - 1] !== true ? [`M${x} ${y}h${runFrom(row, x)}v1H${x}z`] : []))
			.join(""),
	);
	return { size, path: rows.join("") };
}

function runFrom(row: readonly boolean[], start: number): number {
	const end = row.indexOf(false, start);
	return (end === -1 ? row.length : end) - start;
}
