import type { PrinterControls, PrinterSnapshot } from "../protocol/api/printer-simulator.ts";
import type { Bitmap } from "../station/printing/bitmap.ts";
import { BEHAVIOURS } from "./behaviours.ts";
import type { PaperTray } from "./paper-tray.ts";
import type { PoweredPort } from "./powered-port.ts";
import type { PrinterSimulator } from "./simulator.ts";

/** What a person in front of the printer sees and can do: its paper, its switch, its cover. */
export class ControlPanel {
	readonly #simulator: PrinterSimulator;
	readonly #port: PoweredPort;
	readonly #tray: PaperTray;
	readonly #watchers = new Set<() => void>();
	#power: PrinterControls["power"] = "on";
	/** How many violations there were when it was last switched on. */
	#earlierViolations = 0;
	#lastChange: Promise<void> = Promise.resolve();

	constructor(simulator: PrinterSimulator, port: PoweredPort, tray: PaperTray) {
		this.#simulator = simulator;
		this.#port = port;
		this.#tray = tray;
	}

	get snapshot(): PrinterSnapshot {
		const { paper, coverOpen, cutterJammed } = this.#simulator.state;
		return {
			parts: {
				power: this.#power,
				cover: coverOpen ? "open" : "closed",
				paper,
				cutter: cutterJammed ? "jammed" : "free",
			},
			refused: this.#simulator.violations.slice(this.#earlierViolations),
			pieces: this.#tray.pieces,
			behaviours: [...this.#simulator.behaviours].map((name) => ({ name, meaning: BEHAVIOURS[name] })),
		};
	}

	paper(id: number): Bitmap | undefined {
		return this.#tray.find(id);
	}

	/** Calls `watcher` after every change. Returns the function that stops it. */
	watch(watcher: () => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	/** Calls every watcher: something about the printer has changed. */
	notify(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}

	/**
	 * Applies changes one after another, in the order of the calls. Throws UserError PORT_IN_USE or
	 * ADDRESS_REFUSED if it cannot be switched on again because its port is in use.
	 */
	change(change: { [part in keyof PrinterControls]?: PrinterControls[part] | undefined }): Promise<void> {
		const applied = this.#lastChange.then(async () => {
			const { power, cover, paper, cutter } = change;
			this.#simulator.change({
				...(paper && { paper }),
				...(cover && { coverOpen: cover === "open" }),
				...(cutter && { cutterJammed: cutter === "jammed" }),
			});
			if (power) await this.#switch(power);
		});
		this.#lastChange = applied.catch(() => {});
		return applied.finally(() => this.notify());
	}

	async #switch(power: PrinterControls["power"]): Promise<void> {
		if (power === this.#power) return;
		if (power === "off") {
			await this.#port.switchOff();
			this.#simulator.powerCycle();
		} else {
			await this.#port.switchOn();
			this.#earlierViolations = this.#simulator.violations.length;
		}
		this.#power = power;
	}
}
