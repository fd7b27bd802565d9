/** The exit code by which a program asks whoever started it to start it anew: "try again" in sysexits.h. */
export const RESTART_EXIT_CODE = 75;

export interface Shutdown {
	/** Closes what is open, and ends the program. */
	end(): void;
	/** The same, and starts it anew. Whoever asks for its end meanwhile has it. */
	restart(): void;
}

/** The one way out: closes what is open, within the limit, then leaves. Asked often, it closes once. */
export function createShutdown(parts: {
	close: () => Promise<void>;
	/** In milliseconds: what hangs beyond it is cut off. */
	limit: number;
	exit: (code: number) => void;
	restart: () => void;
	/** It did not close cleanly. */
	error?: (error: unknown) => void;
}): Shutdown {
	let way: "stays" | "starts-anew" | "ends" = "stays";
	const leave = (code: number) => (way === "starts-anew" ? parts.restart() : parts.exit(code));
	const go = () => {
		const limit = setTimeout(() => leave(1), parts.limit);
		const closed = (code: number) => {
			clearTimeout(limit);
			// A signal that came meanwhile is heard first.
			setImmediate(() => leave(code));
		};
		parts.close().then(
			() => closed(0),
			(error: unknown) => {
				parts.error?.(error);
				closed(1);
			},
		);
	};
	return {
		end() {
			const isFirst = way === "stays";
			way = "ends";
			if (isFirst) go();
		},
		restart() {
			if (way !== "stays") return;
			way = "starts-anew";
			go();
		},
	};
}
