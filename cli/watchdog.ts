import { spawn } from "node:child_process";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tells systemd that the program still runs, where its unit has WatchdogSec: a program whose event loop hangs is killed
 * and started again. Node has no sockets of that kind, so systemd's own program sends the message (NotifyAccess=all).
 */
export function startWatchdog({ NOTIFY_SOCKET, WATCHDOG_USEC }: Environment): void {
	const intervalMs = Number(WATCHDOG_USEC) / 1_000 / 3;
	if (!NOTIFY_SOCKET || !(intervalMs > 0)) return;
	const notify = () => {
		const child = spawn("systemd-notify", ["WATCHDOG=1"], { stdio: "ignore" });
		// A system without it has no WatchdogSec either.
		child.on("error", () => {});
		child.unref();
	};
	notify();
	setInterval(notify, intervalMs).unref();
}
