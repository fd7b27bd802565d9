import type { SimulatorState } from "./simulator.ts";

/* The bytes with which an Epson printer reports its state (Epson's ESC/POS reference). */

/** The state of the parts, and whether the printer stopped at a command that it could not take. */
export interface EpsonState extends SimulatorState {
	hasFailed: boolean;
	/** It says so, and it is not. */
	saysOffline: boolean;
}

const claimsOffline = (state: EpsonState) => isOffline(state) || state.saysOffline;

export function isOffline({ paper, coverOpen, cutterJammed, hasFailed }: EpsonState): boolean {
	return paper === "out" || coverOpen || cutterJammed || hasFailed;
}

/** The answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper. */
export function statusAnswer(query: number, state: EpsonState): number {
	const { paper, coverOpen, cutterJammed, hasFailed } = state;
	switch (query) {
		case 1:
			return 0x12 | flag(claimsOffline(state), 0x08);
		case 2:
			return 0x12 | flag(coverOpen, 0x04) | flag(paper === "out", 0x20) | flag(cutterJammed || hasFailed, 0x40);
		case 3:
			return 0x12 | flag(cutterJammed, 0x08) | flag(hasFailed, 0x20);
		default:
			return 0x12 | flag(paper !== "full", 0x0c) | flag(paper === "out", 0x60);
	}
}

/** Automatic status (GS a): four bytes, sent at each change. */
export function automaticStatus(state: EpsonState): Uint8Array {
	const { coverOpen, cutterJammed, hasFailed } = state;
	return Uint8Array.of(
		0x10 | flag(claimsOffline(state), 0x08) | flag(coverOpen, 0x20),
		flag(cutterJammed, 0x08) | flag(hasFailed, 0x20),
		paperSensorByte(state),
		0x0f,
	);
}

/** The answer to GS r 1: the paper sensors. */
export function paperSensorByte({ paper }: EpsonState): number {
	return flag(paper !== "full", 0x03) | flag(paper === "out", 0x0c);
}

function flag(isSet: boolean, bits: number): number {
	return isSet ? bits : 0;
}
