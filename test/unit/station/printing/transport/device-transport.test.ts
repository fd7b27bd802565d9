import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { epson } from "../../../../../station/printing/dialects/epson/epson.ts";
import { openPrinter } from "../../../../../station/printing/open-printer.ts";
import { printerAdvice } from "../../../../../station/printing/queue/printer-advice.ts";
import { Connection } from "../../../../../station/printing/transport/connection.ts";
import { deviceReason } from "../../../../../station/printing/transport/device-error.ts";
import { type DeviceProgram, nodeDeviceProgram } from "../../../../../station/printing/transport/device-program.ts";
import { deviceTransport } from "../../../../../station/printing/transport/device-transport.ts";
import {
	DEVICE_PROCESS,
	HAS_TERMINALS,
	namedPipe,
	pipeReader,
	printerAtTerminal,
	temporaryFolder,
} from "../../../../fixtures/device-harness.ts";
import { plainPicture, QUICK_TIMES, simulatorWithPaper } from "../../../../fixtures/print-harness.ts";

const start = nodeDeviceProgram(DEVICE_PROCESS);
/** The machine may be busy: starting Node takes a while then. */
const SLOW_TIMES = { ...QUICK_TIMES, answerMs: 2_000, writeMs: 4_000, confirmMs: 4_000 };

const untilAborted = () => new AbortController().signal;

async function connect(path: string) {
	const duplex = await deviceTransport(path, start).open(untilAborted());
	onTestFinished(() => void duplex.destroy());
	const ends: string[] = [];
	const connection = new Connection(duplex, epson, {
		onReply() {},
		onEnd: (reason) => void ends.push(reason),
	});
	return { connection, ends };
}

/** Something in every byte's place that tells it from its neighbours, every value of a byte among it. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff);

describe("a named pipe", () => {
	test("gets every byte exactly, in order", async () => {
		const path = namedPipe();
		const reader = pipeReader(path);
		const came: Buffer[] = [];
		reader.read((bytes) => void came.push(bytes));
		const { connection } = await connect(path);
		const bytes = bytesOf(300_000);
		expect(await connection.write(bytes, 5_000)).toEqual({ kind: "all" });
		await vi.waitFor(() => expect(Buffer.concat(came).equals(bytes)).toBe(true));
	});

	test("without a reader the write ends at its deadline, other work continues meanwhile, and nothing is written later", async () => {
		const path = namedPipe();
		const reader = pipeReader(path);
		const { connection, ends } = await connect(path);
		let rounds = 0;
		let writing = true;
		const others = (async () => {
			while (writing) {
				// Files are read by the very threads that a blocked write would hold.
				await Promise.all(Array.from({ length: 8 }, () => readFile(import.meta.filename)));
				await pause(5);
				rounds += 1;
			}
		})();
		const written = await connection.write(bytesOf(1_000_000), 700);
		writing = false;
		await others;
		expect(written).toEqual({ kind: "broken", reason: "write-timeout", touched: true });
		expect(ends).toEqual(["write-timeout"]);
		expect(rounds).toBeGreaterThan(5);
		let late = 0;
		const leftover = reader.read((bytes) => {
			late += bytes.length;
		});
		// The end of file comes when the device process is gone: what the pipe (64 KiB) held is all there is, and at most as
		// much again that goes through it between the reading and the process's end.
		await once(leftover, "end");
		expect(late).toBeLessThanOrEqual(2 * 65_536);
	});

	test("a write is done only when the device has it, not when the process before it has", async () => {
		const path = namedPipe();
		const reader = pipeReader(path);
		const { connection } = await connect(path);
		let done = false;
		const writing = connection.write(bytesOf(120_000), 5_000).then((written) => {
			done = true;
			return written;
		});
		await pause(200);
		expect(done).toBe(false);
		reader.read();
		expect(await writing).toEqual({ kind: "all" });
	});

	test("unplugged in the middle: broken, and the connection has ended", async () => {
		const path = namedPipe();
		const reader = pipeReader(path);
		const { connection, ends } = await connect(path);
		const writing = connection.write(bytesOf(1_000_000), 5_000);
		await pause(100);
		reader.close();
		expect(await writing).toEqual({ kind: "broken", reason: "unplugged", touched: true });
		expect(ends).toEqual(["unplugged"]);
	});

	test("without a reader it does not open: no-answer, and the device process is gone", async () => {
		let program: DeviceProgram | undefined;
		const ended = vi.fn();
		const transport = deviceTransport(
			namedPipe(),
			() => {
				program = start();
				program.listen({ onReport() {}, onEnd: ended });
				return program;
			},
			300,
		);
		await expect(transport.open(untilAborted())).rejects.toMatchObject({ code: "no-answer" });
		await vi.waitFor(() => expect(ended).toHaveBeenCalled(), { timeout: 5_000 });
	});

	test("the station closes while it opens", async () => {
		const closing = new AbortController();
		const opening = deviceTransport(namedPipe(), start).open(closing.signal);
		closing.abort();
		await expect(opening).rejects.toMatchObject({ code: "closed" });
		await expect(deviceTransport(namedPipe(), start).open(closing.signal)).rejects.toMatchObject({ code: "closed" });
	});
});

describe("the device process", () => {
	test("ends with its station, even in a blocked write; Ctrl-C does not end it", async () => {
		const path = namedPipe();
		pipeReader(path);
		const child = fork(DEVICE_PROCESS, [], { execArgv: [], env: {}, serialization: "advanced" });
		onTestFinished(() => void child.kill("SIGKILL"));
		child.send({ kind: "open", path });
		expect((await once(child, "message"))[0]).toEqual({ kind: "open" });
		child.send({ kind: "write", bytes: bytesOf(500_000) });
		child.kill("SIGINT");
		await pause(200);
		expect([child.exitCode, child.signalCode]).toEqual([null, null]);
		child.disconnect();
		expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
	});

	test("dies: the connection ends", async () => {
		const path = namedPipe();
		pipeReader(path);
		let program: DeviceProgram | undefined;
		const transport = deviceTransport(path, () => {
			program = start();
			return program;
		});
		const duplex = await transport.open(untilAborted());
		const error = once(duplex, "close").catch((fault: unknown) => fault);
		program?.kill();
		expect(await error).toMatchObject({ code: "device-process-ended" });
	});

	test("ends before it has opened anything: device-process-ended, not a crash", async () => {
		const program = join(temporaryFolder(), "broken.mjs");
		writeFileSync(program, "process.exit(3);");
		const transport = deviceTransport("/dev/null", nodeDeviceProgram(pathToFileURL(program)));
		await expect(transport.open(untilAborted())).rejects.toMatchObject({ code: "device-process-ended" });
	});
});

describe("what cannot be opened", () => {
	test("a path that does not exist: no-device, and no file is made", async () => {
		const path = join(temporaryFolder(), "lp9");
		await expect(deviceTransport(path, start).open(untilAborted())).rejects.toMatchObject({ code: "no-device" });
		expect(existsSync(path)).toBe(false);
	});

	test("a folder: not-a-device", async () => {
		const transport = deviceTransport(temporaryFolder(), start);
		await expect(transport.open(untilAborted())).rejects.toMatchObject({ code: "not-a-device" });
	});

	// Root may open everything, but nobody may write what the kernel only shows.
	const locked = "/sys/kernel/uevent_seqnum";
	test.runIf(existsSync(locked))("a device that may not be written: no-permission", async () => {
		await expect(deviceTransport(locked, start).open(untilAborted())).rejects.toMatchObject({ code: "no-permission" });
	});

	test.each([
		["opening", "EACCES", "no-permission"],
		["opening", "EPERM", "no-permission"],
		["opening", "ENOENT", "no-device"],
		["opening", "ENXIO", "no-device"],
		["opening", "EBUSY", "busy"],
		["opened", "ENODEV", "unplugged"],
		["opened", "EIO", "unplugged"],
		["opened", "EACCES", "device-error"],
	] as const)("%s: %s means %s", (stage, code, reason) => {
		expect(deviceReason(stage, Object.assign(new Error(code), { code }))).toBe(reason);
	});
});

/** A process of its own has to start first: on a busy machine that takes seconds. */
const PROCESS_STARTS = { timeout: 20_000 };

test("an ordinary file is refused with a sentence, and never written", async () => {
	const path = join(temporaryFolder(), "paper.bin");
	writeFileSync(path, "before");
	const printer = openPrinter(`device:${path}`, { times: QUICK_TIMES, deviceProcess: DEVICE_PROCESS });
	onTestFinished(() => printer.close());
	await vi.waitFor(
		async () => expect(await printer.check()).toMatchObject({ condition: "unreachable", reason: "not-a-device" }),
		PROCESS_STARTS,
	);
	expect(printerAdvice(printer.status)).toMatch(/is no device, .*Correct --printer/);
	expect(readFileSync(path, "utf8")).toBe("before");
});

test.each([
	["a folder", "device:/dev"],
	["a folder as a serial line", "serial:/dev"],
	["a device that is no serial line", "serial:/dev/null"],
])("%s: the sentence says that the path is wrong, not that the printer is off", async (_, url) => {
	const printer = openPrinter(url, { times: QUICK_TIMES, deviceProcess: DEVICE_PROCESS });
	onTestFinished(() => printer.close());
	await vi.waitFor(async () => expect(await printer.check()).toMatchObject({ reason: "not-a-device" }), PROCESS_STARTS);
});

describe("a printer at a device", () => {
	test("one that says nothing is never ready, and gets no ticket", async () => {
		const path = namedPipe();
		pipeReader(path).read();
		const printer = openPrinter(`device:${path}`, { times: QUICK_TIMES, deviceProcess: DEVICE_PROCESS });
		onTestFinished(() => printer.close());
		expect((await printer.check()).condition).toBe("unreachable");
		expect(await printer.print(plainPicture()).sendResult).toMatchObject({ kind: "untouched" });
	});

	test.runIf(HAS_TERMINALS).each([
		["device", "", true],
		// The line begins as a new one: unless its speed and its rawness were set, no ticket would come whole.
		["serial", "?baud=115200", false],
	])("%s: tickets come out whole and are confirmed; unplugged, it is unreachable", async (kind, query, raw) => {
		const { simulator, papers } = simulatorWithPaper();
		const { path, unplug } = await printerAtTerminal(simulator, { raw });
		const url = `${kind}:${path}${query}`;
		const printer = openPrinter(url, { times: SLOW_TIMES, deviceProcess: DEVICE_PROCESS });
		onTestFinished(() => printer.close());
		for (const seed of [1, 2]) {
			await vi.waitFor(async () => expect((await printer.check()).condition).toBe("ready"), { timeout: 8_000 });
			const { sendResult, confirmation } = printer.print(plainPicture(576, 600, seed));
			expect(await sendResult).toEqual({ kind: "sent" });
			expect(await confirmation).toEqual({ kind: "confirmed" });
		}
		expect(papers.map(({ bitmap }) => bitmap)).toEqual([plainPicture(576, 600, 1), plainPicture(576, 600, 2)]);
		expect(simulator.violations).toEqual([]);
		unplug();
		await vi.waitFor(() => expect(printer.status.condition).toBe("unreachable"), { timeout: 5_000 });
	});

	test("where no device process can run, that is a plain error at the start", () => {
		expect(() => openPrinter("device:/dev/usb/lp0")).toThrow(expect.objectContaining({ code: "PRINTER_NOT_HERE" }));
	});
});
