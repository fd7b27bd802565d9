import { UserError } from "../lib/errors.ts";

/**
 * Refuses to show the kiosk without the sandbox: an AppImage starts itself with --no-sandbox, and says nothing, on a
 * system that keeps user namespaces from it. Only root, who has no sandbox, runs without. Throws UserError NO_SANDBOX.
 */
export function requireSandbox({ isSwitchedOff, asRoot }: { isSwitchedOff: boolean; asRoot: boolean }): void {
	if (!isSwitchedOff || asRoot) return;
	throw new UserError(
		"NO_SANDBOX",
		"The kiosk does not run without its sandbox, which this system keeps from an AppImage. Install the .deb, or allow user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0).",
	);
}
