import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { type Bitmap, blacken, type PaperWidth, packBitmap } from "../bitmap.ts";
import { escapeRealTime } from "../dialects/epson/escape-real-time.ts";
import { type Resolution, USUAL_RESOLUTION } from "../resolution.ts";
import { layOutChecklist } from "./checklist-layout.ts";
import type { ChecklistSlip } from "./checklist-slip.ts";
import type { DirectionsContent } from "./directions-slip-content.ts";
import { layOutDirections } from "./directions-slip-layout.ts";
import { faceList, facesOf } from "./fonts.ts";
import type { SetupSheetContent } from "./setup-sheet-content.ts";
import { layOutSetupSheet } from "./setup-sheet-layout.ts";
import { type Pen, type Shape, type TextStyle, textStyle } from "./text-canvas.ts";
import { layOutTicket, type PaperLayout } from "./ticket/lay-out-ticket.ts";
import type { TicketMessages } from "./ticket/ticket-draft.ts";
import type { TicketContent } from "./ticket-content.ts";

/** Grey below this becomes a black dot: a little above the middle keeps thin Han strokes whole. */
const INK_THRESHOLD = 160;
const FIRST_HEIGHT = 1024;
/** Measured widths are kept: most words of a ticket are on the next one too. */
const MAX_WIDTHS = 4000;

export interface RenderedTicket {
	bitmap: Bitmap;
	/** Code points that no bundled font has. The paper shows a box for them. */
	missing: number[];
}

/** Dots above and below the base line. */
type Ink = ReturnType<Pen["ink"]>;

/** Renders tickets, all on one canvas. */
export class TicketRenderer {
	readonly #width: PaperWidth;
	readonly #dpi: Resolution;
	readonly #tearOff: boolean;
	#canvas: Canvas;
	#context: SKRSContext2D;
	readonly #styles = new Map<string, TextStyle>();
	readonly #widths = new Map<string, number>();
	readonly #inks = new Map<string, Ink>();
	readonly #pen: Pen;

	/** `tearOff`: the paper asks the visitor to tear it off. */
	constructor(
		width: PaperWidth,
		{ dpi = USUAL_RESOLUTION, tearOff = false }: { dpi?: Resolution; tearOff?: boolean } = {},
	) {
		this.#width = width;
		this.#dpi = dpi;
		this.#tearOff = tearOff;
		this.#canvas = createCanvas(width, FIRST_HEIGHT);
		this.#context = this.#canvas.getContext("2d");
		this.#pen = {
			style: (language, weight, size) => {
				const key = `${language} ${weight} ${size}`;
				const known = this.#styles.get(key);
				if (known) return known;
				const style = textStyle(language, size, faceList(facesOf(language), weight));
				this.#styles.set(key, style);
				return style;
			},
			measure: (style, text) => this.#measure(style, text),
			ink: (style, text) => {
				const glyphs = Array.from(text, (character) => this.#ink(style, character));
				return {
					above: Math.max(...glyphs.map(({ above }) => above)),
					below: Math.max(...glyphs.map(({ below }) => below)),
				};
			},
		};
	}

	render(content: TicketContent, messages: TicketMessages): RenderedTicket {
		const paper = { widthDots: this.#width, dpi: this.#dpi, tearOff: this.#tearOff };
		return this.#draw(layOutTicket(content, messages, this.#pen, paper));
	}

	renderDirections(slip: DirectionsContent): RenderedTicket {
		return this.#draw(layOutDirections(slip, this.#pen, this.#width));
	}

	renderChecklist(slip: ChecklistSlip): RenderedTicket {
		return this.#draw(layOutChecklist(slip, this.#pen, this.#width));
	}

	#draw(layout: PaperLayout): RenderedTicket {
		this.#ensureHeight(layout.height);
		const context = this.#context;
		context.fillStyle = "white";
		context.fillRect(0, 0, this.#width, layout.height);
		for (const shape of layout.shapes) if (!isDots(shape)) drawShape(context, shape);
		const { data } = context.getImageData(0, 0, this.#width, layout.height);
		const bitmap = packBitmap(data, this.#width, layout.height, INK_THRESHOLD);
		for (const shape of layout.shapes) {
			if (shape.kind === "qr") drawQr(bitmap, shape);
			else if (shape.kind === "shade") drawShade(bitmap, shape);
		}
		// Here already, so that a picture that is shown or compared equals the printed one in every dot.
		escapeRealTime(bitmap.rows);
		return { bitmap, missing: layout.missing };
	}

	renderSetupSheet(content: SetupSheetContent): RenderedTicket {
		return this.#draw(layOutSetupSheet(content, this.#pen));
	}

	#measure(style: TextStyle, text: string): number {
		const key = `${style.font}\n${text}`;
		const known = this.#widths.get(key);
		if (known !== undefined) return known;
		this.#context.font = style.font;
		const { width } = this.#context.measureText(text);
		if (this.#widths.size >= MAX_WIDTHS) this.#widths.clear();
		this.#widths.set(key, width);
		return width;
	}

	/** Kept by character: every ticket has a new number, but the same letters and digits. */
	#ink(style: TextStyle, character: string): Ink {
		const key = `${style.font}\n${character}`;
		const known = this.#inks.get(key);
		if (known) return known;
		this.#context.font = style.font;
		this.#context.direction = "ltr";
		this.#context.textAlign = "left";
		const { actualBoundingBoxAscent, actualBoundingBoxDescent } = this.#context.measureText(character);
		const ink = { above: actualBoundingBoxAscent, below: Math.max(0, actualBoundingBoxDescent) };
		this.#inks.set(key, ink);
		return ink;
	}

	#ensureHeight(height: number): void {
		if (height <= this.#canvas.height) return;
		this.#canvas = createCanvas(this.#width, Math.ceil(height / 256) * 256);
		this.#context = this.#canvas.getContext("2d");
	}
}

type QrShape = Extract<Shape, { kind: "qr" }>;
type ShadeShape = Extract<Shape, { kind: "shade" }>;

/** Drawn into the bitmap, dot by dot. */
const isDots = (shape: Shape): shape is QrShape | ShadeShape => shape.kind === "qr" || shape.kind === "shade";

function drawShape(context: SKRSContext2D, shape: Exclude<Shape, QrShape | ShadeShape>): void {
	context.fillStyle = "black";
	switch (shape.kind) {
		case "text":
			context.fillStyle = shape.ink;
			context.font = shape.font;
			context.textAlign = shape.align;
			context.direction = shape.direction;
			context.fillText(shape.text, shape.x, shape.y);
			break;
		case "bar":
			context.fillRect(shape.x, shape.y, shape.width, shape.height);
			break;
		case "frame":
			context.fillRect(shape.x, shape.y, shape.size, shape.size);
			context.fillStyle = "white";
			context.fillRect(shape.x + 2, shape.y + 2, shape.size - 4, shape.size - 4);
			break;
		default:
			shape satisfies never;
	}
}

/** Draws into the bitmap: modules are whole dots, and hundreds of them would cost the canvas more than all the text. */
function drawQr(bitmap: Bitmap, { qr, module, x, y }: QrShape): void {
	for (let row = 0; row < qr.size; row++) {
		for (let column = 0; column < qr.size; column++) {
			if (qr.isBlack(column, row)) blacken(bitmap, x + column * module, y + row * module, module, module);
		}
	}
}

/** In which order the dots of a square become black (Bayer). */
const DITHER = [
	[0, 8, 2, 10],
	[12, 4, 14, 6],
	[3, 11, 1, 9],
	[15, 7, 13, 5],
] as const;

function drawShade(bitmap: Bitmap, { x, y, width, height, percent }: ShadeShape): void {
	for (let row = y; row < y + height; row++) {
		for (let dot = x; dot < x + width; dot++) {
			const order = DITHER[row % 4]?.[dot % 4] ?? 0;
			if (order * 100 < percent * 16) blacken(bitmap, dot, row, 1, 1);
		}
	}
}
