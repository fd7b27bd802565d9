import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { GlobalFonts } from "@napi-rs/canvas";
import type { Language } from "../../../protocol/model/language.ts";
import { type CodePoints, readCodePoints } from "./code-points.ts";

/*
 * The bundled fonts. They are registered under names of our own, so that no font of the same name on
 * the machine can replace them, and only when a language needs them: a registered file is mapped,
 * not read, but the pages that are used count as memory.
 */

const FACES = {
	latin: ["noto-sans", "NotoSans"],
	arabic: ["noto-sans-arabic", "NotoSansArabic"],
	thai: ["noto-sans-thai", "NotoSansThai"],
	chinese: ["noto-sans-sc", "NotoSansSC"],
	japanese: ["noto-sans-jp", "NotoSansJP"],
	korean: ["noto-sans-kr", "NotoSansKR"],
} as const;
export type Face = keyof typeof FACES;

export const WEIGHTS = ["regular", "bold"] as const;
export type Weight = (typeof WEIGHTS)[number];
const STYLES: Readonly<Record<Weight, string>> = { regular: "400Regular", bold: "700Bold" };

/**
 * The fonts of a language, first choice first. Chinese, Japanese and Korean share code points with
 * different shapes, so the font of the visitor's language comes before the Chinese one.
 */
export function facesOf(language: Language): readonly Face[] {
	switch (language) {
		case "zh-Hans":
			return ["chinese", "latin"];
		case "ja":
			return ["japanese", "latin", "chinese"];
		case "ko":
			return ["korean", "latin", "chinese"];
		case "ar":
			return ["arabic", "latin", "chinese"];
		case "th":
			return ["thai", "latin", "chinese"];
		default:
			return ["latin", "chinese"];
	}
}

/** The file of a font. Inside Electron's archive it is unpacked next to the archive, because it must be mapped. */
export function faceFile(face: Face, weight: Weight): string {
	const [folder, file] = FACES[face];
	const style = STYLES[weight];
	const resolve = createRequire(import.meta.url).resolve;
	const path = resolve(`@expo-google-fonts/${folder}/${style}/${file}_${style}.ttf`);
	return path.replace(/\bapp\.asar(?=[\\/])/, "app.asar.unpacked");
}

/** The fonts that some language needs and that this installation lacks, by their packages' names. */
export function missingFonts(): string[] {
	const isThere = (face: Face, weight: Weight) => {
		try {
			return existsSync(faceFile(face, weight));
		} catch {
			// Its package is not installed.
			return false;
		}
	};
	const faces = Object.keys(FACES) as Face[];
	return faces.filter((face) => !WEIGHTS.every((weight) => isThere(face, weight))).map((face) => FACES[face][0]);
}

const registered = new Map<string, CodePoints>();

/** Registers a font if it is not registered yet, and returns the code points that it has. */
function useFace(face: Face, weight: Weight): CodePoints {
	const name = nameOf(face, weight);
	const known = registered.get(name);
	if (known) return known;
	const path = faceFile(face, weight);
	const codePoints = readCodePoints(path);
	if (!GlobalFonts.registerFromPath(path, name)) throw new Error(`the font ${path} could not be loaded`);
	registered.set(name, codePoints);
	return codePoints;
}

function nameOf(face: Face, weight: Weight): string {
	return `paihao-${face}-${weight}`;
}

/** A list of fonts at one weight: the font family that canvas accepts, and the code points that it covers. */
export interface FaceList {
	family: string;
	covers(codePoint: number): boolean;
}

const lists = new Map<string, FaceList>();

export function faceList(faces: readonly Face[], weight: Weight): FaceList {
	const key = `${faces.join()} ${weight}`;
	const known = lists.get(key);
	if (known) return known;
	const covered = faces.map((face) => useFace(face, weight));
	const list: FaceList = {
		family: faces.map((face) => nameOf(face, weight)).join(),
		covers: (codePoint) => covered.some((one) => one.has(codePoint)),
	};
	lists.set(key, list);
	return list;
}
