import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { escapeRealTime } from "../dialects/epson/escape-real-time.ts";
import { type Bitmap, blacken, type PaperWidth, packBitmap } from "./bitmap.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import { layOutDirections } from "./directions-slip-layout.ts";
import { faceList, facesOf } from "./fonts.ts";
import { type Mark, type Pen, type Voice, voiceOf } from "./text-canvas.ts";
import type { TicketContent } from "./ticket-content.ts";
import { layOutTicket, type TicketLayout, type TicketTexts } from "./ticket-layout.ts";

/** Grey below this becomes a black dot: a little above the middle keeps thin Han strokes whole. */
const INK_THRESHOLD = 160;
const FIRST_HEIGHT = 1024;
/** Widths are kept: most of a ticket's words come again with the next one. */
const MAX_WIDTHS = 4000;

export interface RenderedTicket {
	bitmap: Bitmap;
	/** Code points that no bundled face has: drawn as a box. */
	missing: number[];
}

/** Dots above and below the base line. */
type Ink = ReturnType<Pen["ink"]>;

/** Draws tickets on one canvas that is used again and again. */
export class TicketRenderer {
	readonly #width: PaperWidth;
	#canvas: Canvas;
	#context: SKRSContext2D;
	readonly #voices = new Map<string, Voice>();
	readonly #widths = new Map<string, number>();
	readonly #inks = new Map<string, Ink>();
	readonly #pen: Pen;

	constructor(width: PaperWidth) {
		this.#width = width;
		this.#canvas = createCanvas(width, FIRST_HEIGHT);
		this.#context = this.#canvas.getContext("2d");
		this.#pen = {
			voice: (language, weight, size) => {
				const key = `${language} ${weight} ${size}`;
				const known = this.#voices.get(key);
				if (known) return known;
				const voice = voiceOf(language, size, faceList(facesOf(language), weight));
				this.#voices.set(key, voice);
				return voice;
			},
			measure: (voice, text) => this.#measure(voice, text),
			ink: (voice, text) => {
				const glyphs = Array.from(text, (character) => this.#ink(voice, character));
				return {
					above: Math.max(...glyphs.map(({ above }) => above)),
					below: Math.max(...glyphs.map(({ below }) => below)),
				};
			},
		};
	}

	render(paper: TicketContent, texts: TicketTexts): RenderedTicket {
		return this.#put(layOutTicket(paper, texts, this.#pen, this.#width));
	}

	renderDirections(slip: DirectionsContent): RenderedTicket {
		return this.#put(layOutDirections(slip, this.#pen, this.#width));
	}

	#put(layout: TicketLayout): RenderedTicket {
		this.#makeRoom(layout.height);
		const context = this.#context;
		context.fillStyle = "white";
		context.fillRect(0, 0, this.#width, layout.height);
		for (const mark of layout.marks) if (mark.kind !== "qr") put(context, mark);
		const { data } = context.getImageData(0, 0, this.#width, layout.height);
		const bitmap = packBitmap(data, this.#width, layout.height, INK_THRESHOLD);
		for (const mark of layout.marks) if (mark.kind === "qr") putQr(bitmap, mark);
		// Here already, so that a picture that is shown or compared is the printed one, dot for dot.
		escapeRealTime(bitmap.rows);
		return { bitmap, missing: layout.missing };
	}

	#measure(voice: Voice, text: string): number {
		const key = `${voice.font}\n${text}`;
		const known = this.#widths.get(key);
		if (known !== undefined) return known;
		this.#context.font = voice.font;
		const { width } = this.#context.measureText(text);
		if (this.#widths.size >= MAX_WIDTHS) this.#widths.clear();
		this.#widths.set(key, width);
		return width;
	}

	/** Kept by character: each ticket's number is new, its letters and digits are not. */
	#ink(voice: Voice, character: string): Ink {
		const key = `${voice.font}\n${character}`;
		const known = this.#inks.get(key);
		if (known) return known;
		this.#context.font = voice.font;
		this.#context.direction = "ltr";
		this.#context.textAlign = "left";
		const { actualBoundingBoxAscent, actualBoundingBoxDescent } = this.#context.measureText(character);
		const ink = { above: actualBoundingBoxAscent, below: Math.max(0, actualBoundingBoxDescent) };
		this.#inks.set(key, ink);
		return ink;
	}

	#makeRoom(height: number): void {
		if (height <= this.#canvas.height) return;
		this.#canvas = createCanvas(this.#width, Math.ceil(height / 256) * 256);
		this.#context = this.#canvas.getContext("2d");
	}
}

type QrMark = Extract<Mark, { kind: "qr" }>;

function put(context: SKRSContext2D, mark: Exclude<Mark, QrMark>): void {
	context.fillStyle = "black";
	switch (mark.kind) {
		case "text":
			context.fillStyle = mark.ink;
			context.font = mark.font;
			context.textAlign = mark.align;
			context.direction = mark.direction;
			context.fillText(mark.text, mark.x, mark.y);
			break;
		case "bar":
			context.fillRect(mark.x, mark.y, mark.width, mark.height);
			break;
		case "frame":
			context.fillRect(mark.x, mark.y, mark.size, mark.size);
			context.fillStyle = "white";
			context.fillRect(mark.x + 2, mark.y + 2, mark.size - 4, mark.size - 4);
			break;
		default:
			mark satisfies never;
	}
}

/** Straight into the dots: its modules are whole dots, and hundreds of them cost the canvas more than all the text. */
function putQr(bitmap: Bitmap, { qr, module, x, y }: QrMark): void {
	for (let row = 0; row < qr.size; row++) {
		for (let column = 0; column < qr.size; column++) {
			if (qr.isBlack(column, row)) blacken(bitmap, x + column * module, y + row * module, module, module);
		}
	}
}
