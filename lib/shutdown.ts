/** A program that ends with this exit code asks its supervisor to start it again: "try again" in sysexits.h. */
export const RESTART_EXIT_CODE = 75;

export interface Shutdown {
	/** Closes what is open, then ends the program. */
	end(): void;
	/** Closes what is open, then restarts the program. An `end()` that comes meanwhile wins. */
	restart(): void;
}

export interface ShutdownOptions {
	close: () => Promise<void>;
	/** After this time the program leaves with exit code 1, whatever is still open. */
	timeoutMs: number;
	exit: (code: number) => void;
	restart: () => void;
	/** `close` failed. The program leaves with exit code 1. */
	onError?: (error: unknown) => void;
}

/** The only way out of a program. However often it is called, it closes once. */
export function createShutdown({ close, timeoutMs, exit, restart, onError }: ShutdownOptions): Shutdown {
	let state: "running" | "restarting" | "ending" = "running";
	const leave = (code: number) => (state === "restarting" ? restart() : exit(code));
	const closeAndLeave = async () => {
		const timeout = setTimeout(() => leave(1), timeoutMs);
		let code = 0;
		try {
			await close();
		} catch (error) {
			onError?.(error);
			code = 1;
		}
		clearTimeout(timeout);
		// A signal that arrived meanwhile is handled first: it may turn a restart into an end.
		setImmediate(() => leave(code));
	};
	return {
		end() {
			const isFirst = state === "running";
			state = "ending";
			if (isFirst) void closeAndLeave();
		},
		restart() {
			if (state !== "running") return;
			state = "restarting";
			void closeAndLeave();
		},
	};
}
