import type { PrinterControls, PrinterSnapshot } from "../../../protocol/api/printer-simulator.ts";
import type { EventStreamListener } from "../../ui/event-stream.ts";
import type { Store } from "../../ui/store.ts";
import type { PrinterEvent, PrinterState } from "../state/state.ts";

export interface PrinterEffects {
	/** Sets controls of the printer. The event stream brings the result. */
	setControls(change: Partial<PrinterControls>): Promise<void>;
}

/** Follows the printer's event stream and sends changes of its controls. */
export function createPrinterEffects(
	store: Store<PrinterState, PrinterEvent>,
	fetch: typeof globalThis.fetch,
	watch: (listener: EventStreamListener) => void,
): PrinterEffects {
	watch({
		// The first message follows at once and carries everything.
		onOpen: () => {},
		onMessage: (data) => store.dispatch({ type: "snapshot", snapshot: data as PrinterSnapshot }),
		onLost: () => store.dispatch({ type: "lost" }),
	});
	return {
		async setControls(change) {
			try {
				const answer = await fetch("/api/printer", {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify(change),
				});
				if (answer.ok) store.dispatch({ type: "change-done" });
				else store.dispatch({ type: "change-failed", reason: ((await answer.json()) as { message: string }).message });
			} catch {
				store.dispatch({ type: "lost" });
			}
		},
	};
}
