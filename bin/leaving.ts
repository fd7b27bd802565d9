/** Longer than any clean end takes; what hangs beyond it is cut off. The command promises two seconds. */
const PATIENCE = 1_800;

/** On SIGINT, SIGTERM or SIGHUP: ends cleanly, once, and leaves with exit code 0. */
export function onLeave(close: () => Promise<void>): void {
	let leaving = false;
	const leave = () => {
		if (leaving) return;
		leaving = true;
		setTimeout(() => process.exit(1), PATIENCE).unref();
		close().then(
			() => process.exit(0),
			(fault) => {
				process.stderr.write(`paihao: it did not end cleanly: ${String(fault)}\n`);
				process.exit(1);
			},
		);
	};
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, leave);
}
