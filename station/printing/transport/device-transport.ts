import { constants } from "node:fs";
import { Duplex } from "node:stream";
import { mustBeUsable } from "./device-access.ts";
import { DeviceError, type DeviceReason } from "./device-error.ts";
import type { DeviceReport } from "./device-messages.ts";
import type { DeviceProgram, StartDeviceProgram } from "./device-program.ts";
import type { Transport } from "./transport.ts";

/** Opening may block as well: a named pipe without a reader, a serial line without its other end. */
const OPEN_MS = 4_000;

/**
 * A printer at a device of this machine: a USB printer (/dev/usb/lp0), a named pipe, or a file
 * that exists. A process of its own does the blocking; to the station a stuck printer is a
 * write that does not end. Linux and alike: Windows has no such paths. `open` rejects with DeviceFault.
 */
export function deviceTransport(path: string, start: StartDeviceProgram, openMs = OPEN_MS): Transport {
	return {
		async open(signal) {
			// A printer that is not plugged in is looked for every few seconds, for days.
			await mustBeUsable(path, constants.W_OK);
			if (signal.aborted) throw new DeviceError("closed");
			return openDevice(path, start(), openMs, signal);
		},
	};
}

function openDevice(path: string, program: DeviceProgram, ms: number, signal: AbortSignal): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		const device = new Device(program);
		let opened = false;
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
		program.on({
			report(report) {
				if (opened) return device.hear(report);
				if (report.kind === "failed") return fail(report.reason);
				opened = true;
				settle();
				resolve(device);
			},
			end() {
				if (opened) device.destroy(new DeviceError("device-process-ended"));
				else fail("device-process-ended");
			},
		});
		program.tell({ kind: "open", path });
	});
}

class Device extends Duplex {
	readonly #program: DeviceProgram;
	/** Ends the write that the device has not taken yet. */
	#taken: (() => void) | undefined;

	constructor(program: DeviceProgram) {
		super();
		this.#program = program;
	}

	hear(report: DeviceReport): void {
		if (this.destroyed) return;
		switch (report.kind) {
			case "open":
				break;
			case "taken": {
				const taken = this.#taken;
				this.#taken = undefined;
				taken?.();
				break;
			}
			case "came":
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

	override _write(bytes: Uint8Array, _encoding: BufferEncoding, taken: () => void): void {
		this.#taken = taken;
		this.#program.tell({ kind: "write", bytes });
	}

	/** What the device has not taken is dropped: a ticket that was given up must not come out later. */
	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		this.#program.kill();
		done(error);
	}
}
