import type { PrinterSimulator } from "./simulator.ts";

/** The same machine; `tell` is called when its state changes, and when it refuses what it was sent. */
export function watchSimulator(simulator: PrinterSimulator, tell: () => void): PrinterSimulator {
	return {
		get violations() {
			return simulator.violations;
		},
		get state() {
			return simulator.state;
		},
		change(change) {
			simulator.change(change);
			tell();
		},
		powerCycle: () => simulator.powerCycle(),
		attach: (answer) => simulator.attach(answer),
		accept(bytes, answer, done) {
			const before = simulator.violations.length;
			simulator.accept(bytes, answer, done);
			if (simulator.violations.length > before) tell();
		},
		settled: () => simulator.settled(),
	};
}
