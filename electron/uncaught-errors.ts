interface UncaughtErrors {
	/** Writes the error to the log. */
	logError: (error: unknown, message: string) => void;
	/** Closes and restarts the shell; further calls do nothing. */
	restart: () => void;
}

/**
 * After an uncaught error the state of the shell is unknown: it restarts. Electron itself would show visitors a dialog
 * with a stack, and would ignore a rejected promise.
 */
export function onUncaughtError(program: Pick<NodeJS.Process, "on">, { logError, restart }: UncaughtErrors): void {
	const restartAfter = (message: string) => (error: unknown) => {
		try {
			logError(error, message);
		} catch {
			// The reader of the log is gone: restart all the same.
		}
		restart();
	};
	program.on("uncaughtException", restartAfter("uncaught exception: the shell restarts"));
	program.on("unhandledRejection", restartAfter("unhandled rejection: the shell restarts"));
}
