import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as backOff } from "node:timers/promises";
import { isatty } from "node:tty";
import { deviceReason, errnoOf } from "./device-error.ts";
import type { DeviceOrder, DeviceReport } from "./device-messages.ts";

/*
 * A program of its own (see device-wire.ts, which starts it): copies bytes between the station and
 * one device. A write to a printer without paper blocks for as long as it likes, and nothing
 * but SIGKILL ends it: here it holds up nobody. For the same reason this program never ends by
 * itself in an orderly way: Node would wait for the blocked thread.
 */

/** Electron's utility process has this instead of Node's channel to the parent. */
interface ParentPort {
	on(event: "message", listener: (event: { data: DeviceOrder }) => void): void;
	postMessage(report: DeviceReport): void;
}
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

/** Answers are a few bytes: with this size and this rest a mad device cannot flood the station. */
const READ_BYTES = 1_024;
const READ_REST_MS = 4;
/** A USB printer with nothing to say answers each read with nothing, at once. */
const SILENCE_REST_MS = 30;

let device: FileHandle | undefined;

// The station decides when a ticket is given up: Ctrl-C in its terminal reaches this program too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

if (parentPort) {
	parentPort.on("message", ({ data }) => void obey(data));
} else {
	process.on("message", (order: DeviceOrder) => void obey(order));
	// Without its station nobody may print: what is left of the ticket would come out as a ghost.
	process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}

function tell(report: DeviceReport): void {
	if (parentPort) parentPort.postMessage(report);
	// The station may be gone: "disconnect" tells, too.
	else process.send?.(report, undefined, {}, () => {});
}

async function obey(order: DeviceOrder): Promise<void> {
	const stage = order.kind === "open" ? "opening" : "opened";
	try {
		if (order.kind === "open") await start(order.path);
		else await put(order.bytes);
	} catch (error) {
		tell({ kind: "failed", reason: deviceReason(stage, error) });
	}
}

async function start(path: string): Promise<void> {
	const talks = (await stat(path)).isCharacterDevice();
	const opened = talks ? await openDevice(path) : { handle: await openToWrite(path), readable: false };
	device = opened.handle;
	tell({ kind: "open" });
	if (opened.readable) void listen(opened.handle);
}

async function openDevice(path: string): Promise<{ handle: FileHandle; readable: boolean }> {
	try {
		return { handle: await open(path, constants.O_RDWR | constants.O_NOCTTY), readable: true };
	} catch (error) {
		// Some may only be written. Such a printer cannot say anything, so nothing it prints is ever confirmed.
		if (!["EACCES", "EINVAL"].includes(errnoOf(error))) throw error;
		return { handle: await openToWrite(path), readable: false };
	}
}

/** Never creates: a mistyped path must not become a file. A pipe opened for reading too would give back our own bytes. */
function openToWrite(path: string): Promise<FileHandle> {
	return open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOCTTY);
}

async function put(bytes: Uint8Array): Promise<void> {
	if (!device) throw new Error("written before it was open");
	for (let at = 0; at < bytes.length; ) {
		const { bytesWritten } = await device.write(bytes, at, bytes.length - at);
		at += bytesWritten;
	}
	tell({ kind: "taken" });
}

async function listen(handle: FileHandle): Promise<void> {
	const buffer = new Uint8Array(READ_BYTES);
	const line = isatty(handle.fd);
	try {
		for (;;) {
			const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
			if (bytesRead > 0) tell({ kind: "came", bytes: buffer.slice(0, bytesRead) });
			// A raw serial line gives nothing only when it has hung up; a USB printer whenever it is silent.
			else if (line) return tell({ kind: "failed", reason: "unplugged" });
			await backOff(bytesRead > 0 ? READ_REST_MS : SILENCE_REST_MS);
		}
	} catch (error) {
		// EINVAL: this USB printer has no way back. Writing goes on.
		if (errnoOf(error) !== "EINVAL") tell({ kind: "failed", reason: deviceReason("opened", error) });
	}
}
