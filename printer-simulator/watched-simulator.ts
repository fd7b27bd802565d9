import type { PrinterMachine } from "./simulator.ts";

/** The same machine; `tell` is called when its state changes, and when it refuses what it was sent. */
export function watchMachine(machine: PrinterMachine, tell: () => void): PrinterMachine {
	return {
		get violations() {
			return machine.violations;
		},
		get state() {
			return machine.state;
		},
		change(change) {
			machine.change(change);
			tell();
		},
		powerCycle: () => machine.powerCycle(),
		attach: (answer) => machine.attach(answer),
		accept(bytes, answer, done) {
			const before = machine.violations.length;
			machine.accept(bytes, answer, done);
			if (machine.violations.length > before) tell();
		},
		settled: () => machine.settled(),
	};
}
