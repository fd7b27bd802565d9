import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { EpsonReplies } from "../../../../station/printing/dialects/epson/epson-replies.ts";
import { StarReplies } from "../../../../station/printing/dialects/star/star-replies.ts";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import { printerAdvice } from "../../../../station/printing/queue/printer-advice.ts";
import { closeServer, listen, plainPicture } from "../../../fixtures/print-harness.ts";

/** Quick, because these hosts never print: what is measured is that nothing is claimed. */
const TIMES = {
	...{ answerMs: 60, writeMs: 200, confirmMs: 80, paperMs: () => 10, heartbeatMs: 30_000 },
	...{ firstReconnectMs: 2, longestReconnectMs: 20 },
};

async function printerAt(behave: (socket: Socket) => void, options = "") {
	const server = createServer((socket) => {
		socket.on("error", () => socket.destroy());
		behave(socket);
	});
	const port = await listen(server);
	onTestFinished(() => closeServer(server));
	const printer = openPrinter(`tcp://127.0.0.1:${port}${options}`, { times: TIMES });
	onTestFinished(() => printer.close());
	return printer;
}

/** A ticket to a host that cannot print one. */
async function outcomeAt(printer: Awaited<ReturnType<typeof printerAt>>) {
	await printer.check();
	const { sendResult, confirmation } = printer.print(plainPicture(576, 300));
	const sent = await sendResult;
	return sent.kind === "sent" ? (await confirmation).kind : sent.kind;
}

const TLS_ALERT = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]);

describe("a host that is no printer of ours: nothing is confirmed, and one sentence says what to do", () => {
	test.each<[string, (socket: Socket) => void]>([
		[
			"a web server",
			(socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
		],
		["an SSH server", (socket) => socket.resume().write("SSH-2.0-OpenSSH_9.6\r\n")],
		["an FTP server", (socket) => socket.write("220 (vsFTPd 3.0.5)\r\n")],
		[
			"a mail server that refuses each line",
			(socket) => {
				socket.write("220 mail.example.org ESMTP\r\n");
				socket.on("data", () => socket.write("500 5.5.1 Invalid command\r\n"));
			},
		],
		[
			"a laser printer that reports in PJL",
			(socket) => socket.on("data", () => socket.write("@PJL USTATUS DEVICE\r\nCODE=10001\r\nONLINE=TRUE\r\n\f")),
		],
		[
			"one that pads with NUL and says nothing else",
			(socket) => socket.on("data", () => socket.write(new Uint8Array(7))),
		],
		["a TLS server", (socket) => socket.once("data", () => socket.end(TLS_ALERT))],
		["an echo server", (socket) => socket.pipe(socket)],
		["a label printer that answers in ZPL", (socket) => socket.on("data", () => socket.write("\x02030,0,0,0\x03\r\n"))],
		["an LPR server that refuses each command", (socket) => socket.on("data", () => socket.write("\x01"))],
		["an LPR server that accepts each command", (socket) => socket.on("data", () => socket.write("\0"))],
		["an LPR server that closes after a wrong command", (socket) => socket.on("data", () => socket.end("\x01"))],
		[
			"a telnet login",
			(socket) => socket.resume().write(Buffer.from("fffd18fffd20fffb01fffb030d0a6c6f67696e3a20", "hex")),
		],
		["one whose every answer is ff", (socket) => socket.on("data", () => socket.write(Uint8Array.of(0xff)))],
		["one whose every answer is 00", (socket) => socket.on("data", () => socket.write(Uint8Array.of(0)))],
		["one that sends only XON and XOFF", (socket) => socket.on("data", () => socket.write(Uint8Array.of(0x13, 0x11)))],
		[
			"one that answers each question twenty times too late",
			(socket) =>
				socket.on("data", () => setTimeout(() => socket.write(Uint8Array.of(0x12)), 20 * TIMES.answerMs).unref()),
		],
		["one that accepts and never reads", (socket) => socket.pause()],
		["one that closes after the first bytes", (socket) => socket.once("data", () => socket.destroy())],
		[
			"one that talks without end",
			(socket) => {
				socket.resume();
				const timer = setInterval(() => socket.write(Buffer.alloc(512, 0x41)), 5);
				socket.on("close", () => clearInterval(timer));
			},
		],
	])("%s", async (_what, behave) => {
		for (const options of ["", "?dialect=star", "?dialect=star-raster"]) {
			const printer = await printerAt(behave, options);
			expect(await outcomeAt(printer)).not.toBe("confirmed");
			await vi.waitFor(() => expect(printer.status.condition).toBe("unreachable"), { timeout: 4_000 });
			const advice = printerAdvice(printer.status) ?? "";
			expect(advice).toMatch(/^[A-Z].*\.$/);
			expect(printer.proof === "confirmed" && printer.abilities?.confirmsPaper === true).toBe(false);
		}
	});

	test("one that answers one status byte for ever counts as a printer without proof: sent, never confirmed", async () => {
		const printer = await printerAt((socket) => {
			const timer = setInterval(() => socket.write(Uint8Array.of(0x12)), 3);
			socket.resume().on("close", () => clearInterval(timer));
		});
		for (let ticket = 0; ticket < 3; ticket++) expect(await outcomeAt(printer)).not.toBe("confirmed");
		expect(printer.abilities?.confirmsPaper).not.toBe(true);
	});
});

/** Bytes that printers send, among others: chance alone would seldom make one. */
const replyByte = fc.oneof(
	fc.nat(255),
	fc.constantFrom(0x12, 0x16, 0x10, 0x14, 0x37, 0x22, 0x25, 0x00, 0x1b, 0x1d, 0x03, 0x01, 0x23, 0x06, 0x0f),
);
const replies = fc.array(
	fc.uint8Array({ minLength: 0, maxLength: 40 }).chain(() => fc.array(replyByte, { maxLength: 40 })),
	{
		maxLength: 8,
	},
);

test("random replies, split anyhow: the parsers take them all and never throw", () => {
	fc.assert(
		fc.property(replies, (chunks) => {
			for (const parser of [new EpsonReplies(), new StarReplies()]) {
				for (const chunk of chunks) parser.push(Uint8Array.from(chunk));
			}
		}),
	);
});

test("random replies, however they are split, mean the same", () => {
	fc.assert(
		fc.property(fc.array(replyByte, { maxLength: 60 }), fc.nat(60), (bytes, cut) => {
			for (const makeParser of [() => new EpsonReplies(), () => new StarReplies()]) {
				const whole = makeParser().push(Uint8Array.from(bytes));
				const parser = makeParser();
				const split = [bytes.slice(0, cut), bytes.slice(cut)].flatMap((part) => parser.push(Uint8Array.from(part)));
				const said = (all: typeof whole) => all.filter(({ kind }) => kind !== "noise");
				expect(said(split)).toEqual(said(whole));
			}
		}),
	);
});

test("a host that sends random bytes never brings a confirmation, and the printer object survives", {
	timeout: 60_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(
			replies,
			fc.constantFrom("", "?dialect=star", "?proof=sent", "?status=none"),
			async (chunks, options) => {
				let at = 0;
				const printer = await printerAt((socket) => {
					socket.on("data", () => socket.write(Uint8Array.from(chunks[at++ % Math.max(1, chunks.length)] ?? [0x12])));
				}, options);
				expect(await outcomeAt(printer)).not.toBe("confirmed");
				await printer.close();
			},
		),
		{ numRuns: 25 },
	);
});
