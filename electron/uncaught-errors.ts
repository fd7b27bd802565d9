interface UncaughtErrors {
	/** Says what happened, for the log. */
	tell: (error: unknown, what: string) => void;
	/** Closes and starts the shell anew; asked again meanwhile, it does nothing more. */
	restart: () => void;
}

/**
 * A fault that nobody caught leaves the shell in a state that nobody knows: it starts anew. Left to Electron, a
 * dialog with a stack would stand before the visitors, and a promise's fault would go unnoticed.
 */
export function onUncaughtError(program: Pick<NodeJS.Process, "on">, { tell, restart }: UncaughtErrors): void {
	const leaveAfter = (what: string) => (error: unknown) => {
		try {
			tell(error, what);
		} catch {
			// Whoever read the log is gone: no reason to stay.
		}
		restart();
	};
	program.on("uncaughtException", leaveAfter("a fault that nobody caught: the shell starts anew"));
	program.on("unhandledRejection", leaveAfter("a promise's fault that nobody caught: the shell starts anew"));
}
