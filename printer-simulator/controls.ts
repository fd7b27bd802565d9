import type { PrinterDeps, PrinterPicture } from "../protocol/api/printer-simulator.ts";
import type { Bitmap } from "../station/printing/render/bitmap.ts";
import type { PaperTray } from "./paper-tray.ts";
import type { PoweredPort } from "./powered-port.ts";
import type { PrinterSimulator } from "./simulator.ts";

/** The printer as a person stands before it: its paper, and what hands can do to it. */
export class PrinterControls {
	readonly #machine: PrinterSimulator;
	readonly #port: PoweredPort;
	readonly #tray: PaperTray;
	readonly #watchers = new Set<() => void>();
	#power: PrinterDeps["power"] = "on";
	/** What the machine had refused before it was last switched on. */
	#forgotten = 0;
	#last: Promise<void> = Promise.resolve();

	constructor(simulator: PrinterSimulator, port: PoweredPort, tray: PaperTray) {
		this.#machine = simulator;
		this.#port = port;
		this.#tray = tray;
	}

	get picture(): PrinterPicture {
		const { paper, coverOpen, cutterJammed } = this.#machine.state;
		return {
			parts: {
				power: this.#power,
				cover: coverOpen ? "open" : "closed",
				paper,
				cutter: cutterJammed ? "jammed" : "free",
			},
			refused: this.#machine.violations.slice(this.#forgotten),
			pieces: this.#tray.pieces,
		};
	}

	paper(id: number): Bitmap | undefined {
		return this.#tray.find(id);
	}

	/** Calls `watcher` after every change; gives back the way to stop. */
	watch(watcher: () => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	/** Something about the printer has changed. */
	tell(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}

	/**
	 * Changes follow one another in the order they were asked for. Throws PlainError PORT_IN_USE or
	 * ADDRESS_REFUSED where it cannot be switched on again because its port is taken.
	 */
	change(change: { [part in keyof PrinterDeps]?: PrinterDeps[part] | undefined }): Promise<void> {
		const made = this.#last.then(async () => {
			const { power, cover, paper, cutter } = change;
			this.#machine.change({
				...(paper && { paper }),
				...(cover && { coverOpen: cover === "open" }),
				...(cutter && { cutterJammed: cutter === "jammed" }),
			});
			if (power) await this.#switch(power);
		});
		this.#last = made.catch(() => {});
		return made.finally(() => this.tell());
	}

	async #switch(power: PrinterDeps["power"]): Promise<void> {
		if (power === this.#power) return;
		if (power === "off") {
			await this.#port.off();
			this.#machine.powerCycle();
		} else {
			await this.#port.on();
			this.#forgotten = this.#machine.violations.length;
		}
		this.#power = power;
	}
}
