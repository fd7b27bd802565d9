import { readFileSync } from "node:fs";
import { create } from "fontkit";
import { expect, test } from "vitest";
import { readCodePoints } from "../../../../../station/printing/render/code-points.ts";
import { type Face, faceFile, WEIGHTS } from "../../../../../station/printing/render/fonts.ts";

const FACES: readonly Face[] = ["latin", "arabic", "thai", "chinese", "japanese", "korean"];

test.each(FACES.flatMap((face) => WEIGHTS.map((weight) => [face, weight] as const)))(
	"%s %s: our reading of the file and fontkit's agree on every code point",
	(face, weight) => {
		const path = faceFile(face, weight);
		const ours = readCodePoints(path);
		const font = create(readFileSync(path));
		const theirs = new Set(font.characterSet.filter((codePoint) => font.hasGlyphForCodePoint(codePoint)));
		const different: number[] = [];
		for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
			// fontkit counts the cmap's closing mark as a character.
			if (codePoint !== 0xffff && ours.has(codePoint) !== theirs.has(codePoint)) different.push(codePoint);
		}
		expect(different).toEqual([]);
	},
);
