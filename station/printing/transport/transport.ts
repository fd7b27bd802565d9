import type { Duplex } from "node:stream";

/** A way to reach a printer. `open` resolves with a connection that is ready to be written to, or rejects. */
export interface Transport {
	open(signal: AbortSignal): Promise<Duplex>;
}
