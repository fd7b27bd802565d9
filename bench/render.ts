import { createHash } from "node:crypto";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import receiptline from "receiptline";
import { LANGUAGES, type Language } from "../protocol/model/language.ts";
import { epson } from "../station/printing/dialects/epson/epson.ts";
import { loadPaperMessages, type PaperMessages } from "../station/printing/render/paper-messages.ts";
import type { TicketContent } from "../station/printing/render/ticket-content.ts";
import { TicketRenderer } from "../station/printing/render/ticket-renderer.ts";
import { encodeWhole } from "../test/fixtures/print-harness.ts";
import { paperIn } from "../test/fixtures/sample-papers.ts";
import { median, quantile, writeFigure } from "./figure.ts";
import { benchRenderDay } from "./render-day.ts";
import { TOP } from "./station-process.ts";

const TICKETS = { warmUp: 5, measured: 50 };
/** One of them takes most of a second for a ticket with Chinese on it. */
const PEER_TICKETS = { warmUp: 1, measured: 2 };
const LINK = "http://192.168.1.20:8470/phone#7Q2K9FXM3T";

/** Takes about as long as a ticket, and always does the same. */
const CONTROL = Buffer.alloc(4_000_000);

type MakeTicket = (paper: TicketContent, words: PaperMessages, chinese: PaperMessages) => Uint8Array;

/** Picture and bytes of one ticket after another in this process, beside two libraries that send the same words as text. */
export async function benchRender(): Promise<void> {
	const folder = join(TOP, "resources/languages");
	const words = new Map(LANGUAGES.map((language) => [language, loadPaperMessages(folder, language)]));
	const renderer = new TicketRenderer(576);
	const ours: MakeTicket = (paper, own, chinese) =>
		encodeWhole(epson, renderer.render(paper, { own, chinese }).bitmap, "1359");

	const times = new Map<string, number[]>();
	for (const language of LANGUAGES) {
		for (const [name, make] of [["ours", ours] as const, ...PEERS]) {
			const samples = await timesOf(make, language, words, make === ours ? TICKETS : PEER_TICKETS);
			times.set(name, [...(times.get(name) ?? []), ...samples]);
			times.set(`${name} ${language}`, samples);
		}
	}
	const control = await controlTimes();
	const of = (name: string) => times.get(name) ?? [];
	const slowest = LANGUAGES.toSorted((one, other) => median(of(`ours ${other}`)) - median(of(`ours ${one}`)))[0];
	const beside: Record<string, number | string> = {
		[`slowest language, ${slowest}, p50 ms`]: median(of(`ours ${slowest}`)),
	};
	for (const [name, make] of PEERS) {
		const lost = LANGUAGES.filter((language) => losesWords(make, language, words));
		beside[`${name}, p50 ms`] = median(of(name));
		beside[`${name}, longest ms`] = Math.max(...of(name));
		beside[`${name} renders nothing: text in the printer's code pages; "?" instead of letters in`] =
			lost.join(" ") || "no language";
	}
	const figure = `render: picture and bytes of a ticket, ${LANGUAGES.length} languages`;
	writeFigure({ figure: `${figure}, p50`, value: median(of("ours")), unit: "ms", goal: { atMost: 10 }, beside });
	writeFigure({
		figure: `${figure}, p99`,
		value: quantile(of("ours"), 0.99),
		unit: "ms",
		goal: { atMost: 20 },
		beside: {
			"p99 by p50": quantile(of("ours"), 0.99) / median(of("ours")),
			"a fixed computation in the same run, p50 ms": median(control),
			"its p99 by p50: what the machine does to any p99": quantile(control, 0.99) / median(control),
		},
	});
	await benchRenderDay();
}

async function timesOf(
	make: MakeTicket,
	language: Language,
	words: ReadonlyMap<Language, PaperMessages>,
	{ warmUp, measured }: { warmUp: number; measured: number },
): Promise<number[]> {
	const own = words.get(language);
	const chinese = words.get("zh-Hans");
	if (!own || !chinese) throw new Error(`no words in ${language}`);
	const samples: number[] = [];
	for (let ticket = 0; ticket < warmUp + measured; ticket += 1) {
		const number = `A${String(ticket + 1).padStart(3, "0")}`;
		const paper = paperIn(language, { number, ahead: ticket, link: LINK });
		const began = performance.now();
		make(paper, own, chinese);
		if (ticket >= warmUp) samples.push(performance.now() - began);
		await setImmediate();
	}
	return samples;
}

async function controlTimes(): Promise<number[]> {
	const samples: number[] = [];
	for (let turn = 0; turn < TICKETS.measured * LANGUAGES.length; turn += 1) {
		const began = performance.now();
		createHash("sha256").update(CONTROL).digest();
		samples.push(performance.now() - began);
		await setImmediate();
	}
	return samples;
}

/** The lines of a ticket, for those that print lines. */
function linesOf(paper: TicketContent, own: PaperMessages, chinese: PaperMessages): string[] {
	const wait = paper.wait ? [`${paper.wait.minMinutes}-${paper.wait.maxMinutes}`, chinese.wait, own.wait] : [];
	return [
		paper.site.nameChinese,
		paper.site.name,
		paper.number,
		paper.topic.nameChinese,
		paper.topic.name.replaceAll("\u00ad", ""),
		`${chinese.ahead(paper.ahead)} ${own.ahead(paper.ahead)}`,
		...wait,
		`${chinese.bring} ${own.bring}`,
		...paper.bring.map((text, index) => `[ ] ${text} ${paper.bringChinese[index] ?? ""}`),
		`${chinese.advice} ${own.advice}`,
		chinese.missed,
		own.missed,
		`${chinese.follow} ${own.follow}`,
		paper.code,
	];
}

const PEERS: readonly (readonly [string, MakeTicket])[] = [
	[
		"receiptline",
		(paper, own, chinese) => {
			const plain = (text: string) => text.replace(/[\\|{}~_"`^-]/g, (character) => `\\${character}`);
			const lines = linesOf(paper, own, chinese).map(plain).join("\n");
			const text = `${lines}\n{code:${paper.link.replace(/[\\|{}:;]/g, (one) => `\\${one}`)};option:qrcode,4,m}\n=`;
			return Buffer.from(
				receiptline.transform(text, { cpl: 48, encoding: encodingOf(paper.language), command: "escpos" }),
				"latin1",
			);
		},
	],
	[
		"@point-of-sale/receipt-printer-encoder",
		(paper, own, chinese) => {
			const encoder = new ReceiptPrinterEncoder({ language: "esc-pos", columns: 48 }).initialize().codepage("auto");
			for (const line of linesOf(paper, own, chinese)) encoder.line(line);
			return encoder.qrcode(paper.link, { size: 4, errorlevel: "m" }).cut().encode();
		},
	],
];

/** receiptline writes one encoding a document; Chinese beside another script has none but GB 18030. */
function encodingOf(language: Language): "gb18030" | "shiftjis" | "ksc5601" | "tis620" | "multilingual" {
	if (language === "zh-Hans") return "gb18030";
	if (language === "ja") return "shiftjis";
	if (language === "ko") return "ksc5601";
	return language === "th" ? "tis620" : "multilingual";
}

/** More question marks in the bytes than in the words. */
function losesWords(make: MakeTicket, language: Language, words: ReadonlyMap<Language, PaperMessages>): boolean {
	const own = words.get(language);
	if (!own) throw new Error(`no words in ${language}`);
	const paper = paperIn(language, { link: "A", site: inOne(language, "site"), topic: inOne(language, "topic") });
	const alone = { ...paper, bringChinese: [] };
	const marks = (bytes: Uint8Array) => bytes.filter((byte) => byte === 0x3f).length;
	const written = Buffer.from(linesOf(alone, own, own).join("\n"));
	return marks(make(alone, own, own)) > marks(written);
}

/** The visitor's language only: Chinese beside it would be lost in most encodings and hide what is asked. */
function inOne(language: Language, what: "site" | "topic"): { name: string; nameChinese: string } {
	const { name } = paperIn(language)[what];
	return { name, nameChinese: name };
}
