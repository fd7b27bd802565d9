/** Pauses between attempts that fail: none after the first failure, then each is twice as long as the last, up to a limit. */
export interface PauseRule {
	firstMs: number;
	longestMs: number;
	/** To work so long makes up for one failure. */
	forgivenAfterMs: number;
}

export interface Attempts {
	/** Failures in a row, less those that have been made up for. */
	failures: number;
	/** When the last attempt began to work; undefined while it does not. */
	workingSince: number | undefined;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, workingSince: undefined };

/** The last attempt works. */
export function noteWorking(attempts: Attempts, now: number): Attempts {
	return attempts.workingSince === undefined ? { ...attempts, workingSince: now } : attempts;
}

/** The last attempt has failed: how long to wait before the next. */
export function noteFailure(
	{ failures, workingSince = Number.POSITIVE_INFINITY }: Attempts,
	now: number,
	{ firstMs, longestMs, forgivenAfterMs }: PauseRule,
): { attempts: Attempts; pauseMs: number } {
	const forgiven = Math.floor(Math.max(0, now - workingSince) / forgivenAfterMs);
	const left = Math.max(0, failures - forgiven) + 1;
	return {
		attempts: { failures: left, workingSince: undefined },
		pauseMs: left === 1 ? 0 : Math.min(firstMs * 2 ** (left - 2), longestMs),
	};
}
