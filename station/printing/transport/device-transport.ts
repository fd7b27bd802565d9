import { constants } from "node:fs";
import { Duplex } from "node:stream";
import { DeviceError, type DeviceReason, requireAccess } from "./device-error.ts";
import type { DeviceReport } from "./device-messages.ts";
import type { DeviceProgram, StartDeviceProgram } from "./device-program.ts";
import type { Transport } from "./transport.ts";

/** Opening may block too: a named pipe without a reader, a serial line without its other end. */
const OPEN_TIMEOUT_MS = 4_000;

/**
 * A printer at a device of this machine: a USB printer (/dev/usb/lp0), or a named pipe.
 * A process of its own does the blocking, so for the station a stuck printer is a write that
 * does not end. Not for Windows, which has no such paths. `open` rejects with DeviceError.
 */
export function deviceTransport(path: string, start: StartDeviceProgram, openMs = OPEN_TIMEOUT_MS): Transport {
	return {
		async open(signal) {
			// First, because a printer that is not plugged in is looked for every few seconds, for days.
			await requireAccess(path, constants.W_OK);
			if (signal.aborted) throw new DeviceError("closed");
			return openDevice(path, start(), openMs, signal);
		},
	};
}

function openDevice(path: string, program: DeviceProgram, ms: number, signal: AbortSignal): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		const device = new Device(program);
		let isOpen = false;
		const settle = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", abort);
		};
		const fail = (reason: DeviceReason) => {
			settle();
			program.kill();
			reject(new DeviceError(reason));
		};
		const abort = () => fail("closed");
		const timer = setTimeout(() => fail("no-answer"), ms);
		signal.addEventListener("abort", abort, { once: true });
		program.listen({
			onReport(report) {
				if (isOpen) return device.receive(report);
				if (report.kind === "failed") return fail(report.reason);
				isOpen = true;
				settle();
				resolve(device);
			},
			onEnd() {
				if (isOpen) device.destroy(new DeviceError("device-process-ended"));
				else fail("device-process-ended");
			},
		});
		program.request({ kind: "open", path });
	});
}

class Device extends Duplex {
	readonly #program: DeviceProgram;
	/** Completes the write that the device has not taken yet. */
	#completeWrite: (() => void) | undefined;

	constructor(program: DeviceProgram) {
		super();
		this.#program = program;
	}

	receive(report: DeviceReport): void {
		if (this.destroyed) return;
		switch (report.kind) {
			case "open":
				break;
			case "written": {
				const complete = this.#completeWrite;
				this.#completeWrite = undefined;
				complete?.();
				break;
			}
			case "received":
				this.push(report.bytes);
				break;
			case "failed":
				this.destroy(new DeviceError(report.reason));
				break;
			default:
				report satisfies never;
		}
	}

	override _read(): void {}

	override _write(bytes: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
		this.#completeWrite = done;
		this.#program.request({ kind: "write", bytes });
	}

	/** Drops what the device has not taken: a ticket that the station gave up must not come out later. */
	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		this.#program.kill();
		done(error);
	}
}
