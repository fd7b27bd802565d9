import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { isatty } from "node:tty";
import { DeviceError, deviceReason, errnoOf } from "./device-error.ts";
import type { DeviceReport, DeviceRequest } from "./device-messages.ts";

/*
 * A separate program, started by device-program.ts: copies bytes between the station and one device.
 * A write to a printer without paper may block for hours, and only SIGKILL ends it. Here it blocks
 * nothing else. For the same reason this program never exits in an orderly way: Node would wait for
 * the blocked thread.
 */

/** Electron's utility process has this in place of Node's channel to the parent. */
interface ParentPort {
	on(event: "message", listener: (event: { data: DeviceRequest }) => void): void;
	postMessage(report: DeviceReport): void;
}
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

/** Replies are a few bytes: with this size and this pause a broken device cannot flood the station. */
const READ_BYTES = 1_024;
const READ_PAUSE_MS = 4;
/** A USB printer with nothing to send answers each read at once, with no bytes. */
const SILENCE_PAUSE_MS = 30;

let device: FileHandle | undefined;

// The station decides when to give a ticket up, but Ctrl-C in its terminal reaches this program too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

if (parentPort) {
	parentPort.on("message", ({ data }) => void handle(data));
} else {
	process.on("message", (request: DeviceRequest) => void handle(request));
	// Without its station it must not print: the rest of the ticket would come out with no record of it.
	process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}

function send(report: DeviceReport): void {
	if (parentPort) parentPort.postMessage(report);
	// The station may have ended; "disconnect" follows then.
	else process.send?.(report, undefined, {}, () => {});
}

async function handle(request: DeviceRequest): Promise<void> {
	const stage = request.kind === "open" ? "opening" : "opened";
	try {
		if (request.kind === "open") await start(request.path);
		else await write(request.bytes);
	} catch (error) {
		send({ kind: "failed", reason: deviceReason(stage, error) });
	}
}

async function start(path: string): Promise<void> {
	const found = await stat(path);
	const opened = found.isCharacterDevice()
		? await openDevice(path)
		: { handle: await openToWrite(path), readable: false };
	// Tickets would fill a file, or overwrite a disk. A write while the printer is unplugged makes such a file at its path.
	if (!found.isCharacterDevice() && !found.isFIFO()) throw new DeviceError("not-a-device");
	device = opened.handle;
	send({ kind: "open" });
	if (opened.readable) void listen(opened.handle);
}

async function openDevice(path: string): Promise<{ handle: FileHandle; readable: boolean }> {
	try {
		return { handle: await open(path, constants.O_RDWR | constants.O_NOCTTY), readable: true };
	} catch (error) {
		// Some can only be written. Such a printer cannot answer, so nothing that it prints is ever confirmed.
		if (!["EACCES", "EINVAL"].includes(errnoOf(error))) throw error;
		return { handle: await openToWrite(path), readable: false };
	}
}

/** Never creates a file: the path may be mistyped. A pipe that is opened for reading too would return our own bytes. */
function openToWrite(path: string): Promise<FileHandle> {
	return open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOCTTY);
}

async function write(bytes: Uint8Array): Promise<void> {
	if (!device) throw new Error("the device was written to before it was open");
	for (let at = 0; at < bytes.length; ) {
		const { bytesWritten } = await device.write(bytes, at, bytes.length - at);
		at += bytesWritten;
	}
	send({ kind: "written" });
}

async function listen(handle: FileHandle): Promise<void> {
	const buffer = new Uint8Array(READ_BYTES);
	const isLine = isatty(handle.fd);
	try {
		for (;;) {
			const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
			if (bytesRead > 0) send({ kind: "received", bytes: buffer.slice(0, bytesRead) });
			// A raw serial line reads as empty only after it has hung up, a USB printer whenever it is silent.
			else if (isLine) return send({ kind: "failed", reason: "unplugged" });
			await pause(bytesRead > 0 ? READ_PAUSE_MS : SILENCE_PAUSE_MS);
		}
	} catch (error) {
		// EINVAL: this USB printer cannot be read. Writing continues.
		if (errnoOf(error) !== "EINVAL") send({ kind: "failed", reason: deviceReason("opened", error) });
	}
}
